// The features of what is new to a customer, by name: what alike customers buy, what goes with the own products, what is in demand.
import { AGAIN, CLOSE, SHARE, VOTE_WIDTH } from '../new.ts';
import type { Feature } from './feature.ts';
import type { NewCase } from './new-case.ts';

export type NewReason = 'similar-customers' | 'goes-with-yours' | 'shop-share' | 'taken-up' | 'category-interest';

const { log, min, max } = Math;

/** Order is the order of coefficients in `models/` and in model files. */
export const NEW_FEATURES: readonly Feature<NewCase, NewReason>[] = [
  { name: 'share', reason: 'similar-customers', of: (c) => log(vote(c, SHARE) + 1e-3) },
  { name: 'share-standing', reason: 'similar-customers', of: shareStanding },
  { name: 'again', reason: 'similar-customers', of: (c) => log(vote(c, AGAIN) + 1e-3) },
  { name: 'again-standing', reason: 'similar-customers', of: againStanding },
  { name: 'close', reason: 'similar-customers', of: (c) => log(vote(c, CLOSE) + 1e-3) },
  { name: 'close-standing', reason: 'similar-customers', of: (c) => c.closeStanding.of(vote(c, CLOSE)) },
  { name: 'goes-with', reason: 'goes-with-yours', of: (c) => log(max(0, c.goesWith[c.row]) + 2e-3) },
  { name: 'goes-with-standing', reason: 'goes-with-yours', of: goesWithStanding },
  { name: 'goes-with-last', reason: 'goes-with-yours', of: (c) => log(max(0, c.goesWithLast[c.row]) + 2e-3) },
  {
    name: 'goes-with-last-standing',
    reason: 'goes-with-yours',
    of: (c) => c.goesWithLastStanding.of(c.goesWithLast[c.row]),
  },
  { name: 'expected', reason: 'shop-share', of: (c) => log(c.history.visitsInAll * rhythms(c).popularity[c.row] + 1) },
  { name: 'popularity', reason: 'shop-share', of: (c) => log(rhythms(c).popularity[c.row] + 1e-5) },
  { name: 'popularity-56', reason: 'shop-share', of: (c) => log(rhythms(c).popularity56[c.row] + 1e-5) },
  { name: 'popularity-28', reason: 'shop-share', of: (c) => log(rhythms(c).popularity28[c.row] + 2e-5) },
  { name: 'popularity-14', reason: 'shop-share', of: (c) => log(rhythms(c).popularity14[c.row] + 5e-5) },
  {
    name: 'trend-28',
    reason: 'shop-share',
    of: (c) => log(rhythms(c).popularity28[c.row] / rhythms(c).popularity56[c.row]),
  },
  {
    name: 'trend-7',
    reason: 'shop-share',
    of: (c) => log(rhythms(c).popularity7[c.row] / rhythms(c).popularity28[c.row]),
  },
  { name: 'taken-up', reason: 'taken-up', of: (c) => log(rhythms(c).takenUp[c.row] + 1e-6) },
  { name: 'taken-up-56', reason: 'taken-up', of: (c) => log(rhythms(c).takenUp56[c.row] + 1e-6) },
  { name: 'taken-up-28', reason: 'taken-up', of: (c) => log(rhythms(c).takenUp28[c.row] + 1e-6) },
  { name: 'taken-up-lately', reason: 'taken-up', of: (c) => log(rhythms(c).takenUpLately[c.row] + 1e-6) },
  { name: 'uptake', reason: 'taken-up', of: (c) => log(rhythms(c).uptake[c.row] + 1e-7) },
  {
    name: 'taken-up-trend',
    reason: 'taken-up',
    of: (c) => log((rhythms(c).takenUp28[c.row] + 1e-4) / (rhythms(c).takenUp[c.row] + 1e-4)),
  },
  { name: 'kept', reason: 'taken-up', of: (c) => log(rhythms(c).kept[c.row] + 0.01) },
  { name: 'rebought', reason: 'shop-share', of: (c) => rhythms(c).rebought[c.row] },
  { name: 'frequency', reason: 'shop-share', of: (c) => log(rhythms(c).frequency[c.row] + 0.01) },
  { name: 'repeat-rate', reason: 'shop-share', of: (c) => log(rhythms(c).repeatRate[c.row] + 1e-3) },
  { name: 'age', reason: 'shop-share', of: (c) => log(rhythms(c).age[c.row] + 0.05) },
  { name: 'gone', reason: 'shop-share', of: (c) => log(rhythms(c).gone[c.row] + 0.02) },
  { name: 'category-part', reason: 'category-interest', of: categoryPart },
  {
    name: 'category-products',
    reason: 'category-interest',
    of: (c) => (c.category < 0 ? NaN : log(categories(c).products[c.category] + 1)),
  },
  {
    name: 'category-days',
    reason: 'category-interest',
    of: (c) => (c.category < 0 ? NaN : log((c.categoryDays[c.category] + 0.2) / (c.history.visitsInAll + 1))),
  },
  { name: 'category-lift', reason: 'category-interest', of: categoryLift },
  {
    name: 'category-known',
    reason: 'category-interest',
    of: (c) =>
      c.category < 0 ? NaN : log((c.categoryProducts[c.category] + 0.5) / (categories(c).products[c.category] + 1)),
  },
  {
    name: 'category-none',
    reason: 'category-interest',
    of: (c) => (c.category < 0 ? NaN : Number(c.categoryProducts[c.category] === 0)),
  },
  {
    name: 'category-days-28',
    reason: 'category-interest',
    of: (c) => (c.category < 0 ? NaN : log((c.categoryDays28[c.category] + 0.2) / (c.history.visits28 + 1))),
  },
  {
    name: 'category-age',
    reason: 'category-interest',
    of: (c) => (c.category < 0 ? NaN : log(min(400, c.today - c.categoryLast[c.category] + 1) / 14)),
  },
  {
    name: 'category-explored',
    reason: 'category-interest',
    of: (c) => (c.category < 0 ? NaN : log((c.categoryTaken[c.category] + 0.2) / (c.history.visitsInAll + 1))),
  },
  {
    name: 'category-loyal',
    reason: 'category-interest',
    of: (c) => (c.category < 0 ? NaN : log((c.categoryDays[c.category] + 1) / (c.categoryProducts[c.category] + 1))),
  },
  // What little is known of a newcomer, and how much a regular tries, decide how far demand and likeness are to be believed.
  { name: 'popularity-by-visits', reason: 'shop-share', of: (c) => experience(c) * demand(c) },
  { name: 'popularity-by-variety', reason: 'shop-share', of: (c) => curiosity(c) * demand(c) },
  { name: 'popularity-by-products', reason: 'shop-share', of: (c) => breadth(c) * demand(c) },
  { name: 'taken-up-by-visits', reason: 'taken-up', of: (c) => experience(c) * fashion(c) },
  { name: 'taken-up-by-variety', reason: 'taken-up', of: (c) => curiosity(c) * fashion(c) },
  { name: 'uptake-by-visits', reason: 'taken-up', of: (c) => experience(c) * uptake(c) },
  { name: 'uptake-by-variety', reason: 'taken-up', of: (c) => curiosity(c) * uptake(c) },
  { name: 'share-by-visits', reason: 'similar-customers', of: (c) => experience(c) * shareStanding(c) },
  { name: 'share-by-variety', reason: 'similar-customers', of: (c) => curiosity(c) * shareStanding(c) },
  { name: 'again-by-visits', reason: 'similar-customers', of: (c) => experience(c) * againStanding(c) },
  { name: 'again-by-variety', reason: 'similar-customers', of: (c) => curiosity(c) * againStanding(c) },
  { name: 'goes-with-by-visits', reason: 'goes-with-yours', of: (c) => experience(c) * goesWithStanding(c) },
  { name: 'goes-with-by-variety', reason: 'goes-with-yours', of: (c) => curiosity(c) * goesWithStanding(c) },
  { name: 'rebought-by-visits', reason: 'shop-share', of: (c) => experience(c) * rhythms(c).rebought[c.row] },
  { name: 'rebought-by-variety', reason: 'shop-share', of: (c) => curiosity(c) * rhythms(c).rebought[c.row] },
  { name: 'basket', reason: null, of: (c) => log(c.history.bought / c.history.visitsInAll) },
  { name: 'visits', reason: null, of: (c) => log(c.history.visitsInAll) },
  { name: 'visits-56', reason: null, of: (c) => log(c.history.visits56 + 1) },
  { name: 'variety', reason: null, of: (c) => log(c.history.count / c.history.bought) },
  { name: 'explores', reason: null, of: (c) => log(c.explores) },
  { name: 'visit-due', reason: null, of: (c) => log((c.sinceVisit + 1) / c.visitGap) },
];

/** Visits over twenty, as a logarithm. */
function experience(c: NewCase): number {
  return log(c.history.visitsInAll / 20);
}

/** Different products over purchases, over a half, as a logarithm. */
function curiosity(c: NewCase): number {
  return log((2 * c.history.count) / c.history.bought);
}

/** Different products over forty, as a logarithm: of whoever buys much of the shop, what is missing is missing for a reason. */
function breadth(c: NewCase): number {
  return log(c.history.count / 40);
}

function demand(c: NewCase): number {
  return log((rhythms(c).popularity[c.row] + 1e-5) / 1e-2);
}

function fashion(c: NewCase): number {
  return log((rhythms(c).takenUp[c.row] + 1e-6) / 1e-3);
}

function uptake(c: NewCase): number {
  return log((rhythms(c).uptake[c.row] + 1e-7) / 1e-3);
}

function shareStanding(c: NewCase): number {
  return c.shareStanding.of(vote(c, SHARE));
}

function againStanding(c: NewCase): number {
  return c.againStanding.of(vote(c, AGAIN));
}

function goesWithStanding(c: NewCase): number {
  return c.goesWithStanding.of(c.goesWith[c.row]);
}

function vote(c: NewCase, which: number): number {
  return c.votes[c.row * VOTE_WIDTH + which];
}

function rhythms(c: NewCase): NewCase['statistics']['rhythms'] {
  return c.statistics.rhythms;
}

function categories(c: NewCase): NewCase['statistics']['categories'] {
  return c.statistics.categories;
}

/** The product's part in its category. */
function categoryPart(c: NewCase): number {
  if (c.category < 0) return NaN;
  return log((rhythms(c).popularity[c.row] + 1e-5) / (categories(c).popularity[c.category] + 1e-4));
}

/** How much more of the category this customer buys than anybody. */
function categoryLift(c: NewCase): number {
  if (c.category < 0) return NaN;
  const usual = max(1e-6, categories(c).popularity[c.category]);
  return log((c.categoryDays[c.category] + 3 * usual) / ((c.history.visitsInAll + 3) * usual));
}
