// Judges a model on the visits after its day: what it would have ranked then, against plain rankings, by what was bought.
import { localDay } from '../domain/calendar.ts';
import type { LocalDay } from '../domain/calendar.ts';
import { customerId } from '../domain/ids.ts';
import type { PurchaseTable } from '../domain/purchases.ts';
import type { RankedProduct } from '../domain/ranking.ts';
import { CALIBRATION_DAYS } from './calibration.ts';
import { CustomerHistory } from './customer-history.ts';
import type { Model } from './model.ts';
import { viewOf } from './purchase-view.ts';
import { createRecommender } from './recommender.ts';
import type { Steps } from './steps.ts';
import { linesBetween, visitsAfter } from './past-visits.ts';
import type { PastVisits } from './past-visits.ts';

export const MEASURES = ['next P', 'next N', 'next N@10', '28 d P', '28 d N@10'] as const;
export type Measure = (typeof MEASURES)[number];
export const JUDGED = ['TillCAT', 'plain way', 'frequency', 'popularity'] as const;
export type Judged = (typeof JUDGED)[number];
export type ListName = 'habitual' | 'new';

/** Per visit one number; NaN where there was nothing to find. */
export type Gains = Readonly<Record<ListName, ReadonlyMap<Judged, Readonly<Record<Measure, readonly number[]>>>>>;

export type Evaluation = {
  readonly visits: number;
  readonly gains: Gains;
  /** Of the first places of each list: the chance foretold, and whether it was bought within a coupon's validity. */
  readonly chances: Readonly<
    Record<ListName, { readonly chance: readonly number[]; readonly hit: readonly boolean[] }>
  >;
  /** Products on any of the lists' first places. */
  readonly covered: Readonly<Record<ListName, ReadonlySet<number>>>;
  readonly products: number;
};

/** Places of a strip. */
const PLACES: Readonly<Record<ListName, number>> = { habitual: 4, new: 2 };
const LONGEST_LIST = 10;
const LABEL_DAYS = 28;
const FEWEST_VISITS = 3;
const MOST_VISITS = 20_000;

/**
 * Of each customer with three visits or more before the first day judged, the first visit within 28 days from it on. Purchases
 * after the model's instant are looked at only to see what was bought.
 * @param given.visits those to judge; or the first day to judge, of which the model must have seen nothing
 */
export function* evaluateModel(given: {
  model: Model;
  purchases: PurchaseTable;
  visits: PastVisits | { readonly firstDay: LocalDay };
}): Steps<Evaluation> {
  const { model, purchases } = given;
  const visits = 'firstDay' in given.visits ? yield* visitsFrom(given.visits.firstDay, purchases) : given.visits;
  const desk = new Desk(model, purchases);
  for (let visit = 0; visit < visits.count; visit++) {
    if (visit % 4 === 0) yield visit / visits.count;
    desk.judge(visits.first[visit], visits.next[visit], visits.end[visit]);
  }
  return {
    visits: visits.count,
    gains: desk.gains,
    chances: desk.chances,
    covered: desk.covered,
    products: desk.products,
  };
}

function visitsFrom(firstDay: LocalDay, purchases: PurchaseTable): Steps<PastVisits> {
  const cut = localDay(firstDay - 1);
  return visitsAfter(purchases, { cut, withinDays: LABEL_DAYS, most: MOST_VISITS, fewestVisits: FEWEST_VISITS });
}

type Bought = {
  readonly next: ReadonlySet<number>;
  readonly later: ReadonlySet<number>;
  readonly valid: ReadonlySet<number>;
};

class Desk {
  readonly gains = { habitual: noGains(), new: noGains() };
  readonly chances = {
    habitual: { chance: [] as number[], hit: [] as boolean[] },
    new: { chance: [] as number[], hit: [] as boolean[] },
  };
  readonly covered = { habitual: new Set<number>(), new: new Set<number>() };
  readonly products: number;
  readonly #model: Model;
  readonly #purchases: PurchaseTable;
  readonly #ours;
  readonly #plain;
  readonly #history = new CustomerHistory();
  readonly #byPopularity: readonly number[];
  readonly #popularity: ReadonlyMap<number, number>;
  readonly #lastDay: number;

  constructor(model: Model, purchases: PurchaseTable) {
    this.#model = model;
    this.#purchases = purchases;
    this.#ours = createRecommender(model);
    this.#plain = createRecommender({
      ...model,
      habitual: { ...model.habitual, way: 'plain' },
      new: { ...model.new, way: 'plain' },
    });
    const { products, rhythms } = model.statistics;
    this.products = products.length;
    this.#popularity = new Map(Array.from(products.ids, (id, row) => [id, rhythms.popularity[row]]));
    this.#byPopularity = [...products.ids].sort((a, b) => this.#popularOf(b) - this.#popularOf(a) || a - b);
    this.#lastDay = purchases.day.subarray(0, purchases.count).reduce((last, day) => Math.max(last, day), 0);
  }

  judge(first: number, next: number, end: number): void {
    const { day, customer } = this.#purchases;
    const today = localDay(day[next]);
    const { windowDays, memoryDays } = this.#model;
    // What the till would have forgotten by that day is not known on it.
    let remembered = first;
    while (remembered < next && day[remembered] < today - memoryDays) remembered++;
    const history = linesBetween(this.#purchases, remembered, next);
    const request = { customer: customerId(customer[first]), history, today, windowDays, listLength: LONGEST_LIST };
    this.#history.read(viewOf({ purchases: history, lastDay: today, windowDays }), 0, history.count);
    const bought = this.#boughtFrom(next, end, today);
    const ours = this.#ours.rank(request);
    const plain = this.#plain.rank(request);
    const inWindow = Array.from({ length: this.#history.count }, (_, place) => place).filter(
      (place) => this.#history.daysInWindow[place] > 0,
    );
    const habits = inWindow.map((place) => this.#history.product[place]);
    const candidates = new Set(habits);
    const frequency = [...inWindow]
      .sort(
        (a, b) =>
          this.#history.daysInAll[b] - this.#history.daysInAll[a] ||
          this.#history.lastDay[b] - this.#history.lastDay[a],
      )
      .map((place) => this.#history.product[place]);
    const popular = [...habits].sort((a, b) => this.#popularOf(b) - this.#popularOf(a));
    this.#note('habitual', (product) => candidates.has(product), bought, {
      TillCAT: ours.habitual.map(({ product }) => product),
      'plain way': plain.habitual.map(({ product }) => product),
      frequency,
      popularity: popular,
    });
    const isNew = (product: number) => !this.#history.has(product) && this.#popularity.has(product);
    const popularNews: number[] = [];
    for (let i = 0; i < this.#byPopularity.length && popularNews.length < LONGEST_LIST; i++) {
      if (isNew(this.#byPopularity[i])) popularNews.push(this.#byPopularity[i]);
    }
    this.#note('new', isNew, bought, {
      TillCAT: ours.new.map(({ product }) => product),
      'plain way': plain.new.map(({ product }) => product),
      frequency: null,
      popularity: popularNews,
    });
    this.#keepChances('habitual', ours.habitual, today, bought);
    this.#keepChances('new', ours.new, today, bought);
  }

  #note(
    list: ListName,
    isCandidate: (product: number) => boolean,
    bought: Bought,
    ranked: Readonly<Record<Judged, readonly number[] | null>>,
  ): void {
    const next = new Set([...bought.next].filter(isCandidate));
    const later = new Set([...bought.later].filter(isCandidate));
    for (const name of JUDGED) {
      const products = ranked[name];
      if (products === null) continue;
      const gains = this.gains[list].get(name);
      if (gains === undefined) continue;
      gains['next P'].push(matched(products, next, PLACES[list]));
      gains['next N'].push(gain(products, next, PLACES[list]));
      gains['next N@10'].push(gain(products, next, LONGEST_LIST));
      gains['28 d P'].push(matched(products, later, PLACES[list]));
      gains['28 d N@10'].push(gain(products, later, LONGEST_LIST));
    }
  }

  /** Only where the validity's whole time is known. */
  #keepChances(list: ListName, ranked: readonly RankedProduct[], today: LocalDay, bought: Bought): void {
    const first = ranked.slice(0, PLACES[list]);
    for (const { product } of first) this.covered[list].add(product);
    if (today + CALIBRATION_DAYS > this.#lastDay) return;
    for (const { product, probability } of first) {
      this.chances[list].chance.push(probability);
      this.chances[list].hit.push(bought.valid.has(product));
    }
  }

  #boughtFrom(next: number, end: number, today: LocalDay): Bought {
    const { day, product, basket } = this.#purchases;
    const bought = { next: new Set<number>(), later: new Set<number>(), valid: new Set<number>() };
    for (let line = next; line < end; line++) {
      if (basket[line] === basket[next]) bought.next.add(product[line]);
      if (day[line] < today + LABEL_DAYS) bought.later.add(product[line]);
      if (day[line] < today + CALIBRATION_DAYS) bought.valid.add(product[line]);
    }
    return bought;
  }

  #popularOf(product: number): number {
    return this.#popularity.get(product) ?? 0;
  }
}

function noGains(): Map<Judged, Record<Measure, number[]>> {
  const none = () => ({ 'next P': [], 'next N': [], 'next N@10': [], '28 d P': [], '28 d N@10': [] });
  return new Map(JUDGED.map((name) => [name, none()]));
}

function matched(products: readonly number[], bought: ReadonlySet<number>, depth: number): number {
  return products.slice(0, depth).filter((product) => bought.has(product)).length / depth;
}

function gain(products: readonly number[], bought: ReadonlySet<number>, depth: number): number {
  if (bought.size === 0) return NaN;
  let found = 0;
  let ideal = 0;
  for (let place = 0; place < depth; place++) {
    const worth = 1 / Math.log2(place + 2);
    if (place < products.length && bought.has(products[place])) found += worth;
    if (place < bought.size) ideal += worth;
  }
  return found / ideal;
}
