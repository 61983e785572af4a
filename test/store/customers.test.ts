// Customers are found by keyed hash, may ask for no coupons, and may be forgotten for good.
import { expect, test } from 'vitest';
import { cardNumber } from '../../src/domain/ids.ts';
import { createCodeHasher, keyFingerprint } from '../../src/store/code-hash.ts';
import { ShopIntake } from '../../src/store/shop-intake.ts';
import { at, calendar, customersOf, day, hasher, line, linesIn, memoryStore, takeSales } from './shop-of-tests.ts';

const NOW = at('2026-11-22T12:00');
const row = { customerCode: 'C1', card: '634012345', language: 'sv', status: 'active', optedOut: false } as const;

function shop() {
  const db = memoryStore();
  const customers = customersOf(db);
  const take = (...rows: Parameters<ShopIntake['takeCustomers']>[0]) =>
    new ShopIntake(db, { hasher, calendar }).takeCustomers(rows, NOW);
  const found = (card: string) => {
    const customer = customers.findByCard(cardNumber(card));
    if (customer === null) throw new Error(`card ${card} is unknown`);
    return customer;
  };
  return { db, customers, take, found };
}

test('several cards lead to one customer', () => {
  const { customers, take, found } = shop();
  take(row, { ...row, card: '634099999' });
  expect(found('634012345')).toEqual(found('634099999'));
  expect(found('634012345')).toMatchObject({ language: 'sv', status: 'active', optedOutAt: null });
  expect(customers.findByCard(cardNumber('634000000'))).toBeNull();
  expect(customers.count()).toBe(1);
});

test('a card has one customer: the latest row wins and is counted', () => {
  const { customers, take, found } = shop();
  expect(take(row, { ...row, customerCode: 'C2' })).toMatchObject({ taken: 2, cardsMoved: 1 });
  expect(found('634012345').id).toBe(customers.findByCode('C2')?.id);
});

test('rows that say nothing new change nothing', () => {
  const { take } = shop();
  expect(take(row)).toMatchObject({ taken: 1, alreadyKnown: 0 });
  expect(take(row)).toMatchObject({ taken: 0, alreadyKnown: 1 });
});

test('an import can ask for no coupons and never takes such a wish back', () => {
  const { customers, take, found } = shop();
  take(row);
  const { id } = found('634012345');
  customers.optOut({ customer: id, at: at('2026-11-01T09:00') });
  take(row);
  expect(found('634012345').optedOutAt).toBe(at('2026-11-01T09:00'));
  take({ ...row, optedOut: true });
  expect(found('634012345').optedOutAt).toBe(at('2026-11-01T09:00'));
  customers.optIn(id);
  expect(found('634012345').optedOutAt).toBeNull();
  take({ ...row, optedOut: true });
  expect(found('634012345').optedOutAt).toBe(NOW);
});

test('a forgotten customer leaves nothing, is not made again, and the number goes to nobody else', () => {
  const { db, customers, take, found } = shop();
  take(row);
  takeSales(db, [line()]);
  const { id } = found('634012345');
  customers.forget(id);
  expect(customers.findByCard(cardNumber('634012345'))).toBeNull();
  expect(linesIn(db)).toBe(0);
  expect(db.prepare('select count(*) from basket').pluck().get()).toBe(0);
  expect(take(row)).toMatchObject({ taken: 0, forgotten: 1 });
  expect(takeSales(db, [line()])).toMatchObject({ taken: 0, forgotten: 1 });
  expect(customers.count()).toBe(0);
  take({ ...row, customerCode: 'C2' });
  expect(found('634012345').id).not.toBe(id);
});

test('shows what is known of a customer, visits and lines within the window', () => {
  const { db, customers, take, found } = shop();
  take(row, { ...row, card: '634099999' });
  takeSales(db, [line({ basketCode: 'old', at: at('2026-09-01') })]);
  takeSales(db, [line({ basketCode: 'new' }), line({ basketCode: 'new', productCode: 'P2' })]);
  expect(customers.view({ customer: found('634012345').id, firstDay: day('2026-09-27') })).toEqual({
    language: 'sv',
    status: 'active',
    cards: 2,
    optedOutAt: null,
    firstDay: day('2026-09-01'),
    lastDay: day('2026-11-20'),
    visits: 1,
    lines: 2,
  });
});

test('neither codes nor card numbers are in the store', () => {
  const { db, take } = shop();
  take({ ...row, customerCode: 'HENRIKSSON-77' });
  const bytes = db.serialize();
  expect(bytes.includes('HENRIKSSON-77')).toBe(false);
  expect(bytes.includes('634012345')).toBe(false);
});

test('hashes have 16 bytes and depend on key and kind', () => {
  const other = createCodeHasher(new Uint8Array(32).fill(8));
  expect(hasher.customer('1')).toHaveLength(16);
  expect(hasher.customer('1')).toEqual(hasher.customer('1'));
  expect(hasher.customer('1')).not.toEqual(hasher.card('1'));
  expect(hasher.customer('1')).not.toEqual(other.customer('1'));
  expect(keyFingerprint(new Uint8Array(32).fill(8))).toMatch(/^[0-9a-f]{16}$/);
});
