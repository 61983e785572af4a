// A line of ten megabytes.
import { expect, test } from 'vitest';
import { contentOf, importInto, memoryStore, testFolder } from '../shop-of-tests.ts';

test('a line of ten megabytes is named and stores nothing', async () => {
  using folder = testFolder();
  const db = memoryStore();
  const file = folder.file('products.csv', `product,name\n1,Milk\n2,${'x'.repeat(10_000_000)}\n3,Bread\n`);
  const importing = importInto(db, { kind: 'products', file });
  await expect(importing).rejects.toMatchObject({ code: 'IMPORT_LINE_TOO_LONG' });
  await expect(importing).rejects.toThrow(/Line 3 of/);
  expect(contentOf(db)).toEqual(contentOf(memoryStore()));
});
