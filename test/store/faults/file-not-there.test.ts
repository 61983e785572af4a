// A file that cannot be read, and a place where the rejects cannot go.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, constants, openSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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

/** The user `nobody`. */
const NOBODY = 65_534;

/** Whether any will be left out is known only after the first were stored. */
const GOOD_LINES = 'product,name,price\n1,Milk,1.20\n2,Bread,1.80\n';

describe('nothing is stored, and it is said at once, where the rejects cannot be written because', () => {
  const places: readonly { why: string; place: (folder: string) => string; problem: string }[] = [
    { why: 'their folder is not there', place: (folder) => join(folder, 'none', 'r.csv'), problem: 'ENOENT' },
    { why: 'a folder is there', place: (folder) => folder, problem: 'it is a folder' },
    { why: 'the name is that of a folder to be', place: (folder) => `${folder}/new/`, problem: 'EISDIR' },
    { why: 'there is no name', place: () => '', problem: 'ENOENT' },
    { why: 'the path leads through a file', place: (folder) => join(folder, 'p.csv', 'r.csv'), problem: 'ENOTDIR' },
    { why: 'a link leads nowhere', place: (folder) => madeBy('ln', ['-s', 'none'], folder), problem: 'EEXIST' },
    {
      why: 'a link leads to a file',
      place: (folder) => madeBy('ln', ['-s', 'p.csv'], folder),
      problem: 'it is a link',
    },
    { why: 'a pipe has no reader', place: (folder) => madeBy('mkfifo', [], folder), problem: 'ENXIO' },
  ];
  test.each(places)('$why', async ({ place, problem }) => {
    using folder = testFolder();
    const file = folder.file('p.csv', GOOD_LINES);
    const db = memoryStore();
    const before = [...readdirSync(folder.path)];
    const rejectsFile = place(folder.path);
    const importing = importInto(db, { kind: 'products', file, rejectsFile });
    await expect(importing).rejects.toMatchObject({ code: 'IMPORT_REJECTS_UNWRITABLE' });
    await expect(importing).rejects.toThrow(problem);
    expect(new Products(db).count()).toBe(0);
    expect(readdirSync(folder.path).filter((name) => name !== 'made')).toEqual(before);
  });

  test('a socket is there', async () => {
    using folder = testFolder();
    const file = folder.file('p.csv', GOOD_LINES);
    const db = memoryStore();
    const rejectsFile = join(folder.path, 'socket');
    const server = createServer().listen(rejectsFile);
    await once(server, 'listening');
    const importing = importInto(db, { kind: 'products', file, rejectsFile });
    await expect(importing)
      .rejects.toThrow('it is no file')
      .finally(() => server.close());
    expect(new Products(db).count()).toBe(0);
  });

  // Only root can become somebody else for it.
  test.skipIf(process.getuid?.() !== 0)('an earlier list there is somebody else’s', async () => {
    using folder = testFolder();
    chmodSync(folder.path, 0o1777);
    const file = folder.file('p.csv', GOOD_LINES);
    const rejectsFile = folder.file('r.csv', 'line,column,reason,value\n');
    const db = memoryStore();
    process.seteuid?.(NOBODY);
    const importing = importInto(db, { kind: 'products', file, rejectsFile });
    await expect(importing)
      .rejects.toMatchObject({ code: 'IMPORT_REJECTS_UNWRITABLE' })
      .finally(() => process.seteuid?.(0));
    expect(new Products(db).count()).toBe(0);
    expect(readdirSync(folder.path).sort()).toEqual(['p.csv', 'r.csv']);
  });
});

function madeBy(program: string, args: readonly string[], folder: string): string {
  const made = join(folder, 'made');
  execFileSync(program, [...args, made]);
  return made;
}

test('the rejects go into a pipe that has a reader', async () => {
  using folder = testFolder();
  const file = folder.file('p.csv', 'product,name,price\n1,Milk,1.20\n2,Bread,cheap\n');
  const rejectsFile = madeBy('mkfifo', [], folder.path);
  const reader = openSync(rejectsFile, constants.O_RDONLY | constants.O_NONBLOCK);
  const report = await importInto(memoryStore(), { kind: 'products', file, rejectsFile });
  expect(report).toMatchObject({ taken: 1, rejected: 1, rejectsFile });
  expect(readFileSync(reader, 'utf8')).toMatch(/^line,column,reason,value\n3,price,.*\n$/);
  closeSync(reader);
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
