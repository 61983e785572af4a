// How the shop's customers use each product: how often, how regularly, how many take it up anew. Sums that name nobody.
import type { CustomerHistory } from './customer-history.ts';
import type { IdRows } from './id-rows.ts';

/** Shares and means by product row; each is drawn towards the shop's own where little was seen. */
export type ProductRhythms = {
  /** Purchases at the visits after the first one with it. */
  readonly repeatRate: Float32Array;
  /** Buyers who bought it on a second day. */
  readonly rebought: Float32Array;
  readonly gapDays: Float32Array;
  readonly gapVisits: Float32Array;
  /** Share of a buyer's visits with it. */
  readonly frequency: Float32Array;
  /** Purchases a visit of anybody: in all; in the last 56, 28, 14 and 7 days, drawn towards all. */
  readonly popularity: Float32Array;
  readonly popularity56: Float32Array;
  readonly popularity28: Float32Array;
  readonly popularity14: Float32Array;
  readonly popularity7: Float32Array;
  /** Its share of all first purchases by customers who had been here before: in all, in 56 and 28 days, at the last two visits. */
  readonly takenUp: Float32Array;
  readonly takenUp56: Float32Array;
  readonly takenUp28: Float32Array;
  readonly takenUpLately: Float32Array;
  /** Of those who took it up: bought it again. */
  readonly kept: Float32Array;
  /** Days since anybody first and last bought it, over the remembered days. */
  readonly age: Float32Array;
  readonly gone: Float32Array;
  /** How often it was taken up by somebody who did not buy it yet, a visit; in 28 days. */
  readonly uptake: Float32Array;
};

/** Names of the columns, as they stand in the model file. */
export const RHYTHM_NAMES = [
  'repeatRate',
  'rebought',
  'gapDays',
  'gapVisits',
  'frequency',
  'popularity',
  'popularity56',
  'popularity28',
  'popularity14',
  'popularity7',
  'takenUp',
  'takenUp56',
  'takenUp28',
  'takenUpLately',
  'kept',
  'age',
  'gone',
  'uptake',
] as const satisfies readonly (keyof ProductRhythms)[];

/** Before this many days with the shop a first purchase says only that the memory begins. */
const KNOWN_DAYS = 14;

/**
 * Purchases' worth of no trend added to what was bought lately: 2 to 5 tested, alike in a shop of 3,600 customers, while a prior a
 * visit instead of a purchase takes the one sale of a shop of 300 for a fashion.
 */
const TREND_PRIOR = 3;

/** What is counted of each product, side by side because it is counted together: a third of the time of a column each. */
const [
  BUYERS,
  AGAIN,
  TIMES,
  TIMES56,
  TIMES28,
  TIMES14,
  TIMES7,
  LATER,
  GAP_DAYS,
  GAP_VISITS,
  SHARE,
  UP,
  UP56,
  UP28,
  UP_LATELY,
  KEPT,
  OLDEST,
  LATEST,
  OWNED28,
] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18] as const;
const WIDTH = 19;

/** Fed customer by customer, with the products' rows. */
export class RhythmCounter {
  /** WIDTH numbers a product row. */
  readonly #sums: Float64Array;
  #visits = 0;
  #visits56 = 0;
  #visits28 = 0;
  #visits14 = 0;
  #visits7 = 0;

  constructor(size: number) {
    this.#sums = new Float64Array(size * WIDTH);
    for (let row = 0; row < size; row++) this.#sums[row * WIDTH + LATEST] = Infinity;
  }

  /** @param today the day the history was read at */
  add(history: CustomerHistory, products: IdRows, today: number): void {
    const sums = this.#sums;
    this.#visits += history.visitsInAll;
    this.#visits56 += history.visits56;
    this.#visits28 += history.visits28;
    this.#visits14 += history.visits14;
    this.#visits7 += history.visits7;
    for (let place = 0; place < history.count; place++) {
      const at = products.rowOf(history.product[place]) * WIDTH;
      const times = history.times[place];
      const [first, last] = [history.firstDay[place], history.lastDay[place]];
      sums[at + BUYERS]++;
      if (times > 1) sums[at + AGAIN]++;
      sums[at + TIMES] += times;
      sums[at + TIMES56] += history.times56[place];
      sums[at + TIMES28] += history.times28[place];
      sums[at + TIMES14] += history.times14[place];
      sums[at + TIMES7] += history.times7[place];
      sums[at + LATER] += history.visitsInAll - 1 - history.firstVisitOf[place];
      sums[at + GAP_DAYS] += last - first;
      sums[at + GAP_VISITS] += history.lastVisitOf[place] - history.firstVisitOf[place];
      sums[at + SHARE] += times / history.visitsInAll;
      sums[at + OWNED28] += history.visits28;
      sums[at + OLDEST] = Math.max(sums[at + OLDEST], today - first);
      sums[at + LATEST] = Math.min(sums[at + LATEST], today - last);
      if (history.firstVisitOf[place] === 0 || first - history.firstVisit < KNOWN_DAYS) continue;
      sums[at + UP]++;
      if (times > 1) sums[at + KEPT]++;
      if (today - first <= 56) sums[at + UP56]++;
      if (today - first <= 28) sums[at + UP28]++;
      if (history.firstVisitOf[place] >= history.visitsInAll - 2) sums[at + UP_LATELY]++;
    }
  }

  finish(rememberedDays: number): ProductRhythms {
    const of = this.#columns();
    const pairs = sum(of.buyers);
    const gaps = Math.max(1, sum(of.times) - pairs);
    /** (part + weight × the shop's own) / (whole + weight) */
    const drawn = (part: Float64Array, whole: (row: number) => number, to: { shop: number; weight: number }) =>
      Float32Array.from(part, (value, row) => (value + to.weight * to.shop) / (whole(row) + to.weight));
    const shareOf = (part: Float64Array, whole: number, prior: number) =>
      Float32Array.from(part, (value) => (value + prior) / Math.max(1, whole));
    /** A product's part of some last days' visits, drawn towards its part of all. */
    const lately = (part: Float64Array, whole: number) =>
      Float32Array.from(part, (value, row) => {
        const always = of.times[row] / Math.max(1, this.#visits);
        return (always * (value + TREND_PRIOR)) / (always * whole + TREND_PRIOR);
      });
    const repeats = Float64Array.from(of.times, (times, row) => times - of.buyers[row]);
    const shopRepeat = sum(repeats) / Math.max(1, sum(of.later));
    const up = sum(of.up);
    return {
      repeatRate: drawn(repeats, (row) => of.later[row], { shop: shopRepeat, weight: 50 }),
      rebought: drawn(of.again, (row) => of.buyers[row], { shop: sum(of.again) / Math.max(1, pairs), weight: 10 }),
      gapDays: drawn(of.gapDays, (row) => repeats[row], { shop: sum(of.gapDays) / gaps || 14, weight: 10 }),
      gapVisits: drawn(of.gapVisits, (row) => repeats[row], { shop: sum(of.gapVisits) / gaps || 4, weight: 10 }),
      frequency: drawn(of.share, (row) => of.buyers[row], { shop: sum(of.share) / Math.max(1, pairs), weight: 10 }),
      popularity: shareOf(of.times, this.#visits, 0),
      popularity56: lately(of.times56, this.#visits56),
      popularity28: lately(of.times28, this.#visits28),
      popularity14: lately(of.times14, this.#visits14),
      popularity7: lately(of.times7, this.#visits7),
      takenUp: shareOf(of.up, up, 1),
      takenUp56: shareOf(of.up56, sum(of.up56), 0.5),
      takenUp28: shareOf(of.up28, sum(of.up28), 0.5),
      takenUpLately: shareOf(of.upLately, sum(of.upLately), 0.5),
      kept: drawn(of.kept, (row) => of.up[row], { shop: sum(of.kept) / Math.max(1, up) || 0.2, weight: 10 }),
      age: Float32Array.from(of.oldest, (days) => days / rememberedDays),
      gone: Float32Array.from(of.latest, (days) => Math.min(1, days / rememberedDays)),
      uptake: Float32Array.from(
        of.up28,
        (taken, row) => (taken + 0.5) / (Math.max(1, this.#visits28 - of.owned28[row]) + 10),
      ),
    };
  }

  #columns() {
    const column = (which: number) =>
      Float64Array.from({ length: this.#sums.length / WIDTH }, (_, row) => this.#sums[row * WIDTH + which]);
    return {
      buyers: column(BUYERS),
      again: column(AGAIN),
      times: column(TIMES),
      times56: column(TIMES56),
      times28: column(TIMES28),
      times14: column(TIMES14),
      times7: column(TIMES7),
      later: column(LATER),
      gapDays: column(GAP_DAYS),
      gapVisits: column(GAP_VISITS),
      share: column(SHARE),
      up: column(UP),
      up56: column(UP56),
      up28: column(UP28),
      upLately: column(UP_LATELY),
      kept: column(KEPT),
      oldest: column(OLDEST),
      latest: column(LATEST),
      owned28: column(OWNED28),
    };
  }
}

function sum(column: Float64Array): number {
  return column.reduce((total, value) => total + value, 0);
}
