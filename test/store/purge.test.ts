// What is older than remembered goes, from the rows and from the file's bytes; sums that name no customer stay.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { cents } from '../../src/domain/money.ts';
import { openDatabase, type Db } from '../../src/store/database.ts';
import { purgePurchases } from '../../src/store/purge.ts';
import { at, contentOf, day, FINGERPRINT, line, linesIn, memoryStore, takeSales, testFolder } from './shop-of-tests.ts';

const TODAY = day('2026-11-22');
const NOON_MS = 12 * 3_600_000;

async function purge(db: Db, signal = new AbortController().signal) {
  return purgePurchases({ db, today: TODAY, memoryDays: 56, signal });
}

function noonOf(daysAgo: number) {
  return at(new Date((TODAY - daysAgo) * 86_400_000 + NOON_MS).toISOString().slice(0, 16));
}

const sums = (db: Db) =>
  db.prepare('select day, product, lines, quantity_milli, price_cents from product_day').raw().all();

test('today and the remembered days before it stay, the day before them goes', async () => {
  const db = memoryStore();
  for (const daysAgo of [0, 56, 57, 100]) takeSales(db, [line({ basketCode: `${daysAgo}`, at: noonOf(daysAgo) })]);
  expect(await purge(db)).toEqual({ lines: 2, baskets: 2, isLogTruncated: true });
  expect(db.prepare('select day from purchase order by day').pluck().all()).toEqual([addDays(TODAY, -56), TODAY]);
  const after = contentOf(db);
  expect(await purge(db)).toMatchObject({ lines: 0, baskets: 0 });
  expect(contentOf(db)).toEqual(after);
});

test('a basket over the edge keeps the lines that are young enough', async () => {
  const db = memoryStore();
  const late = line({ at: noonOf(56), productCode: 'P2' });
  takeSales(db, [line({ at: noonOf(57) }), late]);
  expect(await purge(db)).toMatchObject({ lines: 1, baskets: 0 });
  expect(takeSales(db, [late])).toMatchObject({ alreadyKnown: 1 });
  expect(db.prepare('select first_day, last_day from basket').raw().all()).toEqual([
    [addDays(TODAY, -56), addDays(TODAY, -56)],
  ]);
});

test('sums by product and day stay, counted once however often the purchases come again', async () => {
  const db = memoryStore();
  const old = [
    line({ at: noonOf(60), quantityMilli: 500, priceCents: cents(120) }),
    line({ at: noonOf(60), quantityMilli: 250 }),
    line({ at: noonOf(60), productCode: 'P2' }),
  ];
  const other = [line({ at: noonOf(60), customerCode: 'C2', quantityMilli: 2000, priceCents: cents(300) })];
  const expected = [
    [addDays(TODAY, -60), 1, 3, 2750, 420],
    [addDays(TODAY, -60), 2, 1, 1000, 0],
  ];
  for (const rows of [old, other]) takeSales(db, rows);
  await purge(db);
  expect(sums(db)).toEqual(expected);
  for (const rows of [old, other]) takeSales(db, rows);
  await purge(db);
  expect(sums(db)).toEqual(expected);
  takeSales(db, other);
  await purge(db);
  expect(sums(db)).toEqual(expected);
});

test('sums are kept for two years', async () => {
  const db = memoryStore();
  takeSales(db, [line({ basketCode: '1', at: noonOf(731) })]);
  takeSales(db, [line({ basketCode: '2', at: noonOf(730) })]);
  db.prepare('insert into product_day values (?, 1, 1, 1, 1)').run(addDays(TODAY, -900));
  expect(await purge(db)).toMatchObject({ lines: 2 });
  expect(sums(db)).toEqual([[addDays(TODAY, -730), 1, 1, 1000, 0]]);
});

test('a purge broken off between two batches is finished by the next', async () => {
  const db = memoryStore();
  for (let i = 0; i < 20; i++) takeSales(db, [line({ basketCode: `${i}`, at: noonOf(60 + (i % 3)) })]);
  const killer = new AbortController();
  const { signal } = killer;
  let asked = 0;
  const throwIfAborted = signal.throwIfAborted.bind(signal);
  signal.throwIfAborted = () => {
    asked++;
    if (asked === 4) killer.abort();
    throwIfAborted();
  };
  await expect(purge(db, signal)).rejects.toThrow(/abort/);
  await purge(db);
  expect(linesIn(db)).toBe(0);
  expect(sums(db)).toEqual([
    [addDays(TODAY, -62), 1, 6, 6000, 0],
    [addDays(TODAY, -61), 1, 7, 7000, 0],
    [addDays(TODAY, -60), 1, 7, 7000, 0],
  ]);
});

test('after a purge the deleted is in no file of the store', async () => {
  using folder = testFolder();
  const file = join(folder.path, 'till.db');
  const db = openDatabase({ file, keyFingerprint: FINGERPRINT });
  for (let i = 0; i < 400; i++) {
    const daysAgo = i % 2 === 0 ? 70 : 5;
    const basketCode = `${daysAgo === 70 ? 'PLANTED' : 'REMEMBERED'}-${i}`;
    takeSales(db, [line({ customerCode: `C${i % 9}`, basketCode, at: noonOf(daysAgo) })]);
  }
  expect(readFileSync(`${file}-wal`).includes('PLANTED')).toBe(true);
  expect(await purge(db)).toEqual({ lines: 200, baskets: 200, isLogTruncated: true });
  expect(readFileSync(`${file}-wal`)).toHaveLength(0);
  expect(readFileSync(file).includes('PLANTED')).toBe(false);
  expect(readFileSync(file).includes('REMEMBERED')).toBe(true);
  db.close();
});

test('a reader that keeps the log is told of', async () => {
  using folder = testFolder();
  const file = join(folder.path, 'till.db');
  const db = openDatabase({ file, keyFingerprint: FINGERPRINT });
  db.pragma('busy_timeout = 0');
  takeSales(db, [line({ at: noonOf(70) })]);
  const reader = openDatabase({ file, readonly: true, keyFingerprint: FINGERPRINT });
  const reading = reader.prepare('select * from purchase').iterate();
  reading.next();
  expect(await purge(db)).toMatchObject({ lines: 1, isLogTruncated: false });
  reading.return?.();
  expect(await purge(db)).toMatchObject({ lines: 0, isLogTruncated: true });
  reader.close();
  db.close();
});
