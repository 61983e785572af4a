// A clock that may be wrong: no coupons until it is right again, and nothing that is not due expires.
import { expect, test } from 'vitest';
import { CARDS, timeOf } from '../visit/corner-shop.ts';
import { openTill } from '../visit/open-till.ts';

test.each(['1970-01-01T02:00', '2026-11-21T16:00', '2026-12-05T16:00'])('at %s nobody gets a coupon', async (time) => {
  await using till = await openTill();
  till.clock.setTo(timeOf(time));
  expect(till.scan(CARDS.anna).outcome).toBe('nothing-to-offer');
  await till.pass(60_000);
  expect(till.serialsUsed).toBe(0);
  expect(till.serialsOnPaper).toEqual([]);
});

test('said to be right, it serves again', async () => {
  await using till = await openTill();
  till.clock.setTo(timeOf('2026-12-05T16:00'));
  till.scan(CARDS.anna);
  await till.pass(6_000);
  till.shop.latestInstant.accept(till.clock.now());
  const { visit } = await till.serve(CARDS.anna);
  expect(till.states(visit)).toEqual(Array(6).fill('printed'));
});

test('it becomes doubtful while somebody waits: they are not served', async () => {
  await using till = await openTill();
  till.scan(CARDS.anna);
  const { visit } = till.scan(CARDS.carl);
  till.clock.setTo(timeOf('2027-06-01T12:00'));
  await till.pass(20_000);
  expect(till.record(visit)).toMatchObject({ outcome: 'nothing-to-offer', coupons: [] });
});
