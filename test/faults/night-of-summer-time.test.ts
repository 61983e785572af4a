// The night on which an hour is left out: 28 March 2027 in Helsinki goes from 02:59:59 to 04:00.
import { expect, test } from 'vitest';
import { addDays, isoDay } from '../../src/domain/calendar.ts';
import { keepHouse, ROUND_MS } from '../../src/housekeeping.ts';
import { calendar, CARDS, timeOf } from '../visit/corner-shop.ts';
import { COMERS, justBefore, openTillBefore, SPRING } from './a-night-that-changes.ts';

test('visits before, over and after the hour that is not there each get their strip, good for fourteen days of the shop', async () => {
  await using till = await openTillBefore(SPRING);
  const serials = new Set<string>();
  for (const [i, time] of ['2027-03-28T02:30', '2027-03-28T02:59:55', '2027-03-28T04:00'].entries()) {
    till.goTo(time);
    const { visit, outcome } = await till.serve(COMERS[i] ?? '');
    expect(outcome).toBe('printing');
    expect(till.states(visit)).toEqual(Array(6).fill('printed'));
    for (const { serial, validFrom, validTo } of till.shop.ledger.couponsOf(visit)) {
      serials.add(serial);
      expect([isoDay(validFrom), isoDay(validTo)]).toEqual(['2027-03-29', '2027-04-11']);
    }
  }
  expect(serials.size).toBe(18);
});

test('a coupon of the day before is good from the first moment of the short day, and to the last of its fourteenth', async () => {
  await using till = await openTillBefore('2027-03-27');
  till.goTo('2027-03-27T23:50');
  const { visit } = await till.serve(CARDS.anna);
  const [first = '', second = '', third = ''] = till.serials(visit);
  const start = calendar.startOf(calendar.dayOf(timeOf(SPRING)));
  till.clock.setTo(justBefore(start));
  expect(till.redeem(first).outcome).toBe('not-yet-valid');
  till.clock.setTo(start);
  expect(till.redeem(first).outcome).toBe('redeemed');
  till.goTo('2027-04-10T23:59:59');
  expect(till.redeem(second).outcome).toBe('redeemed');
  till.goTo('2027-04-11T00:00');
  expect(till.redeem(third).outcome).toBe('expired');
});

test('a week is seven days of the shop, also the one that is an hour short', async () => {
  await using till = await openTillBefore('2027-03-22');
  till.goTo('2027-03-22T12:00');
  await till.serve(CARDS.anna);
  till.goTo('2027-03-28T23:59');
  const capped = till.scan(CARDS.anna);
  expect(capped.outcome).toBe('capped');
  expect(capped.nextStripOn === null ? '' : isoDay(capped.nextStripOn)).toBe('2027-03-29');
  await till.pass(30_000);
  till.goTo('2027-03-29T00:00');
  expect(till.scan(CARDS.anna).outcome).toBe('printing');
});

test('eight weeks are fifty-six days of the shop before today, over the change', async () => {
  await using till = await openTillBefore(SPRING);
  const { id: customer } = till.customer(CARDS.anna);
  const today = calendar.dayOf(timeOf('2027-04-20'));
  const firstDay = addDays(today, -56);
  const before = timeOf('2027-04-20T12:00');
  const counted = till.shop.purchases.historyOf({ customer, firstDay, before }).count;
  const intake = till.shop.intake();
  const line = { customerCode: 'anna', productCode: 'KAHVI500G', quantityMilli: 1000, priceCents: null };
  intake.takePurchases([
    { ...line, basketCode: 'first-minute', at: timeOf('2027-02-23T00:00') },
    { ...line, basketCode: 'a-minute-too-old', at: timeOf('2027-02-22T23:59') },
  ]);
  expect(isoDay(firstDay)).toBe('2027-02-23');
  expect(till.shop.purchases.historyOf({ customer, firstDay, before }).count).toBe(counted + 1);
});

test('the night’s purge begins though its hour is left out, and once', async () => {
  await using till = await openTillBefore(SPRING);
  till.goTo('2027-03-28T01:30');
  const purges: string[] = [];
  const stop = new AbortController();
  const chores = {
    watchClock: () => Promise.resolve(),
    isClockDoubtful: () => till.shop.isClockDoubtful(),
    expire: () => undefined,
    purge: () => Promise.resolve(void purges.push(calendar.isoLocal(till.clock.now()))),
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
  expect(purges).toEqual(['2027-03-28T04:00']);
});
