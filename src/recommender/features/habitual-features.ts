// The features of a habit, by name: what a customer's own purchases of a product say about the next one.
import { logOdds } from './feature.ts';
import type { Feature } from './feature.ts';
import type { HabitualCase } from './habitual-case.ts';

export type HabitualReason =
  'days-bought' | 'days-since-bought' | 'due' | 'rebuy-rate' | 'shop-trend' | 'category-habit';

const { log, min } = Math;
/** Days are told in fortnights, a coupon's usual validity. */
const FORTNIGHT = 14;

/**
 * Order is the order of coefficients in `models/` and in model files. Ratios are capped where a longer wait says no more. Counts are told
 * in proportion to what is remembered: that moves no product before another, but a chance measured where less was known then holds.
 */
export const HABITUAL_FEATURES: readonly Feature<HabitualCase, HabitualReason>[] = [
  { name: 'age', reason: 'days-since-bought', of: (c) => log((c.age + 1) / FORTNIGHT) },
  { name: 'visits-ago', reason: 'days-since-bought', of: (c) => log(c.visitsAgo + 1) },
  { name: 'first-age', reason: 'days-bought', of: (c) => log((c.firstAge + 1) / FORTNIGHT) - c.memory },
  { name: 'visits-after-first', reason: 'days-bought', of: (c) => log(c.visitsAfterFirst + 1) - c.memory },
  { name: 'times', reason: 'days-bought', of: (c) => log(times(c)) - c.memory },
  { name: 'times-56', reason: 'days-bought', of: (c) => log(c.history.times56[c.place] + 0.5) - c.memory56 },
  { name: 'times-28', reason: 'days-bought', of: (c) => log(c.history.times28[c.place] + 0.5) - c.memory28 },
  { name: 'times-14', reason: 'days-bought', of: (c) => log(c.history.times14[c.place] + 0.5) },
  { name: 'share', reason: 'days-bought', of: (c) => logOdds(times(c) + 0.3, c.history.visitsInAll + 1.5) },
  {
    name: 'share-56',
    reason: 'days-bought',
    of: (c) => logOdds(c.history.times56[c.place] + 0.3, c.history.visits56 + 1.5),
  },
  {
    name: 'share-28',
    reason: 'days-bought',
    of: (c) => logOdds(c.history.times28[c.place] + 0.2, c.history.visits28 + 1.5),
  },
  {
    name: 'decayed-7',
    reason: 'days-bought',
    of: (c) => logOdds(c.history.decayed7[c.place] + 0.1, c.history.visitsDecayed7 + 0.6),
  },
  {
    name: 'decayed-21',
    reason: 'days-bought',
    of: (c) => logOdds(c.history.decayed21[c.place] + 0.1, c.history.visitsDecayed21 + 0.6),
  },
  {
    name: 'decayed-60',
    reason: 'days-bought',
    of: (c) => logOdds(c.history.decayed60[c.place] + 0.1, c.history.visitsDecayed60 + 0.6),
  },
  {
    name: 'faded-slow',
    reason: 'days-bought',
    of: (c) => logOdds(c.history.fadedSlow[c.place] + 0.1, c.visitsFadedSlow + 0.6),
  },
  { name: 'faded', reason: 'days-bought', of: (c) => logOdds(c.history.faded[c.place] + 0.1, c.visitsFaded + 0.6) },
  {
    name: 'faded-fast',
    reason: 'days-bought',
    of: (c) => logOdds(c.history.fadedFast[c.place] + 0.1, c.visitsFadedFast + 0.6),
  },
  { name: 'twice', reason: 'days-bought', of: (c) => Number(times(c) >= 2) },
  { name: 'thrice', reason: 'days-bought', of: (c) => Number(times(c) >= 3) },
  { name: 'at-last-visit', reason: 'days-since-bought', of: (c) => Number(c.visitsAgo === 0) },
  { name: 'at-last-two', reason: 'days-since-bought', of: (c) => Number(c.visitsAgo <= 1) },
  { name: 'gap', reason: 'due', of: (c) => log(c.gapDays / FORTNIGHT) },
  { name: 'due', reason: 'due', of: due },
  { name: 'due-log', reason: 'due', of: (c) => log(c.age / c.gapDays + 0.1) },
  { name: 'due-squared', reason: 'due', of: (c) => due(c) ** 2 },
  { name: 'due-visits', reason: 'due', of: (c) => min(4, (c.visitsAgo + 1) / c.gapVisits) },
  { name: 'due-visits-log', reason: 'due', of: (c) => log((c.visitsAgo + 1) / c.gapVisits) },
  { name: 'rate-2', reason: 'days-bought', of: (c) => rate(c, 2) },
  { name: 'rate-8', reason: 'days-bought', of: (c) => rate(c, 8) },
  {
    name: 'rate-56',
    reason: 'days-bought',
    of: (c) => logOdds(c.history.times56[c.place] + 4 * c.repeatRate, min(c.visitsAfterFirst, c.history.visits56) + 5),
  },
  { name: 'repeat-rate', reason: 'rebuy-rate', of: (c) => logOdds(c.repeatRate, 1) },
  { name: 'rebought', reason: 'rebuy-rate', of: (c) => c.rebought },
  { name: 'product-gap', reason: 'rebuy-rate', of: (c) => log(c.productGap / FORTNIGHT) },
  { name: 'product-frequency', reason: 'rebuy-rate', of: (c) => logOdds(c.frequency, 1) },
  { name: 'popularity', reason: 'shop-trend', of: (c) => log(c.popularity + 1e-5) },
  { name: 'trend-56', reason: 'shop-trend', of: (c) => log(c.popularity56 / c.popularity) },
  { name: 'trend-28', reason: 'shop-trend', of: (c) => log(c.popularity28 / c.popularity) },
  { name: 'trend-14', reason: 'shop-trend', of: (c) => log(c.popularity14 / c.popularity56) },
  { name: 'trend-7', reason: 'shop-trend', of: (c) => log(c.popularity7 / c.popularity56) },
  { name: 'return-by-visits', reason: 'due', of: (c) => c.returnByVisits },
  { name: 'return-by-visits-shop', reason: 'due', of: (c) => c.returnByVisitsShop },
  { name: 'pace-by-visits', reason: 'rebuy-rate', of: (c) => c.paceByVisits },
  { name: 'return-by-days', reason: 'due', of: (c) => c.returnByDays },
  { name: 'return-by-days-shop', reason: 'due', of: (c) => c.returnByDaysShop },
  { name: 'pace-by-days', reason: 'rebuy-rate', of: (c) => c.paceByDays },
  {
    name: 'basket-with-it',
    reason: 'days-bought',
    of: (c) => log((c.history.baskets[c.place] / times(c) + 1) / (c.history.bought / c.history.visitsInAll + 1)),
  },
  { name: 'weekday', reason: 'days-since-bought', of: weekday },
  {
    name: 'weekday-share',
    reason: 'days-since-bought',
    of: (c) =>
      comesOnOneDay(c) ? NaN : log((c.history.sameWeekday[c.place] + 0.3) / (c.history.visitsSameWeekday + 2)),
  },
  {
    name: 'category-days',
    reason: 'category-habit',
    of: (c) => (c.category < 0 ? NaN : log((c.categoryDays + 0.5) / (c.history.visitsInAll + 1))),
  },
  {
    name: 'category-days-56',
    reason: 'category-habit',
    of: (c) => (c.category < 0 ? NaN : log((c.categoryDays56 + 0.5) / (c.history.visits56 + 1))),
  },
  {
    name: 'category-share',
    reason: 'category-habit',
    of: (c) => (c.category < 0 ? NaN : logOdds(times(c) + 0.2, c.categoryDays + 0.6)),
  },
  {
    name: 'category-share-56',
    reason: 'category-habit',
    of: (c) => (c.category < 0 ? NaN : logOdds(c.history.times56[c.place] + 0.2, c.categoryDays56 + 0.6)),
  },
  {
    name: 'category-age',
    reason: 'category-habit',
    of: (c) => (c.category < 0 ? NaN : log((c.categoryAge + 1) / FORTNIGHT)),
  },
  {
    name: 'category-since',
    reason: 'category-habit',
    of: (c) => (c.category < 0 ? NaN : Number(c.categoryAge < c.age)),
  },
  {
    name: 'category-visits-since',
    reason: 'category-habit',
    of: (c) => (c.category < 0 ? NaN : log((c.visitsAgo + 1) / (c.categoryVisitsAgo + 1))),
  },
  { name: 'category-products', reason: 'category-habit', of: (c) => (c.category < 0 ? NaN : log(c.categoryProducts)) },
  {
    name: 'category-only',
    reason: 'category-habit',
    of: (c) => (c.category < 0 ? NaN : Number(c.categoryProducts === 1)),
  },
  { name: 'visit-age', reason: null, of: (c) => log((c.sinceVisit + 1) / FORTNIGHT) },
  { name: 'visit-due', reason: null, of: (c) => log((c.sinceVisit + 1) / c.visitGap) },
  { name: 'visit-gap', reason: null, of: (c) => log(c.visitGap / FORTNIGHT) },
  { name: 'visits', reason: null, of: (c) => log(c.history.visitsInAll) - c.memory },
  { name: 'visits-56', reason: null, of: (c) => log(c.history.visits56 + 1) - c.memory56 },
  { name: 'visits-28', reason: null, of: (c) => log(c.history.visits28 + 1) - c.memory28 },
  { name: 'basket', reason: null, of: (c) => log(c.history.bought / c.history.visitsInAll) },
  { name: 'variety', reason: null, of: (c) => log(c.history.count / c.history.bought) },
  {
    name: 'last-basket',
    reason: null,
    of: (c) => log((c.history.boughtLast + 1) / (c.history.bought / c.history.visitsInAll + 1)),
  },
];

function times(c: HabitualCase): number {
  return c.history.times[c.place];
}

function due(c: HabitualCase): number {
  return min(4, c.age / c.gapDays);
}

/** Repeats a visit after the first purchase; the product's own rate stands for `weight` visits. */
function rate(c: HabitualCase, weight: number): number {
  return logOdds(times(c) - 1 + weight * c.repeatRate, c.visitsAfterFirst + weight);
}

/** Bought on today's day of the week more than the customer comes on it. */
function weekday(c: HabitualCase): number {
  if (comesOnOneDay(c)) return NaN;
  const { history, place } = c;
  const product = logOdds(history.sameWeekday[place] + times(c) / 14, times(c) + 0.5);
  return product - logOdds(history.visitsSameWeekday + history.visitsInAll / 14, history.visitsInAll + 0.5);
}

/** Of who comes on no other day of the week its name says nothing; nor where days only count baskets. */
function comesOnOneDay({ history }: HabitualCase): boolean {
  return history.visitsSameWeekday === history.visitsInAll;
}
