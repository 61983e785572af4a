// A file that is called gzip and is not, or no longer.
import { expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import { contentOf, importInto, memoryStore, PURCHASE_HEADER, testFolder } from '../shop-of-tests.ts';

test('plain text called .gz is named and stores nothing', async () => {
  using folder = testFolder();
  const db = memoryStore();
  const file = folder.file('purchases.csv.gz', Buffer.from(`${PURCHASE_HEADER}C1,B1,2026-11-20,P1,1,\n`));
  await expect(importInto(db, { kind: 'purchases', file })).rejects.toMatchObject({ code: 'IMPORT_GZIP_DAMAGED' });
  expect(contentOf(db)).toEqual(contentOf(memoryStore()));
});

test('a flipped byte inside the gzip is named and stores nothing', async () => {
  using folder = testFolder();
  const db = memoryStore();
  const packed = gzipSync(`${PURCHASE_HEADER}C1,B1,2026-11-20,P1,1,\n`);
  packed[packed.length - 6] = (packed[packed.length - 6] ?? 0) ^ 0xff;
  const file = folder.file('purchases.csv.gz', packed);
  await expect(importInto(db, { kind: 'purchases', file })).rejects.toMatchObject({ code: 'IMPORT_GZIP_DAMAGED' });
  expect(contentOf(db)).toEqual(contentOf(memoryStore()));
});
