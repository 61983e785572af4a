// What one customer's lines say, product by product; read once, then asked by every ranker.
import type { PurchaseView } from './purchase-view.ts';

/** Days after which a purchase counts half. 30 to 150 tested: shorter forgets who comes fortnightly, 90 to 150 are equally good. */
const HALF_LIFE_DAYS = 120;
/** Purchases older than this say nothing of taste any more; half a year was better than eight weeks, two years no better. */
const TASTE_DAYS = 182;
const LONGEST_AGE_DAYS = 4000;
const DECAY = Float64Array.from({ length: LONGEST_AGE_DAYS }, (_, age) => 2 ** (-age / HALF_LIFE_DAYS));

/** By number of days: their decays added up. */
const DECAYED_LENGTH = new Float64Array(LONGEST_AGE_DAYS + 1);
for (let days = 1; days <= LONGEST_AGE_DAYS; days++) DECAYED_LENGTH[days] = DECAYED_LENGTH[days - 1] + DECAY[days - 1];

/** What a purchase on every one of so many days would come to: turns decayed days into a rate that does not depend on the memory's length. */
export function decayedLength(days: number): number {
  return DECAYED_LENGTH[Math.min(days, LONGEST_AGE_DAYS)];
}

/** One customer at a time; `read` overwrites what was read before. Columns hold `count` products in order of first purchase. */
export class CustomerHistory {
  count = 0;
  /** ProductId. */
  product = new Int32Array(256);
  /** Different days on which the product was bought: within the window, and in all that is remembered. */
  daysInWindow = new Int32Array(256);
  daysInAll = new Int32Array(256);
  /** Of the last half year: what the customer's likeness to others is read from. */
  daysOfTaste = new Int32Array(256);
  firstDay = new Int32Array(256);
  lastDay = new Int32Array(256);
  /** Days bought, each weighed by its age. */
  decayedDays = new Float64Array(256);
  /** Different days with any purchase. */
  visitsInWindow = 0;
  visitsInAll = 0;
  lastVisit = 0;
  readonly #placeOf = new Map<number, number>();

  /** Cost: one step per line. Lines must be in the table's order (day by day within the customer). */
  read(view: PurchaseView, firstLine: number, endLine: number): void {
    const { day, product } = view.purchases;
    this.count = this.visitsInWindow = this.visitsInAll = 0;
    this.lastVisit = Number.MIN_SAFE_INTEGER;
    this.#placeOf.clear();
    for (let line = firstLine; line < endLine; line++) {
      if (day[line] > view.lastDay) continue;
      if (day[line] !== this.lastVisit) {
        this.lastVisit = day[line];
        this.visitsInAll++;
        if (day[line] >= view.windowStart) this.visitsInWindow++;
      }
      this.#buy(product[line], day[line], view);
    }
  }

  has(product: number): boolean {
    return this.#placeOf.has(product);
  }

  #buy(product: number, day: number, view: PurchaseView): void {
    let place = this.#placeOf.get(product);
    if (place === undefined) {
      place = this.#newPlace(product, day);
    } else if (this.lastDay[place] === day) {
      return;
    }
    this.lastDay[place] = day;
    this.daysInAll[place]++;
    if (day >= view.windowStart) this.daysInWindow[place]++;
    if (day > view.lastDay - TASTE_DAYS) this.daysOfTaste[place]++;
    this.decayedDays[place] += DECAY[Math.min(view.lastDay - day, LONGEST_AGE_DAYS - 1)];
  }

  #newPlace(product: number, day: number): number {
    const place = this.count++;
    if (place === this.product.length) this.#grow();
    this.#placeOf.set(product, place);
    this.product[place] = product;
    this.firstDay[place] = day;
    this.daysInWindow[place] = this.daysInAll[place] = this.daysOfTaste[place] = this.decayedDays[place] = 0;
    return place;
  }

  #grow(): void {
    this.product = grown(this.product);
    this.daysInWindow = grown(this.daysInWindow);
    this.daysInAll = grown(this.daysInAll);
    this.daysOfTaste = grown(this.daysOfTaste);
    this.firstDay = grown(this.firstDay);
    this.lastDay = grown(this.lastDay);
    const decayed = new Float64Array(this.decayedDays.length * 2);
    decayed.set(this.decayedDays);
    this.decayedDays = decayed;
  }
}

function grown(column: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2);
  larger.set(column);
  return larger;
}
