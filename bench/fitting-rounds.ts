// The visits the shipped weights are fitted on: of settled shops, long before the days these are judged on, and of young ones.
import { localDay } from '../src/domain/calendar.ts';
import type { LocalDay } from '../src/domain/calendar.ts';
import { lastVisits, visitsAfter, withoutLastVisits } from '../src/recommender/past-visits.ts';
import type { PastVisits } from '../src/recommender/past-visits.ts';
import type { ShopClock } from '../src/recommender/purchase-view.ts';
import { atOnce } from '../src/recommender/steps.ts';
import { cutsFor } from '../src/recommender/training-cuts.ts';
import { dayOf } from './quality/shop.ts';
import { customersOf, ofCustomers, since, upTo } from './purchase-table.ts';
import type { ShopTable } from './purchase-table.ts';

/** `settled`: a shop known for months. `young`: 300 of its customers, known for three weeks. */
export const AGES = ['settled', 'young'] as const;
export type Age = (typeof AGES)[number];

export type Round = {
  readonly set: string;
  readonly age: Age;
  readonly shop: ShopTable;
  /** Up to `day` the shop was known. */
  readonly known: ShopTable;
  readonly day: LocalDay;
  readonly clock: ShopClock;
  readonly visits: PastVisits;
  readonly windowDays: number;
  readonly memoryDays: number;
  /** Purchases count from the visit on for so many days, and up to the last one. */
  readonly labelDays: number;
  readonly lastDay: number;
};

/** The set's days are no days but count each customer's baskets. */
export const UNDATED = 'tafeng';

const SETTLED_DATES = ['2007-02-01', '2007-06-01', '2007-10-01', '2007-12-10', '2008-02-01', '2008-03-13'];
const MEMORIES = [182, 56];
const VISITS_A_CUT = { dated: 1400, undated: 6000 } as const;
/** What was bought after a young shop's day is looked for until 55 days later: with the last one, until the day before judging begins. */
const YOUNG_DATES = [
  ...['2006-06-02', '2006-09-01', '2006-12-01', '2007-03-02'],
  ...['2007-06-22', '2007-09-14', '2007-11-23', '2008-01-18'],
];
const YOUNG = { customers: 300, days: 21, windowDays: 56 } as const;
const YOUNG_SHOPS = { aDate: 6, undated: 18 } as const;
const LABEL_DAYS = 28;
/** Ta-Feng's days are no days: what is asked is only what was in the next basket. */
const NEXT_BASKET = 1;

export function roundsOf(set: string, shop: ShopTable): Round[] {
  return set === UNDATED
    ? [...lastBasketRounds(set, shop), ...youngUndatedRounds(set, shop)]
    : [...cutRounds(set, shop), ...youngRounds(set, shop)];
}

function cutRounds(set: string, shop: ShopTable): Round[] {
  return SETTLED_DATES.flatMap((date) =>
    MEMORIES.map((memoryDays, i): Round => {
      const asOfDay = localDay(dayOf(date) - i * 9);
      const remembered = since(upTo(shop, asOfDay), asOfDay - memoryDays);
      const { latest: cut, labelDays } = cutsFor({ asOfDay, memoryDays });
      const visits = visitsAfter(remembered.purchases, {
        cut,
        withinDays: labelDays,
        most: VISITS_A_CUT.dated,
        fewestVisits: 2,
      });
      return {
        ...{ set, age: 'settled', clock: 'shop', shop: remembered, known: remembered, day: cut },
        ...{ visits: atOnce(visits), windowDays: 56, memoryDays, labelDays, lastDay: asOfDay },
      };
    }),
  );
}

/** The basket before the last one is asked for; the last one is nowhere seen. */
function lastBasketRounds(set: string, whole: ShopTable): Round[] {
  const shop = { ...whole, purchases: withoutLastVisits(whole.purchases) };
  const known = { ...shop, purchases: withoutLastVisits(shop.purchases) };
  const day = localDay(shop.purchases.day.reduce((latest, day) => Math.max(latest, day), 0));
  const visits = lastVisits(shop.purchases, { most: VISITS_A_CUT.undated, fewestVisits: 1 });
  return [
    {
      ...{ set, age: 'settled', clock: 'own', shop, known, day, visits },
      ...{ windowDays: 365, memoryDays: 365, labelDays: NEXT_BASKET, lastDay: day + 1 },
    },
  ];
}

function youngRounds(set: string, whole: ShopTable): Round[] {
  return YOUNG_DATES.flatMap((date) => {
    const opened = since(whole, dayOf(date) - YOUNG.days);
    const day = localDay(dayOf(date) - 1);
    const customers = customersOf(upTo(opened, day).purchases);
    const asked = upTo(opened, day + 2 * LABEL_DAYS);
    return Array.from({ length: YOUNG_SHOPS.aDate }, (_, sample) =>
      youngRound({ set, shop: ofCustomers(asked, sampled(customers, sample)), day }),
    );
  });
}

/** Every customer's first three baskets; the fourth is asked for, where it is not the last. */
function youngUndatedRounds(set: string, whole: ShopTable): Round[] {
  const shop = { ...whole, purchases: withoutLastVisits(whole.purchases) };
  const firstDay = shop.purchases.day.reduce((first, day) => Math.min(first, day), Infinity);
  const day = localDay(firstDay + YOUNG.days - 1);
  const asked = upTo(shop, day + 7);
  const fourth = since(asked, day + 1);
  const customers = customersOf(fourth.purchases);
  return Array.from({ length: YOUNG_SHOPS.undated }, (_, sample) =>
    youngRound({ set, shop: ofCustomers(asked, sampled(customers, sample)), day }),
  );
}

function youngRound({ set, shop, day }: Pick<Round, 'set' | 'shop' | 'day'>): Round {
  const visits = visitsAfter(shop.purchases, { cut: day, withinDays: LABEL_DAYS, most: Infinity, fewestVisits: 1 });
  return {
    ...{ set, age: 'young', clock: 'shop', shop, known: shop, day, visits: atOnce(visits) },
    ...{ windowDays: YOUNG.windowDays, memoryDays: YOUNG.windowDays },
    ...{ labelDays: LABEL_DAYS, lastDay: day + 2 * LABEL_DAYS },
  };
}

/** Spread over all of them, and differently for each sample. */
function sampled(customers: readonly number[], sample: number): ReadonlySet<number> {
  return new Set(customers.filter((_, i) => (i * 7919 + sample * 104_729) % customers.length < YOUNG.customers));
}
