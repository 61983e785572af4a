// What the shop's customers buy again and again, for a customer of whom nothing is known.
import type { ProductStatistics } from './product-statistics.ts';

/** Share of the shop's customers who bought the product on two days of the window; 0 for a sensitive product. */
export function repeatShare(statistics: ProductStatistics, row: number): number {
  if (statistics.sensitive[row] === 1 || statistics.customers === 0) return 0;
  return statistics.repeatBuyers[row] / statistics.customers;
}

/** Share of the shop's customers who bought it in the last 14 days: the chance that any one customer will in the next 14. */
export function popularChance(statistics: ProductStatistics, row: number): number {
  return statistics.customers === 0 ? 0 : Math.min(1, statistics.buyers14[row] / statistics.customers);
}
