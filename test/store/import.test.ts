// The shop's files come in whole, once, however often they are given.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cardNumber } from '../../src/domain/ids.ts';
import { openDatabase } from '../../src/store/database.ts';
import { Products } from '../../src/store/products.ts';
import {
  at,
  contentOf,
  customersOf,
  FINGERPRINT,
  importInto,
  linesIn,
  memoryStore,
  PURCHASE_HEADER,
  testFolder,
} from './shop-of-tests.ts';

/** Equal lines lie apart from each other, over more than one transaction and one block of the file. */
const manyLines = (): string => {
  const lines = Array.from({ length: 6000 }, (_, i) => `C${i % 50},B${i % 400},2026-11-20T12:00,P${i % 30},1,1.20\n`);
  return PURCHASE_HEADER + lines.join('');
};

test('cards that no scan is taken for are counted, for whoever knows the cards, and stored all the same', async () => {
  using folder = testFolder();
  const file = folder.file('customers.csv', 'customer,card\nC1,634012345\nC2,6340 99999\nC3,\n');
  const db = memoryStore();
  const { taken, warnings } = await importInto(db, { kind: 'customers', file, isCard: (text) => /^\d+$/.test(text) });
  expect(taken).toBe(3);
  expect(warnings).toEqual(['Cards that no scan is taken for, as the configuration\'s "cards" has it: 1.']);
});

test('importing twice changes nothing', async () => {
  using folder = testFolder();
  const db = memoryStore();
  const file = folder.file('purchases.csv.gz', manyLines());
  expect(await importInto(db, { kind: 'purchases', file })).toMatchObject({
    lines: 6000,
    taken: 6000,
    alreadyKnown: 0,
  });
  const once = contentOf(db);
  expect(await importInto(db, { kind: 'purchases', file })).toMatchObject({
    lines: 6000,
    taken: 0,
    alreadyKnown: 6000,
  });
  expect(contentOf(db)).toEqual(once);
});

test('a killed import is finished by running it again', async () => {
  using folder = testFolder();
  const db = memoryStore();
  const file = folder.file('purchases.csv', manyLines());
  const killer = new AbortController();
  const { signal } = killer;
  let asked = 0;
  const throwIfAborted = signal.throwIfAborted.bind(signal);
  signal.throwIfAborted = () => {
    asked++;
    if (linesIn(db) > 1000) killer.abort();
    throwIfAborted();
  };
  await expect(importInto(db, { kind: 'purchases', file, signal })).rejects.toThrow(/abort/);
  const half = linesIn(db);
  expect(asked).toBeGreaterThan(0);
  expect(half).toBeGreaterThan(1000);
  expect(half).toBeLessThan(6000);
  const report = await importInto(db, { kind: 'purchases', file });
  expect(report).toMatchObject({ taken: 6000 - half, alreadyKnown: half });
  const whole = memoryStore();
  await importInto(whole, { kind: 'purchases', file });
  expect(contentOf(db)).toEqual(contentOf(whole));
});

test('times without offset are the shop’s own, a repeated hour is the first one', async () => {
  using folder = testFolder();
  const db = memoryStore();
  const times = ['2026-10-25T03:30', '2026-03-29T03:30', '2026-11-20', '2026-11-20T12:00:00+01:00'];
  const file = folder.file('p.csv', PURCHASE_HEADER + times.map((time, i) => `C1,B${i},${time},P1,,\n`).join(''));
  await importInto(db, { kind: 'purchases', file });
  const stored = db.prepare<[], number>('select at from purchase order by basket').pluck().all();
  expect(stored.map((ms) => new Date(ms).toISOString())).toEqual([
    '2026-10-25T00:30:00.000Z',
    '2026-03-29T01:30:00.000Z',
    '2026-11-19T22:00:00.000Z',
    '2026-11-20T11:00:00.000Z',
  ]);
});

test('columns come in any order, unknown ones are ignored with a warning, a byte order mark does not matter', async () => {
  using folder = testFolder();
  const db = memoryStore();
  const content = '\uFEFFTime,"product",shelf,basket,customer\r\n2026-11-20T12:00,007,A,B1,C1\r\n';
  const report = await importInto(db, { kind: 'purchases', file: folder.file('p.csv', content) });
  expect(report).toMatchObject({ taken: 1, warnings: ['The column "shelf" is not known and was ignored.'] });
  expect(db.prepare('select quantity_milli, price_cents from purchase').all()).toEqual([
    { quantity_milli: 1000, price_cents: null },
  ]);
  expect(new Products(db).byCode('007')).toMatchObject({ name: '007', flags: [] });
});

test('amounts are rounded to cents and thousandths by their digits', async () => {
  using folder = testFolder();
  const db = memoryStore();
  const file = folder.file(
    'p.csv',
    `${PURCHASE_HEADER}C1,B1,2026-11-20,P1,0.532,1.005\nC1,B1,2026-11-20,P2,0.0001,0.10\n`,
  );
  await importInto(db, { kind: 'purchases', file });
  expect(db.prepare('select quantity_milli, price_cents from purchase order by product').raw().all()).toEqual([
    [532, 101],
    [1, 10],
  ]);
});

test('products fill in what purchases only named, and a file without a column keeps what is known', async () => {
  using folder = testFolder();
  const db = memoryStore();
  const products = new Products(db);
  await importInto(db, { kind: 'purchases', file: folder.file('p.csv', `${PURCHASE_HEADER}C1,B1,2026-11-20,P1,1,\n`) });
  const full = 'product,name,category,department,price,flags\nP1,"Maito ""A"" 1 l",Maito,Tuore,1.29,ok|alcohol\n';
  expect(await importInto(db, { kind: 'products', file: folder.file('a.csv', full) })).toMatchObject({ taken: 1 });
  expect(products.all()).toEqual([
    {
      id: 1,
      code: 'P1',
      name: 'Maito "A" 1 l',
      category: 'Maito',
      department: 'Tuore',
      priceCents: 129,
      flags: ['alcohol', 'ok'],
    },
  ]);
  await importInto(db, { kind: 'products', file: folder.file('b.csv', 'product,price\nP1,1.39\n') });
  expect(products.byCode('P1')).toMatchObject({ name: 'Maito "A" 1 l', priceCents: 139, flags: ['alcohol', 'ok'] });
  expect(
    await importInto(db, { kind: 'products', file: folder.file('b.csv', 'product,price\nP1,1.39\n') }),
  ).toMatchObject({
    taken: 0,
    alreadyKnown: 1,
  });
});

test('customers come with their cards; a file of cards alone does not unblock anybody', async () => {
  using folder = testFolder();
  const db = memoryStore();
  const full =
    'customer,card,language,status,opted_out\nC1,0041,en,blocked,true\nC1,0042,en,blocked,true\nC2,0041,,,\n';
  const report = await importInto(db, { kind: 'customers', file: folder.file('c.csv', full), now: at('2026-11-22') });
  expect(report).toMatchObject({ lines: 3, taken: 3, cardsMoved: 1, rejected: 0 });
  await importInto(db, { kind: 'customers', file: folder.file('d.csv', 'customer,card\nC1,0043\n') });
  expect(customersOf(db).findByCard(cardNumber('0043'))).toMatchObject({
    language: 'en',
    status: 'blocked',
    optedOutAt: at('2026-11-22'),
  });
  expect(customersOf(db).findByCard(cardNumber('0041'))).toEqual(customersOf(db).findByCode('C2'));
});

test('lines of the forgotten are left out and counted', async () => {
  using folder = testFolder();
  const db = memoryStore();
  const file = folder.file('p.csv', `${PURCHASE_HEADER}C1,B1,2026-11-20,P1,1,\n`);
  await importInto(db, { kind: 'purchases', file });
  const customer = customersOf(db).findByCode('C1');
  if (customer !== null) customersOf(db).forget(customer.id);
  expect(await importInto(db, { kind: 'purchases', file })).toMatchObject({
    taken: 0,
    forgotten: 1,
    warnings: ['Lines of customers who asked to be forgotten were left out: 1.'],
  });
});

test('leaves nothing beside the store but the store', async () => {
  using folder = testFolder();
  using inputs = testFolder();
  const db = openDatabase({ file: join(folder.path, 'till.db'), keyFingerprint: FINGERPRINT });
  const file = inputs.file('p.csv.gz', `${PURCHASE_HEADER}C1,B1,2026-11-20,P1,1,\n`);
  await importInto(db, { kind: 'purchases', file });
  db.close();
  expect(readdirSync(folder.path)).toEqual(['till.db']);
  expect(readdirSync(inputs.path)).toEqual(['p.csv.gz']);
});
