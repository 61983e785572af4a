// The share of a product's buyers who bought it again: counted and nothing added, so that it can be told as a fact.
import type { ProductStatistics } from './product-statistics.ts';
import type { Figure } from './reasons.ts';

/** The shop's sums, and how far back its window goes. */
export type Told = { readonly statistics: ProductStatistics; readonly windowDays: number };

/** Of fewer buyers a share says nothing: this customer may be among them, and twenty others. */
const FEWEST_BUYERS = 21;

/** Of those who bought it in the window, those who did on two days or more; null where they are too few to tell. */
export function shareAgain(row: number, { statistics, windowDays }: Told): Figure | null {
  if (row < 0 || statistics.buyers[row] < FEWEST_BUYERS) return null;
  return {
    value: statistics.repeatBuyers[row] / statistics.buyers[row],
    days: Math.min(windowDays, statistics.rememberedDays),
  };
}
