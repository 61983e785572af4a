// The laminated cards: STOP means the customer who held up a card just now, START undoes it.
import { expect, test } from 'vitest';
import { CARDS, START, STOP } from './corner-shop.ts';
import { openTill } from './open-till.ts';

test('STOP within thirty seconds of a card opts that customer out, whatever card they hold up later', async () => {
  await using till = await openTill();
  await till.serve(CARDS.anna);
  await till.pass(14_900);
  expect(till.scan(STOP).outcome).toBe('opted-out');
  expect(till.customer(CARDS.anna).optedOutAt).toBe(till.clock.now());
  till.goTo('2026-12-10T12:00');
  expect(till.scan(CARDS.annaToo).outcome).toBe('opted-out');
});

test('STOP later than that means nobody', async () => {
  await using till = await openTill();
  till.scan(CARDS.anna);
  await till.pass(30_001);
  expect(till.scan(STOP).outcome).toBe('not-a-card');
  expect(till.customer(CARDS.anna).optedOutAt).toBeNull();
});

test.each([CARDS.nobody, ''])('STOP after "%s" opts out nobody who was there before', async (card) => {
  await using till = await openTill();
  till.scan(CARDS.anna);
  till.scan(CARDS.nobody);
  if (card !== '') till.scan(card);
  expect(till.scan(STOP).outcome).toBe('not-a-card');
  expect(till.customer(CARDS.anna).optedOutAt).toBeNull();
});

test.each(['a card!', '(17)261206', '0100 0043 1629', ''])(
  'STOP and START after "%s", which may be the next customer’s try, mean nobody',
  async (scan) => {
    await using till = await openTill();
    till.scan(CARDS.anna);
    expect(till.scan(scan).outcome).toBe('not-a-card');
    expect(till.scan(STOP).outcome).toBe('not-a-card');
    expect(till.customer(CARDS.anna).optedOutAt).toBeNull();
    till.scan(CARDS.optedOut);
    till.scan(scan);
    expect(till.scan(START).outcome).toBe('not-a-card');
    expect(till.customer(CARDS.optedOut).optedOutAt).not.toBeNull();
  },
);

test('the card held up once more after such a try is meant again', async () => {
  await using till = await openTill();
  till.scan(CARDS.anna);
  till.scan('a card!');
  expect(till.scan(CARDS.anna).outcome).toBe('repeat');
  expect(till.scan(STOP).outcome).toBe('opted-out');
});

test('STOP takes back a strip that waits', async () => {
  await using till = await openTill();
  till.scan(CARDS.anna);
  const carl = till.scan(CARDS.carl);
  expect(till.scan(STOP).outcome).toBe('opted-out');
  await till.pass(60_000);
  expect(till.record(carl.visit)).toMatchObject({ outcome: 'queued', end: 'dropped', coupons: [] });
  expect(till.device.strips).toHaveLength(1);
  expect(till.customer(CARDS.anna).optedOutAt).toBeNull();
});

test('STOP takes back every strip that waits for this customer, and nobody else’s', async () => {
  await using till = await openTill();
  till.scan(CARDS.carl);
  const first = till.scan(CARDS.anna);
  const bertta = till.scan(CARDS.bertta);
  const second = till.scan(CARDS.annaToo);
  till.scan(STOP);
  await till.pass(60_000);
  expect([first, second].map(({ visit }) => till.record(visit).end)).toEqual(['dropped', 'dropped']);
  expect(till.record(bertta.visit).end).toBe('printed');
});

test('a card read once more says whose STOP it is, even though it is the same visit', async () => {
  await using till = await openTill();
  till.scan(CARDS.anna);
  till.scan(CARDS.carl);
  expect(till.scan(CARDS.anna).outcome).toBe('repeat');
  till.scan(STOP);
  expect(till.customer(CARDS.anna).optedOutAt).not.toBeNull();
  expect(till.customer(CARDS.carl).optedOutAt).toBeNull();
});

test('the wish and its visit are kept together or not at all', async () => {
  await using till = await openTill();
  till.scan(CARDS.anna);
  till.shop.db.exec(
    `create temp trigger full_disk before update of outcome on visit when new.outcome = 'opted-out'
     begin select raise(abort, 'no room'); end`,
  );
  expect(() => till.scan(STOP)).toThrow('no room');
  expect(till.customer(CARDS.anna).optedOutAt).toBeNull();
});

test('START undoes it and serves the customer at once', async () => {
  await using till = await openTill();
  expect(till.scan(CARDS.optedOut).outcome).toBe('opted-out');
  const answer = till.scan(START);
  expect(answer.outcome).toBe('printing');
  await till.pass(15_000);
  expect(till.states(answer.visit)).toEqual(Array(6).fill('printed'));
  expect(till.customer(CARDS.optedOut).optedOutAt).toBeNull();
});

test('STOP by mistake, START: the strip that was taken back comes anew', async () => {
  await using till = await openTill();
  till.scan(CARDS.anna);
  till.scan(CARDS.carl);
  till.scan(STOP);
  const again = till.scan(START);
  await till.pass(30_000);
  expect(till.record(again.visit).end).toBe('printed');
  expect(till.device.strips).toHaveLength(2);
});

test('START after a strip does not give another one', async () => {
  await using till = await openTill();
  await till.serve(CARDS.anna);
  expect(till.scan(START).outcome).toBe('capped');
});

test('START opens no blocked card, and means nobody after thirty seconds', async () => {
  await using till = await openTill();
  till.scan(CARDS.blocked);
  expect(till.scan(START).outcome).toBe('blocked-card');
  till.scan(CARDS.optedOut);
  await till.pass(30_001);
  expect(till.scan(START).outcome).toBe('not-a-card');
  expect(till.customer(CARDS.optedOut).optedOutAt).not.toBeNull();
});

test.each([STOP, START])('%s for a customer who was forgotten in that moment harms nothing', async (card) => {
  await using till = await openTill();
  till.scan(CARDS.blocked);
  const { id } = till.customer(CARDS.blocked);
  till.shop.ledger.forgetCustomer(id);
  till.shop.customers.forget(id);
  expect(till.scan(card).outcome).toBe('not-a-card');
});

test('the same wish from the till page holds at once, for a strip that waits too', async () => {
  await using till = await openTill();
  till.scan(CARDS.anna);
  const { visit } = till.scan(CARDS.carl);
  expect(till.desk.setOptOut({ visit, optedOut: true })).toEqual({ optedOut: true });
  await till.pass(30_000);
  expect(till.record(visit)).toMatchObject({ outcome: 'opted-out', coupons: [] });
  expect(till.device.strips).toHaveLength(1);
});
