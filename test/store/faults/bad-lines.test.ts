// Lines that cannot be taken: each is rejected with its reason, and the rest goes in.
import { readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ImportKind } from '../../../src/store/import/import-file.ts';
import { contentOf, importInto, memoryStore, PURCHASE_HEADER, testFolder } from '../shop-of-tests.ts';

const CUSTOMER_HEADER = 'customer,card,language,status,opted_out\n';
const PRODUCT_HEADER = 'product,name,category,department,price,flags\n';

test.each<[string, ImportKind, string, string]>([
  ['a bad date', 'purchases', `${PURCHASE_HEADER}C1,B1,2026-02-30,P1,1,`, 'time,is not an ISO 8601 time,2026-02-30'],
  [
    'an hour 25',
    'purchases',
    `${PURCHASE_HEADER}C1,B1,2026-02-03T25:00,P1,1,`,
    'time,is not an ISO 8601 time,2026-02-03T25:00',
  ],
  [
    'a year with its digits swapped',
    'purchases',
    `${PURCHASE_HEADER}C1,B1,2206-11-20,P1,1,`,
    "time,lies in the future: it is 2026-11-22 by this machine's clock,2206-11-20",
  ],
  [
    'a year of the last century',
    'purchases',
    `${PURCHASE_HEADER}C1,B1,1926-11-20,P1,1,`,
    'time,lies before 1970,1926-11-20',
  ],
  [
    'a payment to the customer',
    'purchases',
    `${PURCHASE_HEADER}C1,B1,2026-11-20,P1,1,-1.50`,
    'price,is below zero,-1.50',
  ],
  ['a negative quantity', 'purchases', `${PURCHASE_HEADER}C1,B1,2026-11-20,P1,-1,`, 'quantity,is not above zero,-1'],
  ['no quantity at all', 'purchases', `${PURCHASE_HEADER}C1,B1,2026-11-20,P1,0,`, 'quantity,is not above zero,0'],
  [
    'a quantity in words',
    'purchases',
    `${PURCHASE_HEADER}C1,B1,2026-11-20,P1,two,`,
    'quantity,is not a number with a point,two',
  ],
  [
    'a quantity beyond counting',
    'purchases',
    `${PURCHASE_HEADER}C1,B1,2026-11-20,P1,9999999,`,
    'quantity,is too much,9999999',
  ],
  [
    'a price with a comma',
    'purchases',
    `${PURCHASE_HEADER}C1,B1,2026-11-20,P1,1,"1,50"`,
    'price,is not money in decimals with a point,"1,50"',
  ],
  ['no customer', 'purchases', `${PURCHASE_HEADER},B1,2026-11-20,P1,1,`, 'customer,is empty,..'],
  ['too few cells', 'purchases', `${PURCHASE_HEADER}C1,B1,2026-11-20`, ',the line has 3 cells and the header 6,'],
  [
    'an unknown flag',
    'products',
    `${PRODUCT_HEADER}1,Milk,,,1.20,ok|fresh`,
    'flags,has a flag that is none of infant-formula tobacco nicotine alcohol medicine gambling health discreet ok,ok|fresh',
  ],
  ['a price below zero', 'products', `${PRODUCT_HEADER}1,Milk,,,-1.20,`, 'price,is below zero,-1.20'],
  ['an unknown language', 'customers', `${CUSTOMER_HEADER}C1,634012345,xx,,`, 'language,is none of fi sv en,xx'],
  [
    'an unknown status',
    'customers',
    `${CUSTOMER_HEADER}C1,634012345,,gone,`,
    'status,is neither active nor blocked,gone',
  ],
  [
    'a card too long',
    'customers',
    `${CUSTOMER_HEADER}C1,${'4'.repeat(101)},,,`,
    'card,is longer than 100 characters,..4444',
  ],
])('%s is rejected', async (_, kind, content, reject) => {
  using folder = testFolder();
  const db = memoryStore();
  const report = await importInto(db, { kind, file: folder.file('in.csv', `${content}\n`) });
  expect(report).toMatchObject({ lines: 1, taken: 0, rejected: 1, rejectsFile: `${folder.path}/in.csv.rejects.csv` });
  expect(readFileSync(report.rejectsFile ?? '', 'utf8')).toBe(`line,column,reason,value\n2,${reject}\n`);
});

test('the rest goes in, and the rejects are for their owner alone', async () => {
  using folder = testFolder();
  const rejectsFile = folder.file('rejects.csv', 'line,column,reason,value\n7,time,of an earlier import,\n');
  const file = folder.file(
    'p.csv',
    `${PURCHASE_HEADER}C1,B1,2026-11-20,P1,1,\n\n"C2","B\n2",2026-11-20,P1,x,\nC3,B3,2026-11-20,P1,y,\n`,
  );
  const report = await importInto(memoryStore(), { kind: 'purchases', file, rejectsFile });
  expect(report).toMatchObject({ lines: 3, taken: 1, rejected: 2 });
  expect(statSync(rejectsFile).mode & 0o777).toBe(0o600);
  expect(readFileSync(rejectsFile, 'utf8').split('\n').slice(1, 3)).toEqual([
    '4,quantity,is not a number with a point,x',
    '6,quantity,is not a number with a point,y',
  ]);
});

test('the rejects take no other file’s place, and nothing is stored then', async () => {
  using folder = testFolder();
  const db = memoryStore();
  const file = folder.file('in.csv', `${PURCHASE_HEADER}C1,B1,2026-11-20,P1,1,\nC1,B1,never,P1,1,\n`);
  const rejectsFile = folder.file('products.csv', PRODUCT_HEADER);
  const importing = importInto(db, { kind: 'purchases', file, rejectsFile });
  await expect(importing).rejects.toMatchObject({ code: 'IMPORT_REJECTS_UNWRITABLE' });
  expect(readFileSync(rejectsFile, 'utf8')).toBe(PRODUCT_HEADER);
  expect(contentOf(db)).toEqual(contentOf(memoryStore()));
});

test('the rejects may go to no file at all, which is still there afterwards', async () => {
  using folder = testFolder();
  const file = folder.file('in.csv', `${PURCHASE_HEADER}C1,B1,never,P1,1,\n`);
  const report = await importInto(memoryStore(), { kind: 'purchases', file, rejectsFile: '/dev/null' });
  expect(report).toMatchObject({ rejected: 1, rejectsFile: '/dev/null' });
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});
