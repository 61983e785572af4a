// The visits as the store knows them.
import { expect, it } from 'vitest';
import { addDays } from '../../../src/domain/calendar.ts';
import { parseVisitId } from '../../../src/domain/ids.ts';
import { HABITUAL, at, calendar, choice, customer, issue, offer, openShop, printed, wrong } from './shop.ts';

const today = calendar.dayOf(at('2026-11-22'));

it('numbers visits by till and running number, and knows what came of each', () => {
  const shop = openShop();
  const one = shop.visits.open({ at: at('2026-11-22T10:00'), customer: null, source: 'scanner' });
  const two = shop.visits.open({ at: at('2026-11-22T10:01'), customer: customer(shop, 1), source: 'till' });
  expect([one, two]).toEqual(['01-000001', '01-000002']);
  shop.visits.setOutcome({ visit: one, outcome: 'unknown-card' });
  shop.visits.setOutcome({ visit: two, outcome: 'capped', nextStripOn: addDays(today, 3) });
  expect(shop.visits.find(one)).toMatchObject({ outcome: 'unknown-card', end: null, coupons: [] });
  expect(shop.visits.find(two)?.why).toContain('25.11.2026');
  expect([one, two].map((visit) => shop.visits.customerOf(visit))).toEqual([null, 1]);
  expect(shop.visits.recent(5).map(({ visit }) => visit)).toEqual([two, one]);
});

it('does not know visits of other tills, nor ones that never were', () => {
  const shop = openShop();
  const { visit } = issue(shop);
  for (const text of ['02-000001', '01-000099']) {
    const other = parseVisitId(text) ?? wrong(text);
    expect(shop.visits.find(other)).toBeNull();
    expect(shop.visits.customerOf(other)).toBeNull();
    expect(shop.ledger.couponsOf(other)).toEqual([]);
    expect(shop.ledger.decisionOf(other)).toBeNull();
    expect(shop.ledger.startPrinting({ visit: other, at: at('2026-11-22') })).toBe(false);
    expect(() => {
      shop.visits.setOutcome({ visit: other, outcome: 'repeat' });
    }).toThrow(RangeError);
  }
  expect(shop.visits.find(visit)?.coupons).toHaveLength(3);
});

it('ends a strip without coupons as told, and one with coupons only by its print job', () => {
  const shop = openShop();
  const waiting = shop.visits.open({ at: at('2026-11-22'), customer: null, source: 'scanner' });
  shop.visits.setEnd({ visit: waiting, end: 'dropped' });
  expect(shop.visits.find(waiting)?.end).toBe('dropped');
  const issued = issue(shop);
  shop.visits.setEnd({ visit: issued.visit, end: 'dropped' });
  expect(shop.visits.find(issued.visit)?.end).toBeNull();
  printed(shop, issued);
  expect(shop.visits.find(issued.visit)?.end).toBe('printed');
});

const untilDay = addDays(today, 7);

it('counts strips that were handed over or may have been, and not those that failed', () => {
  const shop = openShop();
  const who = customer(shop, 1);
  expect(shop.visits.lastStripDay({ customer: who, sinceDay: today, untilDay })).toBeNull();
  issue(shop, { when: at('2026-11-22T09:00') });
  expect(shop.visits.lastStripDay({ customer: who, sinceDay: today, untilDay })).toBe(today);
  shop.ledger.atStart(at('2026-11-22T09:05'));
  expect(shop.visits.lastStripDay({ customer: who, sinceDay: today, untilDay })).toBeNull();
  printed(shop, issue(shop));
  expect(shop.visits.lastStripDay({ customer: who, sinceDay: today, untilDay })).toBe(today);
  expect(shop.visits.lastStripDay({ customer: customer(shop, 2), sinceDay: today, untilDay })).toBeNull();
  expect(shop.visits.lastStripDay({ customer: who, sinceDay: addDays(today, -6), untilDay })).toBe(today);
  expect(shop.visits.lastStripDay({ customer: who, sinceDay: addDays(today, 1), untilDay })).toBeNull();
});

it('counts a strip still when its coupons have expired', () => {
  const shop = openShop();
  issue(shop, { rules: [{ ...HABITUAL, validDays: 2 }] });
  shop.ledger.expire({ at: at('2026-11-26'), isClockDoubtful: false });
  expect(shop.visits.lastStripDay({ customer: customer(shop, 1), sinceDay: today, untilDay })).toBe(today);
});

it('remembers which products a customer was given lately, each with its latest day', () => {
  const shop = openShop();
  printed(shop, issue(shop, { when: at('2026-11-15') }));
  printed(shop, issue(shop, { rules: [HABITUAL] }));
  const lately = shop.visits.recentlyPrintedProducts({ customer: customer(shop, 1), sinceDay: addDays(today, -56) });
  expect(lately).toEqual([
    { product: 1, day: today },
    { product: 2, day: addDays(today, -7) },
    { product: 3, day: addDays(today, -7) },
  ]);
});

it('explains a decision: chosen with propensity and reasons, passed over with why', () => {
  const shop = openShop();
  const { visit } = issue(shop, { rules: [HABITUAL] });
  const chosen = offer(shop, { number: 1, rule: HABITUAL });
  expect(choice(shop, [chosen]).passedOver).toHaveLength(1);
  expect(shop.ledger.decisionOf(visit)).toEqual({
    at: at('2026-11-22T16:00'),
    model: 'plain-1',
    isHeldOut: false,
    products: [
      {
        slot: 'habitual',
        product: 1,
        productName: 'Product 1',
        probability: 0.5,
        outcome: { kind: 'chosen', propensity: 1, reward: HABITUAL.reward },
        reasons: chosen.reasons,
      },
      {
        slot: 'habitual',
        product: 999,
        productName: 'Product 999',
        probability: 0.4,
        outcome: { kind: 'passed-over', veto: 'sensitive-class', behindBy: null },
        reasons: [],
      },
    ],
  });
});
