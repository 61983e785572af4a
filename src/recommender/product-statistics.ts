// What the shop's purchases say about each product, over all customers; sums that name nobody.
import { productId } from '../domain/ids.ts';
import type { ProductId } from '../domain/ids.ts';
import { sortIntoCategories } from './categories.ts';
import type { Categories } from './categories.ts';
import { CustomerHistory } from './customer-history.ts';
import { IdRows } from './id-rows.ts';
import { ReturnCounter } from './product-returns.ts';
import type { ProductReturns } from './product-returns.ts';
import { RhythmCounter } from './product-rhythms.ts';
import type { ProductRhythms } from './product-rhythms.ts';
import { byOwnClock, eachCustomer, survey } from './purchase-view.ts';
import type { PurchaseView } from './purchase-view.ts';
import { shareOf } from './steps.ts';
import type { Steps } from './steps.ts';

/** Columns by product row. "Buyers" and "baskets" count within the window unless they name other days. */
export type ProductStatistics = {
  readonly products: IdRows;
  /** Days from the first remembered purchase to the last day. */
  readonly rememberedDays: number;
  /** Of them the first; long before all of them where days only count baskets. */
  readonly firstDay: number;
  /** Customers with any purchase in the window. */
  readonly customers: number;
  /** 1: of a class that may not speak for a customer; such a product is in no vector and no list but the customer's own habits. */
  readonly sensitive: Uint8Array;
  readonly buyers: Uint32Array;
  /** Buyers on at least two different days of the window. */
  readonly repeatBuyers: Uint32Array;
  readonly lines: Uint32Array;
  readonly baskets: Uint32Array;
  readonly baskets28: Uint32Array;
  readonly baskets14: Uint32Array;
  readonly buyers14: Uint32Array;
  /** Customers whose first remembered purchase of it is at most 28 days old, and those of them who bought it on a second day. */
  readonly firstTimeBuyers28: Uint32Array;
  readonly firstTimeReturned28: Uint32Array;
  /** Share of buyers who bought it on another day too, drawn towards the shop's share where buyers are few. */
  readonly rebuyRate: Float32Array;
  /** Days between two purchases by one customer, drawn towards the shop's mean where pairs are few. */
  readonly meanGapDays: Float32Array;
  /** First day it is remembered to have been sold. */
  readonly firstSold: Int32Array;
  readonly shopRebuyRate: number;
  readonly shopMeanGapDays: number;
  readonly rhythms: ProductRhythms;
  readonly returns: ProductReturns;
  readonly categories: Categories;
};

/** What the product file says and the purchases do not. */
export type ProductClasses = {
  /** Of a class that may not speak for a customer (alcohol, medicine, infant formula …). */
  readonly sensitive: (product: ProductId) => boolean;
  readonly categoryOf: (product: ProductId) => string | null;
};

/** Buyers' worth of the shop's own rate added to each product: 10 of a tested 3 to 30. */
const REBUY_PRIOR_BUYERS = 10;
const GAP_PRIOR_PAIRS = 5;
/** Where nothing is known at all: one in five buys again, every two weeks. */
const DEFAULT_REBUY_RATE = 0.2;
const DEFAULT_GAP_DAYS = 14;
const DEFAULT_REMEMBERED_DAYS = 56;
const LONG_AGO = -1e6;

/** Two walks through the lines. About 100 ns a line. */
export function* countProducts(view: PurchaseView, classes: ProductClasses): Steps<ProductStatistics> {
  const { purchases } = view;
  const { products: ids, firstDay } = yield* shareOf([0, 0.3], survey(view));
  const products = new IdRows(ids);
  const size = products.length;
  const column = () => new Uint32Array(size);
  const counts = {
    buyers: column(),
    repeatBuyers: column(),
    buyers14: column(),
    firstTimeBuyers28: column(),
    firstTimeReturned28: column(),
    lines: column(),
    baskets: column(),
    baskets28: column(),
    baskets14: column(),
  };
  const firstSold = new Int32Array(size).fill(view.lastDay);
  const gapDays = new Float64Array(size);
  const gaps = column();
  let customers = 0;
  const rhythmCounter = new RhythmCounter(size);
  const returnCounter = new ReturnCounter(size);

  const history = new CustomerHistory();
  const walk = eachCustomer(purchases, (_customer, first, end) => {
    const seen = view.clock === 'own' ? byOwnClock(view, first, end) : view;
    const today = seen.lastDay;
    history.read(seen, first, end);
    for (let line = first; line < end; line++) countLine({ view: seen, line, products }, counts);
    if (history.visitsInWindow > 0) customers++;
    rhythmCounter.add(history, products, today);
    returnCounter.add(history, products, today);
    for (let place = 0; place < history.count; place++) {
      const row = products.rowOf(history.product[place]);
      const days = history.daysInAll[place];
      if (history.firstDay[place] < firstSold[row]) firstSold[row] = history.firstDay[place];
      if (days > 1) {
        gapDays[row] += history.lastDay[place] - history.firstDay[place];
        gaps[row] += days - 1;
      }
      if (history.daysInWindow[place] > 0) counts.buyers[row]++;
      if (history.daysInWindow[place] > 1) counts.repeatBuyers[row]++;
      if (history.lastDay[place] > today - 14) counts.buyers14[row]++;
      if (history.firstDay[place] > today - 28) {
        counts.firstTimeBuyers28[row]++;
        if (days > 1) counts.firstTimeReturned28[row]++;
      }
    }
  });
  yield* shareOf([0.3, 1], walk);

  const shopRebuyRate = ratio(sum(counts.repeatBuyers), sum(counts.buyers), DEFAULT_REBUY_RATE);
  const shopMeanGapDays = ratio(sum(gapDays), sum(gaps), DEFAULT_GAP_DAYS);
  const rememberedDays = ids.length === 0 ? DEFAULT_REMEMBERED_DAYS : view.lastDay - firstDay + 1;
  const sensitive = Uint8Array.from(products.ids, (id) => (classes.sensitive(productId(id)) ? 1 : 0));
  const rhythms = rhythmCounter.finish(rememberedDays);
  return {
    products,
    rememberedDays,
    firstDay: view.clock === 'own' ? LONG_AGO : firstDay,
    customers,
    sensitive,
    rhythms,
    returns: returnCounter.finish(),
    categories: sortIntoCategories({
      products,
      sensitive,
      categoryOf: classes.categoryOf,
      popularity: rhythms.popularity,
    }),
    ...counts,
    rebuyRate: Float32Array.from(
      counts.buyers,
      (buyers, row) => (counts.repeatBuyers[row] + REBUY_PRIOR_BUYERS * shopRebuyRate) / (buyers + REBUY_PRIOR_BUYERS),
    ),
    meanGapDays: Float32Array.from(
      gaps,
      (pairs, row) => (gapDays[row] + GAP_PRIOR_PAIRS * shopMeanGapDays) / (pairs + GAP_PRIOR_PAIRS),
    ),
    firstSold,
    shopRebuyRate,
    shopMeanGapDays,
  };
}

/** A product bought by a customer the model never saw is judged by the shop's own rate. */
export function rebuyRateOf(statistics: ProductStatistics, row: number): number {
  return row < 0 ? statistics.shopRebuyRate : statistics.rebuyRate[row];
}

type LineCounts = Pick<ProductStatistics, 'lines' | 'baskets' | 'baskets28' | 'baskets14'>;

function countLine(of: { view: PurchaseView; line: number; products: IdRows }, counts: LineCounts): void {
  const { line } = of;
  const { purchases, lastDay, windowStart } = of.view;
  const day = purchases.day[line];
  if (day > lastDay || day < windowStart) return;
  const row = of.products.rowOf(purchases.product[line]);
  counts.lines[row]++;
  if (isSecondLineOfBasket(purchases, line)) return;
  counts.baskets[row]++;
  if (day > lastDay - 28) counts.baskets28[row]++;
  if (day > lastDay - 14) counts.baskets14[row]++;
}

function isSecondLineOfBasket({ basket, product }: PurchaseView['purchases'], line: number): boolean {
  return line > 0 && basket[line - 1] === basket[line] && product[line - 1] === product[line];
}

function sum(column: ArrayLike<number>): number {
  let total = 0;
  for (let row = 0; row < column.length; row++) total += column[row];
  return total;
}

function ratio(part: number, whole: number, otherwise: number): number {
  return whole > 0 ? part / whole : otherwise;
}
