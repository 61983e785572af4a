// Whether a shop's days tell when people come, and how long and by how many it is known.
import { expect, test } from 'vitest';
import { localDay } from '../../src/domain/calendar.ts';
import { shopDaysOf } from '../../src/recommender/shop-days.ts';
import { atOnce } from '../../src/recommender/steps.ts';
import { purchasesOf, TODAY, twoTastes } from './small-shop.ts';
import type { Basket } from './small-shop.ts';

const daysOf = (baskets: readonly Basket[], memoryDays = 56) =>
  atOnce(shopDaysOf({ purchases: purchasesOf(baskets), asOfDay: localDay(TODAY + 1), memoryDays }));
/** 100 customers who come every week from a first day on, so many times. */
const weekly = (firstDay: number, times: number): Basket[] =>
  Array.from({ length: 100 * times }, (_, i): Basket => [1 + (i % 100), firstDay + 7 * Math.floor(i / 100), [5]]);

test('a shop of eight weeks lives and is cut by the calendar', () => {
  expect(daysOf(twoTastes())).toEqual({ customers: 120, knownDays: 56, cutBy: 'day', clock: 'shop' });
});

test('a shop of three weeks is cut by visits and lives by the calendar', () => {
  expect(daysOf(weekly(TODAY - 20, 3))).toEqual({ customers: 100, knownDays: 21, cutBy: 'visit', clock: 'shop' });
});

test('days that only count baskets say nothing of how long the shop is known', () => {
  const counted = daysOf([...weekly(TODAY - 300, 4), [101, TODAY - 7, [5]], [101, TODAY, [5]]], 365);
  expect(counted).toEqual({ customers: 101, knownDays: Infinity, cutBy: 'visit', clock: 'own' });
});

test('a shop without purchases has no customers and is as young as can be', () => {
  expect(daysOf([])).toEqual({ customers: 0, knownDays: 0, cutBy: 'day', clock: 'shop' });
});
