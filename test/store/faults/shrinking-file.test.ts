// A file that another program cuts or goes on writing while we read it.
import { appendFileSync, truncateSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contentOf, importInto, memoryStore, testFolder } from '../shop-of-tests.ts';

/** An import asks its signal between two reads of the file: there the other program gets its turn. */
function whileReading(otherProgram: () => void): AbortSignal {
  const { signal } = new AbortController();
  let reads = 0;
  signal.throwIfAborted = () => {
    reads++;
    if (reads === 2) otherProgram();
  };
  return signal;
}

const content = `product,name\n${Array.from({ length: 20_000 }, (_, i) => `${i},Product ${i}\n`).join('')}`;

test('a file that shrinks while it is read is named and stores nothing', async () => {
  using folder = testFolder();
  const db = memoryStore();
  const file = folder.file('products.csv', content);
  const signal = whileReading(() => {
    truncateSync(file, 100_000);
  });
  await expect(importInto(db, { kind: 'products', file, signal })).rejects.toMatchObject({
    code: 'IMPORT_FILE_CHANGED',
  });
  expect(contentOf(db)).toEqual(contentOf(memoryStore()));
});

test('a file that grows while it is read is named and stores nothing', async () => {
  using folder = testFolder();
  const db = memoryStore();
  const file = folder.file('products.csv', content);
  const signal = whileReading(() => {
    appendFileSync(file, '20001,One more\n');
  });
  await expect(importInto(db, { kind: 'products', file, signal })).rejects.toMatchObject({
    code: 'IMPORT_FILE_CHANGED',
  });
  expect(contentOf(db)).toEqual(contentOf(memoryStore()));
});
