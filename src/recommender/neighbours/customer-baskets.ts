// The customers' vectors: who bought what lately, and how regularly. With eight weeks remembered, eight-week vectors.
import { CustomerHistory } from '../customer-history.ts';
import { eachCustomer } from '../purchase-view.ts';
import type { PurchaseView } from '../purchase-view.ts';
import type { ProductStatistics } from '../product-statistics.ts';
import type { Steps } from '../steps.ts';
import { LevelledRowsBuilder } from './levelled-rows.ts';
import type { LevelledRows } from './levelled-rows.ts';
import { levelOfDays } from './levels.ts';

/** Whoever bought fewer different products says too little about taste to be anybody's neighbour. */
export const FEWEST_PRODUCTS = 3;

/** Rows in ascending order of customer; `customers` gives the CustomerId of each. */
export function* gatherBaskets(
  view: PurchaseView,
  statistics: ProductStatistics,
): Steps<{ customers: Int32Array<ArrayBuffer>; baskets: LevelledRows }> {
  const customers: number[] = [];
  const rows = new LevelledRowsBuilder(statistics.products.length);
  const history = new CustomerHistory();
  yield* eachCustomer(view.purchases, (customer, first, end) => {
    history.read(view, first, end);
    if (eachVectorProduct(history, statistics, ignore) < FEWEST_PRODUCTS) return;
    eachVectorProduct(history, statistics, (row, level) => rows.add(row, level));
    rows.endRow();
    customers.push(customer);
  });
  return { customers: Int32Array.from(customers), baskets: rows.finish() };
}

/**
 * The products that speak for a customer, and their places in the history: bought lately, known to the model, of no sensitive class.
 * Says how many.
 */
export function eachVectorProduct(
  history: CustomerHistory,
  statistics: ProductStatistics,
  visit: (row: number, level: number, place: number) => void,
): number {
  let count = 0;
  for (let place = 0; place < history.count; place++) {
    if (history.daysOfTaste[place] === 0) continue;
    const row = statistics.products.rowOf(history.product[place]);
    if (row < 0 || statistics.sensitive[row] === 1) continue;
    visit(row, levelOfDays(history.daysOfTaste[place]), place);
    count++;
  }
  return count;
}

function ignore(): void {
  // Counting only.
}
