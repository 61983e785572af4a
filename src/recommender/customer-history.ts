// What one customer's lines say, product by product; read once, then asked by every ranker.
import { DECAY, DECAY_21, DECAY_60, DECAY_7, fastFaded, faded, LONGEST_AGE_DAYS, slowlyFaded } from './decay.ts';
import type { PurchaseView } from './purchase-view.ts';

/** Purchases older than this say nothing of taste any more; half a year was better than eight weeks, two years no better and no worse. */
const TASTE_DAYS = 366;
const INITIAL_PLACES = 256;

/**
 * One customer at a time; `read` overwrites what was read before. Columns hold `count` products in order of first purchase.
 * A visit is a basket, of which there may be several a day.
 */
export class CustomerHistory {
  count = 0;
  /** ProductId. */
  product = new Int32Array(INITIAL_PLACES);
  /** Different days on which the product was bought: within the window, and in all that is remembered. */
  daysInWindow = new Int32Array(INITIAL_PLACES);
  daysInAll = new Int32Array(INITIAL_PLACES);
  /** Visits with the product: in all that is remembered, and lately. */
  times = new Int32Array(INITIAL_PLACES);
  times56 = new Int32Array(INITIAL_PLACES);
  times28 = new Int32Array(INITIAL_PLACES);
  times14 = new Int32Array(INITIAL_PLACES);
  times7 = new Int32Array(INITIAL_PLACES);
  /** Of the last year: what the customer's likeness to others is read from. */
  daysOfTaste = new Int32Array(INITIAL_PLACES);
  firstDay = new Int32Array(INITIAL_PLACES);
  lastDay = new Int32Array(INITIAL_PLACES);
  /** Number of the visit, from 0. */
  firstVisitOf = new Int32Array(INITIAL_PLACES);
  lastVisitOf = new Int32Array(INITIAL_PLACES);
  /** Visits with it on today's day of the week. */
  sameWeekday = new Int32Array(INITIAL_PLACES);
  /** Days bought, each weighed by its age; visits with it, with shorter half-lives in days and, faded, in visits. */
  decayedDays = new Float64Array(INITIAL_PLACES);
  decayed7 = new Float64Array(INITIAL_PLACES);
  decayed21 = new Float64Array(INITIAL_PLACES);
  decayed60 = new Float64Array(INITIAL_PLACES);
  fadedSlow = new Float64Array(INITIAL_PLACES);
  faded = new Float64Array(INITIAL_PLACES);
  fadedFast = new Float64Array(INITIAL_PLACES);
  /** Products in the baskets it was in, added up. */
  baskets = new Int32Array(INITIAL_PLACES);
  /** Each time a product was bought again: its place, and the days and visits since it was bought before. */
  returns = 0;
  returnPlace = new Int32Array(INITIAL_PLACES);
  returnDays = new Int32Array(INITIAL_PLACES);
  returnVisits = new Int32Array(INITIAL_PLACES);
  /** Baskets: in the window, in all, and lately. */
  visitsInWindow = 0;
  visitsInAll = 0;
  visits56 = 0;
  visits28 = 0;
  visits14 = 0;
  visits7 = 0;
  visitsSameWeekday = 0;
  visitsDecayed7 = 0;
  visitsDecayed21 = 0;
  visitsDecayed60 = 0;
  /** Days of the first and the last visit. */
  firstVisit = 0;
  lastVisit = 0;
  /** Products bought, each visit for itself, added up; and at the last visit. */
  bought = 0;
  boughtLast = 0;
  readonly #placeOf = new Map<number, number>();

  /** Cost: one step per line. Lines must be in the table's order (day by day within the customer). */
  read(view: PurchaseView, firstLine: number, endLine: number): void {
    const { day, basket, product } = view.purchases;
    this.#clear();
    let last = -1;
    for (let line = firstLine; line < endLine; line++) {
      if (day[line] > view.lastDay) continue;
      if (last < 0 || basket[line] !== basket[last]) this.#visit(line, view, endLine);
      last = line;
      this.#buy(product[line], day[line], view);
    }
    this.#fadeToNow();
  }

  has(product: number): boolean {
    return this.#placeOf.has(product);
  }

  /** -1 for a product that was not bought. */
  placeOf(product: number): number {
    return this.#placeOf.get(product) ?? -1;
  }

  #clear(): void {
    this.count =
      this.visitsInWindow =
      this.visitsInAll =
      this.visits56 =
      this.visits28 =
      this.visits14 =
      this.visits7 =
        0;
    this.visitsSameWeekday = this.visitsDecayed7 = this.visitsDecayed21 = this.visitsDecayed60 = 0;
    this.bought = this.boughtLast = this.firstVisit = this.returns = 0;
    this.lastVisit = Number.MIN_SAFE_INTEGER;
    this.#placeOf.clear();
  }

  #visit(line: number, view: PurchaseView, endLine: number): void {
    const day = view.purchases.day[line];
    if (this.visitsInAll === 0) this.firstVisit = day;
    this.lastVisit = day;
    this.visitsInAll++;
    this.boughtLast = productsInBasket(view, line, endLine);
    this.bought += this.boughtLast;
    const age = Math.min(view.lastDay - day, LONGEST_AGE_DAYS - 1);
    if (day >= view.windowStart) this.visitsInWindow++;
    if (age <= 56) this.visits56++;
    if (age <= 28) this.visits28++;
    if (age <= 14) this.visits14++;
    if (age <= 7) this.visits7++;
    if (age % 7 === 0) this.visitsSameWeekday++;
    this.visitsDecayed7 += DECAY_7[age];
    this.visitsDecayed21 += DECAY_21[age];
    this.visitsDecayed60 += DECAY_60[age];
  }

  #buy(product: number, day: number, view: PurchaseView): void {
    const place = this.#placeOf.get(product) ?? this.#newPlace(product, day);
    const visit = this.visitsInAll - 1;
    if (this.times[place] > 0 && this.lastVisitOf[place] === visit) return;
    const passed = visit - this.lastVisitOf[place];
    if (passed > 0) this.#return(place, day - this.lastDay[place], passed);
    this.fadedSlow[place] = this.fadedSlow[place] * slowlyFaded(passed) + 1;
    this.faded[place] = this.faded[place] * faded(passed) + 1;
    this.fadedFast[place] = this.fadedFast[place] * fastFaded(passed) + 1;
    const isNewDay = this.times[place] === 0 || this.lastDay[place] !== day;
    this.lastVisitOf[place] = visit;
    this.lastDay[place] = day;
    this.baskets[place] += this.boughtLast;
    const age = Math.min(view.lastDay - day, LONGEST_AGE_DAYS - 1);
    this.times[place]++;
    if (isNewDay) {
      this.daysInAll[place]++;
      if (day >= view.windowStart) this.daysInWindow[place]++;
      if (age < TASTE_DAYS) this.daysOfTaste[place]++;
      this.decayedDays[place] += DECAY[age];
    }
    if (age <= 56) this.times56[place]++;
    if (age <= 28) this.times28[place]++;
    if (age <= 14) this.times14[place]++;
    if (age <= 7) this.times7[place]++;
    if (age % 7 === 0) this.sameWeekday[place]++;
    this.decayed7[place] += DECAY_7[age];
    this.decayed21[place] += DECAY_21[age];
    this.decayed60[place] += DECAY_60[age];
  }

  #return(place: number, days: number, visits: number): void {
    if (this.returns === this.returnPlace.length) {
      this.returnPlace = grown(this.returnPlace);
      this.returnDays = grown(this.returnDays);
      this.returnVisits = grown(this.returnVisits);
    }
    this.returnPlace[this.returns] = place;
    this.returnDays[this.returns] = days;
    this.returnVisits[this.returns++] = visits;
  }

  #newPlace(product: number, day: number): number {
    const place = this.count++;
    if (place === this.product.length) this.#grow();
    this.#placeOf.set(product, place);
    this.product[place] = product;
    this.firstDay[place] = this.lastDay[place] = day;
    this.firstVisitOf[place] = this.lastVisitOf[place] = this.visitsInAll - 1;
    this.daysInWindow[place] = this.daysInAll[place] = this.daysOfTaste[place] = 0;
    this.times[place] = this.times56[place] = this.times28[place] = this.times14[place] = 0;
    this.times7[place] = this.sameWeekday[place] = 0;
    this.baskets[place] = 0;
    this.decayedDays[place] = this.decayed7[place] = this.decayed21[place] = this.decayed60[place] = 0;
    this.fadedSlow[place] = this.faded[place] = this.fadedFast[place] = 0;
    return place;
  }

  /** Fading was counted up to each product's own last visit. */
  #fadeToNow(): void {
    for (let place = 0; place < this.count; place++) {
      const passed = this.visitsInAll - 1 - this.lastVisitOf[place];
      if (passed === 0) continue;
      this.fadedSlow[place] *= slowlyFaded(passed);
      this.faded[place] *= faded(passed);
      this.fadedFast[place] *= fastFaded(passed);
    }
  }

  #grow(): void {
    this.product = grown(this.product);
    this.daysInWindow = grown(this.daysInWindow);
    this.daysInAll = grown(this.daysInAll);
    this.times = grown(this.times);
    this.times56 = grown(this.times56);
    this.times28 = grown(this.times28);
    this.baskets = grown(this.baskets);
    this.times14 = grown(this.times14);
    this.times7 = grown(this.times7);
    this.daysOfTaste = grown(this.daysOfTaste);
    this.firstDay = grown(this.firstDay);
    this.lastDay = grown(this.lastDay);
    this.firstVisitOf = grown(this.firstVisitOf);
    this.lastVisitOf = grown(this.lastVisitOf);
    this.sameWeekday = grown(this.sameWeekday);
    this.decayedDays = grownReal(this.decayedDays);
    this.decayed7 = grownReal(this.decayed7);
    this.decayed21 = grownReal(this.decayed21);
    this.decayed60 = grownReal(this.decayed60);
    this.fadedSlow = grownReal(this.fadedSlow);
    this.faded = grownReal(this.faded);
    this.fadedFast = grownReal(this.fadedFast);
  }
}

/** The lines of a basket lie together, by product. */
function productsInBasket({ purchases: { basket, product } }: PurchaseView, line: number, endLine: number): number {
  let products = 1;
  for (let next = line + 1; next < endLine && basket[next] === basket[line]; next++) {
    if (product[next] !== product[next - 1]) products++;
  }
  return products;
}

function grown(column: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2);
  larger.set(column);
  return larger;
}

function grownReal(column: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(column.length * 2);
  larger.set(column);
  return larger;
}
