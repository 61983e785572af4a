// A gzip file that was cut off on its way.
import { expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import { contentOf, importInto, memoryStore, PURCHASE_HEADER, testFolder } from '../shop-of-tests.ts';

test('a torn gzip is named and stores nothing', async () => {
  using folder = testFolder();
  const db = memoryStore();
  const before = contentOf(db);
  const lines = Array.from(
    { length: 5000 },
    (_, i) => `C${i % 7},B${i},2026-11-20T12:00,P${(i * 7919) % 1013},1,${i}.50\n`,
  );
  const packed = gzipSync(PURCHASE_HEADER + lines.join(''));
  const file = folder.file('purchases.csv.gz', packed.subarray(0, packed.length - 100));
  await expect(importInto(db, { kind: 'purchases', file })).rejects.toMatchObject({ code: 'IMPORT_GZIP_TORN' });
  expect(contentOf(db)).toEqual(before);
});
