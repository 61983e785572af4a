// Purchases go in once and come out through two doors, strictly before an instant.
import { expect, test } from 'vitest';
import { cents } from '../../src/domain/money.ts';
import type { PurchaseTable } from '../../src/domain/purchases.ts';
import { at, customersOf, day, line, linesIn, memoryStore, purchasesOf, takeSales } from './shop-of-tests.ts';

const listed = (table: PurchaseTable): readonly number[][] =>
  Array.from(table.product, (product, i) => [
    table.customer[i] ?? -1,
    table.day[i] ?? -1,
    table.basket[i] ?? -1,
    product,
    table.quantityMilli[i] ?? -1,
  ]);

function shop() {
  const db = memoryStore();
  const purchases = purchasesOf(db);
  const idOf = (code: string) => {
    const customer = customersOf(db).findByCode(code);
    if (customer === null) throw new Error(`no customer ${code}`);
    return customer.id;
  };
  return { db, purchases, idOf };
}

test('ranking reads one customer, from a day on, strictly before an instant', () => {
  const { db, purchases, idOf } = shop();
  takeSales(db, [line({ basketCode: 'old', at: at('2026-09-01T10:00') })]);
  takeSales(db, [line({ basketCode: 'in', at: at('2026-11-20T11:59:59'), quantityMilli: 532 })]);
  takeSales(db, [line({ basketCode: 'now', at: at('2026-11-20T12:00') })]);
  takeSales(db, [line({ customerCode: 'C2', at: at('2026-11-20T09:00') })]);
  const history = purchases.historyOf({
    customer: idOf('C1'),
    before: at('2026-11-20T12:00'),
    firstDay: day('2026-09-25'),
  });
  expect(listed(history)).toEqual([[idOf('C1'), day('2026-11-20'), 2, 1, 532]]);
});

test('the day’s growth reads who bought since an instant, strictly before another, as their sales came in', () => {
  const { db, purchases, idOf } = shop();
  const sold = (customerCode: string, time: string) =>
    takeSales(db, [line({ customerCode, basketCode: `${customerCode} ${time}`, at: at(time) })]);
  sold('C1', '2026-11-20T02:59:59');
  sold('C2', '2026-11-20T03:00');
  sold('C3', '2026-11-20T11:00');
  sold('C1', '2026-11-20T10:00');
  sold('C2', '2026-11-20T10:30');
  sold('C4', '2026-11-20T12:00');
  const of = { since: at('2026-11-20T03:00'), before: at('2026-11-20T12:00') };
  expect(purchases.buyersSince({ ...of, most: 10 })).toEqual(['C2', 'C3', 'C1'].map(idOf));
  expect(purchases.buyersSince({ ...of, most: 2 })).toEqual(['C2', 'C3'].map(idOf));
});

test('training reads everybody in order of customer, day, basket and product, strictly before an instant', () => {
  const { db, purchases, idOf } = shop();
  takeSales(db, [
    line({ customerCode: 'C2', productCode: 'P2', at: at('2026-11-19T10:00') }),
    line({ customerCode: 'C2', productCode: 'P1', at: at('2026-11-19T10:00') }),
  ]);
  takeSales(db, [line({ at: at('2026-11-20T08:00') })]);
  takeSales(db, [line({ basketCode: 'B2', at: at('2026-11-18T08:00') })]);
  takeSales(db, [line({ basketCode: 'B3', at: at('2026-11-20T12:00') })]);
  const shares: number[] = [];
  const all = purchases.allBefore({
    before: at('2026-11-20T12:00'),
    firstDay: day('2026-11-18'),
    onProgress: (share) => shares.push(share),
  });
  const two = idOf('C2');
  const one = idOf('C1');
  expect(all.count).toBe(4);
  expect(listed(all)).toEqual([
    [two, day('2026-11-19'), 1, 1, 1000],
    [two, day('2026-11-19'), 1, 2, 1000],
    [one, day('2026-11-18'), 3, 2, 1000],
    [one, day('2026-11-20'), 2, 2, 1000],
  ]);
  expect(shares).toEqual([1]);
});

test('a basket sent twice is stored once, and equal lines in it count as often as they stand there', () => {
  const { db } = shop();
  const basket = [line(), line(), line({ productCode: 'P2' })];
  expect(takeSales(db, basket)).toMatchObject({ taken: 3, alreadyKnown: 0 });
  expect(takeSales(db, basket)).toMatchObject({ taken: 0, alreadyKnown: 3 });
  expect(takeSales(db, [...basket, line()])).toMatchObject({ taken: 1, alreadyKnown: 3 });
  expect(linesIn(db)).toBe(4);
});

test('a sale over midnight is one basket with two days, and known as such', () => {
  const { db, purchases } = shop();
  const sale = [
    line({ at: at('2026-11-20T23:59') }),
    line({ at: at('2026-11-21T00:01') }),
    line({ at: at('2026-11-21T00:02'), productCode: 'P2' }),
  ];
  expect(takeSales(db, sale)).toMatchObject({ taken: 3 });
  expect(takeSales(db, sale)).toMatchObject({ taken: 0, alreadyKnown: 3 });
  expect(db.prepare('select first_day, last_day from basket').all()).toEqual([
    { first_day: day('2026-11-20'), last_day: day('2026-11-21') },
  ]);
  expect(purchases.newestAt()).toBe(at('2026-11-21T00:02'));
});

test('the same line with a corrected time is known already', () => {
  const { db } = shop();
  takeSales(db, [line()]);
  expect(takeSales(db, [line({ at: at('2026-11-18T12:00') })])).toMatchObject({ taken: 0, alreadyKnown: 1 });
});

test('the same basket number of two customers is two baskets', () => {
  const { db, purchases, idOf } = shop();
  takeSales(db, [line()]);
  takeSales(db, [line({ customerCode: 'C2' })]);
  expect(db.prepare('select count(*) from basket').pluck().get()).toBe(2);
  const { customer } = purchases.allBefore({ before: at('2030-01-01'), firstDay: day('2000-01-01') });
  expect([...customer]).toEqual([idOf('C1'), idOf('C2')]);
});

test('an empty store has no newest purchase, no lines and empty tables', () => {
  const { db, purchases } = shop();
  expect(purchases.newestAt()).toBeNull();
  expect(linesIn(db)).toBe(0);
  expect(purchases.allBefore({ before: at('2030-01-01'), firstDay: day('2000-01-01') }).count).toBe(0);
});

const sold = (productCode: string, quantityMilli = 1000) => ({ productCode, quantityMilli, priceCents: cents(150) });

test("a till's sale is stored once however often it is sent, equal lines as often as they stand there", () => {
  const { db, purchases, idOf } = shop();
  takeSales(db, [line()]);
  const sale = {
    customer: idOf('C1'),
    basketCode: '01/2026-11-21/4711',
    at: at('2026-11-21T16:00'),
    lines: [sold('P1'), sold('P1'), sold('P9', 532)],
  };
  expect(purchases.recordSale(sale)).toEqual({ taken: 3, alreadyKnown: 0 });
  expect(purchases.recordSale(sale)).toEqual({ taken: 0, alreadyKnown: 3 });
  const history = purchases.historyOf({ customer: idOf('C1'), before: at('2026-11-22'), firstDay: day('2026-11-21') });
  expect(listed(history)).toEqual([
    [idOf('C1'), day('2026-11-21'), 2, 1, 1000],
    [idOf('C1'), day('2026-11-21'), 2, 1, 1000],
    [idOf('C1'), day('2026-11-21'), 2, 2, 532],
  ]);
});

test("a till's sale that comes in the shop's purchase file as well is known by then", () => {
  const { db, purchases, idOf } = shop();
  takeSales(db, [line()]);
  const named = { basketCode: '01/2026-11-21/4711', at: at('2026-11-21T16:00') };
  purchases.recordSale({ customer: idOf('C1'), ...named, lines: [sold('P1'), sold('P2')] });
  const file = [line({ ...named, productCode: 'P1' }), line({ ...named, productCode: 'P2' })];
  expect(takeSales(db, file)).toMatchObject({ taken: 0, alreadyKnown: 2 });
});

test('a sale of a customer who was forgotten in that moment is not kept, and harms nothing', () => {
  const { db, purchases, idOf } = shop();
  takeSales(db, [line()]);
  const customer = idOf('C1');
  customersOf(db).forget(customer);
  const sale = { customer, basketCode: '01/2026-11-21/4711', at: at('2026-11-21T16:00'), lines: [sold('P-NEW')] };
  expect(purchases.recordSale(sale)).toBe('unknown-customer');
  expect(purchases.recordSale({ ...sale, lines: [] })).toBe('unknown-customer');
  expect(linesIn(db)).toBe(0);
  expect(db.prepare('select count(*) from basket').pluck().get()).toBe(0);
});
