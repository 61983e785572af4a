// A file that cannot be read, and a place where the rejects cannot go.
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../src/store/database.ts';
import { Products } from '../../../src/store/products.ts';
import { FINGERPRINT, importInto, memoryStore, testFolder } from '../shop-of-tests.ts';

test('a file that is not there is named, with what to do', async () => {
  using folder = testFolder();
  const file = join(folder.path, 'none.csv');
  await expect(importInto(memoryStore(), { kind: 'products', file })).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    message: `Cannot read ${file}: ENOENT: no such file or directory, open '${file}'; check the path, and that TillCAT may read it.`,
  });
});

test('a folder is no file to import', async () => {
  using folder = testFolder();
  await expect(importInto(memoryStore(), { kind: 'products', file: folder.path })).rejects.toThrow(/it is a folder/);
});

test('a place where the rejects cannot be written is named before anything is stored', async () => {
  using folder = testFolder();
  const file = folder.file('products.csv', 'product,name,price\n1,Milk,1.20\n2,Bread,cheap\n');
  const rejectsFile = join(folder.path, 'none', 'rejects.csv');
  const db = memoryStore();
  const importing = importInto(db, { kind: 'products', file, rejectsFile });
  await expect(importing).rejects.toMatchObject({ code: 'IMPORT_REJECTS_UNWRITABLE' });
  expect(new Products(db).count()).toBe(0);
});

test('where nothing may be written beside the file, its rejects lie beside the store', async () => {
  using folder = testFolder();
  const file = folder.file('products.csv', 'product,name,price\n1,Milk,1.20\n2,Bread,cheap\n');
  const db = openDatabase({ file: join(folder.path, 'tillcat.db'), keyFingerprint: FINGERPRINT });
  // The kernel lets nobody write there, root neither.
  const opened = openSync(file, 'r');
  const report = await importInto(db, { kind: 'products', file: `/proc/self/fd/${opened}` });
  closeSync(opened);
  const rejectsFile = join(folder.path, `${opened}.rejects.csv`);
  expect(report).toMatchObject({ taken: 1, rejected: 1, rejectsFile });
  expect(readFileSync(rejectsFile, 'utf8')).toMatch(/^3,price,/m);
  db.close();
});

test('a file without a bad line leaves nothing beside it', async () => {
  using folder = testFolder();
  const file = folder.file('products.csv', 'product,name,price\n1,Milk,1.20\n');
  await importInto(memoryStore(), { kind: 'products', file });
  expect(readdirSync(folder.path)).toEqual(['products.csv']);
});

test('the rejects never overwrite the file they come from', async () => {
  using folder = testFolder();
  const file = folder.file('products.csv', 'product,price\n1,cheap\n');
  await expect(importInto(memoryStore(), { kind: 'products', file, rejectsFile: file })).rejects.toMatchObject({
    code: 'WRONG_USE',
  });
});
