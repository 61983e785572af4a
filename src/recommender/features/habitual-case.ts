// One product of one customer's history, as the habitual features see it.
import type { CustomerHistory } from '../customer-history.ts';
import { fadedVisits } from '../decay.ts';
import { STRETCHES, stretchOf } from '../product-returns.ts';
import type { ReturnTable } from '../product-returns.ts';
import type { ProductStatistics } from '../product-statistics.ts';

/** The model never saw the product: the shop's usual product stands for it. */
const UNKNOWN = { repeatRate: 0.05, rebought: 0.25, gapDays: 21, gapVisits: 6, frequency: 0.1, popularity: 1e-3 };

/** Where so many days are known, counts are taken as they are; where more or fewer are, in proportion. */
const USUAL_MEMORY_DAYS = 56;
const FEWEST_KNOWN_DAYS = 7;

/** Filled anew for each customer and each product; read by the features at once. */
export class HabitualCase {
  readonly history: CustomerHistory;
  readonly statistics: ProductStatistics;
  place = 0;
  row = -1;
  /** Days since the product was bought last and first, since the customer's last visit, and between visits. */
  age = 0;
  firstAge = 0;
  sinceVisit = 0;
  visitGap = 0;
  /** Visits since. */
  visitsAgo = 0;
  visitsAfterFirst = 0;
  /** The customer's own gap, drawn towards the product's. */
  gapDays = 0;
  gapVisits = 0;
  repeatRate = 0;
  rebought = 0;
  productGap = 0;
  frequency = 0;
  popularity = 0;
  popularity56 = 0;
  popularity28 = 0;
  popularity14 = 0;
  popularity7 = 0;
  /** Logarithms: the chance that the wait for this product ends now, and the shop's own; how much sooner this product is bought again. */
  returnByVisits = 0;
  returnByVisitsShop = 0;
  paceByVisits = 0;
  returnByDays = 0;
  returnByDaysShop = 0;
  paceByDays = 0;
  visitsFadedSlow = 0;
  visitsFaded = 0;
  visitsFadedFast = 0;
  /** -1: of no known category; else what the customer bought in it. */
  category = -1;
  categoryDays = 0;
  categoryDays56 = 0;
  categoryProducts = 0;
  categoryAge = 0;
  categoryVisitsAgo = 0;
  /** Logarithms: how much longer than usual the memory is, and how much of the last 56 and 28 days it holds. */
  memory = 0;
  memory56 = 0;
  memory28 = 0;
  readonly #memoryDays: number;
  readonly #categoryDays = new Map<number, number[]>();
  #today = 0;

  constructor(of: { history: CustomerHistory; statistics: ProductStatistics; memoryDays: number }) {
    this.history = of.history;
    this.statistics = of.statistics;
    this.#memoryDays = of.memoryDays;
  }

  /** After `history.read`. */
  beginCustomer(today: number): void {
    const { history } = this;
    this.#today = today;
    const known = this.#knownDays(today);
    this.memory = Math.log(known / USUAL_MEMORY_DAYS);
    this.memory56 = Math.log(Math.min(1, known / 56));
    this.memory28 = Math.log(Math.min(1, known / 28));
    this.sinceVisit = today - history.lastVisit;
    const span = Math.max(1, history.lastVisit - history.firstVisit);
    this.visitGap = (span + 14) / history.visitsInAll;
    const faded = fadedVisits(history.visitsInAll);
    this.visitsFadedSlow = faded.slow;
    this.visitsFaded = faded.middle;
    this.visitsFadedFast = faded.fast;
    this.#sumCategories();
  }

  /** Without a model nothing is known of the shop's days: then as usual. */
  #knownDays(today: number): number {
    if (this.statistics.products.length === 0) return USUAL_MEMORY_DAYS;
    return Math.max(FEWEST_KNOWN_DAYS, Math.min(this.#memoryDays, today - this.statistics.firstDay + 1));
  }

  look(place: number): void {
    const { history, statistics } = this;
    this.place = place;
    this.age = this.#today - history.lastDay[place];
    this.firstAge = this.#today - history.firstDay[place];
    this.visitsAgo = history.visitsInAll - 1 - history.lastVisitOf[place];
    this.visitsAfterFirst = history.visitsInAll - 1 - history.firstVisitOf[place];
    const row = (this.row = statistics.products.rowOf(history.product[place]));
    if (row < 0) this.#lookUnknown();
    else this.#lookKnown(row);
    const repeats = history.times[place] - 1;
    const ownGapVisits = history.lastVisitOf[place] - history.firstVisitOf[place];
    this.gapDays = (history.lastDay[place] - history.firstDay[place] + 2 * this.productGap) / (repeats + 2);
    this.gapVisits = (ownGapVisits + 2 * this.gapVisits) / (repeats + 2);
    this.#lookAtCategory(row);
    this.#lookAtReturns(row);
  }

  #lookKnown(row: number): void {
    const { rhythms } = this.statistics;
    this.repeatRate = rhythms.repeatRate[row];
    this.rebought = rhythms.rebought[row];
    this.productGap = Math.max(1, rhythms.gapDays[row]);
    this.gapVisits = Math.max(1, rhythms.gapVisits[row]);
    this.frequency = rhythms.frequency[row];
    this.popularity = rhythms.popularity[row];
    this.popularity56 = rhythms.popularity56[row];
    this.popularity28 = rhythms.popularity28[row];
    this.popularity14 = rhythms.popularity14[row];
    this.popularity7 = rhythms.popularity7[row];
  }

  #lookUnknown(): void {
    this.repeatRate = UNKNOWN.repeatRate;
    this.rebought = UNKNOWN.rebought;
    this.productGap = UNKNOWN.gapDays;
    this.gapVisits = UNKNOWN.gapVisits;
    this.frequency = UNKNOWN.frequency;
    this.popularity = this.popularity56 = this.popularity28 = this.popularity14 = this.popularity7 = UNKNOWN.popularity;
  }

  #lookAtReturns(row: number): void {
    const { visits, days } = this.statistics.returns;
    const byVisits = stretchOf('visits', this.visitsAgo + 1);
    const byDays = stretchOf('days', this.age);
    this.returnByVisitsShop = visits.shop[byVisits];
    this.returnByDaysShop = days.shop[byDays];
    this.paceByVisits = row < 0 ? 0 : visits.pace[row];
    this.paceByDays = row < 0 ? 0 : days.pace[row];
    this.returnByVisits = row < 0 ? this.returnByVisitsShop : chanceIn(visits, row, byVisits);
    this.returnByDays = row < 0 ? this.returnByDaysShop : chanceIn(days, row, byDays);
  }

  #lookAtCategory(row: number): void {
    this.category = row < 0 ? -1 : this.statistics.categories.of[row];
    const sums = this.category < 0 ? undefined : this.#categoryDays.get(this.category);
    if (sums === undefined) return;
    this.categoryDays = sums[0];
    this.categoryDays56 = sums[1];
    this.categoryProducts = sums[2];
    this.categoryAge = this.#today - sums[3];
    this.categoryVisitsAgo = this.history.visitsInAll - 1 - sums[4];
  }

  /** By category: days, days in 56, products, last day, last visit. */
  #sumCategories(): void {
    const { history, statistics } = this;
    this.#categoryDays.clear();
    for (let place = 0; place < history.count; place++) {
      const row = statistics.products.rowOf(history.product[place]);
      const category = row < 0 ? -1 : statistics.categories.of[row];
      if (category < 0) continue;
      let sums = this.#categoryDays.get(category);
      if (sums === undefined) this.#categoryDays.set(category, (sums = [0, 0, 0, -Infinity, -1]));
      sums[0] += history.times[place];
      sums[1] += history.times56[place];
      sums[2]++;
      sums[3] = Math.max(sums[3], history.lastDay[place]);
      sums[4] = Math.max(sums[4], history.lastVisitOf[place]);
    }
  }
}

function chanceIn({ chance }: ReturnTable, row: number, stretch: number): number {
  return chance[row * STRETCHES + stretch];
}
