// A file that cannot be read, and a place where the rejects cannot go.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importInto, memoryStore, testFolder } from '../shop-of-tests.ts';

test('a file that is not there is named', async () => {
  using folder = testFolder();
  const file = join(folder.path, 'none.csv');
  await expect(importInto(memoryStore(), { kind: 'products', file })).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
  });
});

test('a folder is no file to import', async () => {
  using folder = testFolder();
  await expect(importInto(memoryStore(), { kind: 'products', file: folder.path })).rejects.toThrow(/it is a folder/);
});

test('a place where the rejects cannot be written is named', async () => {
  using folder = testFolder();
  const file = folder.file('products.csv', 'product,price\n1,cheap\n');
  const rejectsFile = join(folder.path, 'none', 'rejects.csv');
  const importing = importInto(memoryStore(), { kind: 'products', file, rejectsFile });
  await expect(importing).rejects.toMatchObject({ code: 'IMPORT_REJECTS_UNWRITABLE' });
});

test('the rejects never overwrite the file they come from', async () => {
  using folder = testFolder();
  const file = folder.file('products.csv', 'product,price\n1,cheap\n');
  await expect(importInto(memoryStore(), { kind: 'products', file, rejectsFile: file })).rejects.toMatchObject({
    code: 'WRONG_USE',
  });
});
