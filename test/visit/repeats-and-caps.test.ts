// The same card twice, two cards of one customer, and a week between two strips.
import { expect, test } from 'vitest';
import { CARDS } from './corner-shop.ts';
import { openTill } from './open-till.ts';

test('the same card within five seconds is one visit', async () => {
  await using till = await openTill();
  const first = till.scan(CARDS.anna);
  await till.pass(4_900);
  expect(till.scan(CARDS.anna)).toMatchObject({ visit: first.visit, outcome: 'repeat' });
  await till.pass(15_000);
  expect(till.device.strips).toHaveLength(1);
  expect(till.serialsUsed).toBe(6);
});

test("somebody else's card does not wait for it", async () => {
  await using till = await openTill();
  till.scan(CARDS.anna);
  await till.pass(1_000);
  expect(till.scan(CARDS.carl).outcome).toBe('printing');
  expect(till.scan(CARDS.anna).outcome).toBe('repeat');
  await till.pass(15_000);
  expect(till.device.strips).toHaveLength(2);
});

test('a strip that never began does not stand in the way of the next scan', async () => {
  await using till = await openTill({ visit: { patienceSeconds: 5 } });
  till.device.setAfterBytes(300, { deaf: true });
  till.scan(CARDS.anna);
  const waiting = till.scan(CARDS.carl);
  await till.pass(3_000);
  expect(till.scan(CARDS.carl).outcome).toBe('repeat');
  await till.pass(3_000);
  expect(till.record(waiting.visit).end).toBe('dropped');
  expect(till.scan(CARDS.carl).outcome).toBe('queued');
});

test('the cap counts for every card of a customer', async () => {
  await using till = await openTill();
  await till.serve(CARDS.anna);
  const second = till.scan(CARDS.annaToo);
  expect(second.outcome).toBe('capped');
  expect(till.shop.calendar.startOf(second.nextStripOn ?? till.shop.dayOf(0))).toBe(
    till.shop.calendar.parse('2026-11-29'),
  );
});

test("a customer's second card, queued while somebody else prints, is capped at its turn", async () => {
  await using till = await openTill();
  till.scan(CARDS.carl);
  const first = till.scan(CARDS.anna);
  const second = till.scan(CARDS.annaToo);
  expect([first.outcome, second.outcome]).toEqual(['queued', 'queued']);
  await till.pass(20_000);
  expect(till.record(first.visit)).toMatchObject({ outcome: 'printing', end: 'printed' });
  expect(till.record(second.visit)).toMatchObject({ outcome: 'capped', coupons: [] });
  expect(till.device.strips).toHaveLength(2);
});

test('the second card while the first one prints is capped at once', async () => {
  await using till = await openTill();
  till.scan(CARDS.anna);
  expect(till.scan(CARDS.annaToo).outcome).toBe('capped');
});

test.each([
  { days: 7, last: '2026-11-28T21:59', first: '2026-11-29T00:00' },
  { days: 1, last: '2026-11-22T23:59', first: '2026-11-23T00:00' },
])('with $days days between strips the next one comes on the day it may, from midnight on', async (rule) => {
  await using till = await openTill({ visit: { daysBetweenStrips: rule.days } });
  await till.serve(CARDS.anna);
  till.goTo(rule.last);
  expect(till.scan(CARDS.anna).outcome).toBe('capped');
  await till.pass(6_000);
  till.goTo(rule.first);
  expect((await till.serve(CARDS.anna)).outcome).toBe('printing');
});

test('a shop that wants no days between strips prints at every visit', async () => {
  await using till = await openTill({ visit: { daysBetweenStrips: 0 } });
  for (let visit = 1; visit <= 3; visit++) expect((await till.serve(CARDS.anna)).outcome).toBe('printing');
});
