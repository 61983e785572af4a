// A file of another kind, or without its header.
import { expect, test } from 'vitest';
import { contentOf, importInto, memoryStore, testFolder } from '../shop-of-tests.ts';

test.each([
  ['a missing column', 'customer,basket,product\nC1,B1,P1\n', /it has no column time/],
  ['no header at all', 'C1,B1,2026-11-20,P1,1,\n', /it has no column customer, basket, time, product/],
  [
    'semicolons',
    'customer;basket;time;product\nC1;B1;2026-11-20;P1\n',
    /cells are parted by ";" and not by "," \(found customer;basket;time;product/,
  ],
  ['tabs', 'customer\tbasket\ttime\tproduct\n', /parted by tabs and not by ","/],
  ['a column twice', 'customer,basket,time,product,time\nC1,B1,2026-11-20,P1,x\n', /it names time twice/],
])('%s is named and stores nothing', async (_, content, sentence) => {
  using folder = testFolder();
  const db = memoryStore();
  const importing = importInto(db, { kind: 'purchases', file: folder.file('purchases.csv', content) });
  await expect(importing).rejects.toMatchObject({ code: 'IMPORT_HEADER_WRONG' });
  await expect(importing).rejects.toThrow(sentence);
  expect(contentOf(db)).toEqual(contentOf(memoryStore()));
});

test('where the header is missing, the card that stands in its place is not shown', async () => {
  using folder = testFolder();
  const file = folder.file('customers.csv', 'C1234567,634000000000000017,fi,active,\n');
  const importing = importInto(memoryStore(), { kind: 'customers', file });
  await expect(importing).rejects.toThrow(/found \.\.67,\.\.0017,fi,active,;/);
});
