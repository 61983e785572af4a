// One product the customer never bought, as the features of what is new see it.
import type { CustomerHistory } from '../customer-history.ts';
import type { ProductStatistics } from '../product-statistics.ts';
import { AGAIN, CLOSE, SHARE, VOTE_WIDTH } from '../new.ts';
import type { Votes } from '../new.ts';

/** Standing of the candidates in one signal: mean and spread, so that a signal means the same for every customer. */
class Standing {
  mean = 0;
  spread = 1;

  /** `signal` holds `width` numbers a product row, of which this is the one at `which`. */
  measure(of: { signal: Float64Array; width: number; which: number }, rows: Int32Array, count: number): void {
    const { signal, width, which } = of;
    let sum = 0;
    for (let i = 0; i < count; i++) sum += signal[rows[i] * width + which];
    this.mean = count > 0 ? sum / count : 0;
    let squares = 0;
    for (let i = 0; i < count; i++) squares += (signal[rows[i] * width + which] - this.mean) ** 2;
    this.spread = Math.max(1e-6, Math.sqrt(squares / Math.max(1, count)));
  }

  of(value: number): number {
    return Math.min(8, (value - this.mean) / this.spread);
  }
}

/** Filled anew for each customer; read by the features at once. */
export class NewCase {
  readonly history: CustomerHistory;
  readonly statistics: ProductStatistics;
  readonly votes: Votes;
  /** By product row: what the customer's products say for it, or against it. */
  readonly goesWith: Float64Array;
  /** The same by the last basket alone. */
  readonly goesWithLast: Float64Array;
  row = 0;
  sinceVisit = 0;
  visitGap = 1;
  /** Products first bought when the customer was known already, a visit. */
  explores = 0;
  category = -1;
  readonly shareStanding = new Standing();
  readonly againStanding = new Standing();
  readonly closeStanding = new Standing();
  readonly goesWithStanding = new Standing();
  readonly goesWithLastStanding = new Standing();
  /** By category: the customer's days, days in 28, products, last day, products taken up. */
  readonly categoryDays: Float64Array;
  readonly categoryDays28: Float64Array;
  readonly categoryProducts: Float64Array;
  readonly categoryLast: Float64Array;
  readonly categoryTaken: Float64Array;
  today = 0;

  constructor(of: { history: CustomerHistory; statistics: ProductStatistics; votes: Votes }) {
    this.history = of.history;
    this.statistics = of.statistics;
    this.votes = of.votes;
    const products = of.statistics.products.length;
    this.goesWith = new Float64Array(products);
    this.goesWithLast = new Float64Array(products);
    const categories = of.statistics.categories.popularity.length;
    this.categoryDays = new Float64Array(categories);
    this.categoryDays28 = new Float64Array(categories);
    this.categoryProducts = new Float64Array(categories);
    this.categoryLast = new Float64Array(categories);
    this.categoryTaken = new Float64Array(categories);
  }

  /** After the history was read, the votes counted and what goes with the own products added up. */
  beginCustomer(today: number): void {
    const { history, statistics } = this;
    this.today = today;
    this.sinceVisit = today - history.lastVisit;
    this.visitGap = (Math.max(1, history.lastVisit - history.firstVisit) + 14) / history.visitsInAll;
    this.categoryDays.fill(0);
    this.categoryDays28.fill(0);
    this.categoryProducts.fill(0);
    this.categoryLast.fill(-Infinity);
    this.categoryTaken.fill(0);
    let takenUp = 0;
    for (let place = 0; place < history.count; place++) {
      const row = statistics.products.rowOf(history.product[place]);
      const isTaken = history.firstVisitOf[place] > 0 && history.firstDay[place] - history.firstVisit >= 14;
      if (isTaken) takenUp++;
      const category = row < 0 ? -1 : statistics.categories.of[row];
      if (category < 0) continue;
      this.categoryDays[category] += history.times[place];
      this.categoryDays28[category] += history.times28[place];
      this.categoryProducts[category]++;
      if (isTaken) this.categoryTaken[category]++;
      if (history.lastDay[place] > this.categoryLast[category]) this.categoryLast[category] = history.lastDay[place];
    }
    this.explores = (takenUp + 1) / (history.visitsInAll + 2);
  }

  /** The candidates are known: their standing in each signal is measured. */
  compare(rows: Int32Array, count: number): void {
    const votes = { signal: this.votes, width: VOTE_WIDTH };
    this.shareStanding.measure({ ...votes, which: SHARE }, rows, count);
    this.againStanding.measure({ ...votes, which: AGAIN }, rows, count);
    this.closeStanding.measure({ ...votes, which: CLOSE }, rows, count);
    this.goesWithStanding.measure({ signal: this.goesWith, width: 1, which: 0 }, rows, count);
    this.goesWithLastStanding.measure({ signal: this.goesWithLast, width: 1, which: 0 }, rows, count);
  }

  look(row: number): void {
    this.row = row;
    this.category = this.statistics.categories.of[row];
  }
}
