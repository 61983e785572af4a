// The night on which an hour comes twice: 25 October 2026 in Helsinki goes from 03:59:59 back to 03:00.
import { expect, test } from 'vitest';
import { addDays, isoDay } from '../../src/domain/calendar.ts';
import { keepHouse, ROUND_MS } from '../../src/housekeeping.ts';
import { calendar, CARDS, timeOf } from '../visit/corner-shop.ts';
import { AUTUMN, COMERS, justBefore, openTillBefore } from './a-night-that-changes.ts';

const FIRST_TIME = '2026-10-25T03:30+03:00';
const SECOND_TIME = '2026-10-25T03:30+02:00';

test('half past three, both times, and over the change: each visit its own strip, good for fourteen days of the shop', async () => {
  await using till = await openTillBefore(AUTUMN);
  const serials = new Set<string>();
  for (const [i, time] of [FIRST_TIME, '2026-10-25T03:59:55+03:00', SECOND_TIME].entries()) {
    till.goTo(time);
    const { visit, outcome } = await till.serve(COMERS[i] ?? '');
    expect(outcome).toBe('printing');
    expect(till.states(visit)).toEqual(Array(6).fill('printed'));
    for (const { serial, validFrom, validTo } of till.shop.ledger.couponsOf(visit)) {
      serials.add(serial);
      expect([isoDay(validFrom), isoDay(validTo)]).toEqual(['2026-10-26', '2026-11-08']);
    }
  }
  expect(serials.size).toBe(18);
});

test('the same customer in the same hour again is the same customer: no second strip, and no doubt of the clock', async () => {
  await using till = await openTillBefore(AUTUMN);
  till.goTo(FIRST_TIME);
  await till.serve(CARDS.anna);
  await till.pass(3_600_000 - 15_000);
  expect(till.clock.now()).toBe(timeOf(SECOND_TIME));
  expect(till.shop.isClockDoubtful()).toBe(false);
  expect(till.scan(CARDS.anna).outcome).toBe('capped');
});

test('a coupon of the day before is good in both hours and to the last moment of its fourteenth day', async () => {
  await using till = await openTillBefore('2026-10-24');
  till.goTo('2026-10-24T20:00');
  const { visit } = await till.serve(CARDS.anna);
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = till.serials(visit);
  const start = calendar.startOf(calendar.dayOf(timeOf(AUTUMN)));
  till.clock.setTo(justBefore(start));
  expect(till.redeem(first).outcome).toBe('not-yet-valid');
  till.clock.setTo(start);
  expect(till.redeem(first).outcome).toBe('redeemed');
  till.goTo(FIRST_TIME);
  expect(till.redeem(second).outcome).toBe('redeemed');
  till.goTo(SECOND_TIME);
  expect(till.redeem(second).outcome).toBe('already-used');
  expect(till.redeem(third).outcome).toBe('redeemed');
  till.goTo('2026-11-07T23:59:59');
  expect(till.redeem(fourth).outcome).toBe('redeemed');
  till.goTo('2026-11-08T00:00');
  expect(till.redeem(fifth).outcome).toBe('expired');
});

test('a week is seven days of the shop, also the one that is an hour longer', async () => {
  await using till = await openTillBefore('2026-10-19');
  till.goTo('2026-10-19T12:00');
  await till.serve(CARDS.anna);
  till.goTo('2026-10-25T23:59');
  expect(till.scan(CARDS.anna).outcome).toBe('capped');
  await till.pass(30_000);
  till.goTo('2026-10-26T00:00');
  expect(till.scan(CARDS.anna).outcome).toBe('printing');
});

test('eight weeks are fifty-six days of the shop before today, over the change', async () => {
  await using till = await openTillBefore(AUTUMN);
  const { id: customer } = till.customer(CARDS.anna);
  const firstDay = addDays(calendar.dayOf(timeOf('2026-11-20')), -56);
  const before = timeOf('2026-11-20T12:00');
  const counted = till.shop.purchases.historyOf({ customer, firstDay, before }).count;
  const intake = till.shop.intake();
  const line = { customerCode: 'anna', productCode: 'KAHVI500G', quantityMilli: 1000, priceCents: null };
  intake.takePurchases([
    { ...line, basketCode: 'first-minute', at: timeOf('2026-09-25T00:00') },
    { ...line, basketCode: 'a-minute-too-old', at: timeOf('2026-09-24T23:59') },
  ]);
  expect(till.shop.purchases.historyOf({ customer, firstDay, before }).count).toBe(counted + 1);
});

test('the night’s purge begins in the first of the two hours, and not again in the second', async () => {
  await using till = await openTillBefore(AUTUMN);
  till.goTo('2026-10-25T02:30');
  const purges: string[] = [];
  const stop = new AbortController();
  const chores = {
    watchClock: () => Promise.resolve(),
    isClockDoubtful: () => till.shop.isClockDoubtful(),
    expire: () => undefined,
    purge: () => Promise.resolve(void purges.push(new Date(till.clock.now()).toISOString())),
    lookForNews: () => undefined,
    isQuiet: () => true,
    report: (error: Error) => {
      throw error;
    },
  };
  const house = keepHouse(chores, { clock: till.clock, calendar, signal: stop.signal });
  for (let round = 0; round < 240; round++) {
    await till.pass(ROUND_MS);
    till.shop.latestInstant.observe({ now: till.clock.now(), isSynchronised: false });
  }
  stop.abort();
  await house;
  expect(purges).toEqual(['2026-10-25T00:00:00.000Z']);
});
