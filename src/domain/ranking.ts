// What the recommender answers: products in order of how likely this customer is to buy them.
import type { ProductId } from './ids.ts';

/** One thing that carried a ranking, as a name the texts know and the number behind it. */
export type RankingReason = {
  readonly feature: string;
  /** The feature's own value, in its own unit (days, purchases, share). */
  readonly value: number;
  /** The last days it was counted in, where those are not all that is remembered. */
  readonly days?: number;
  /** What it added to the score; reasons are listed by its size. 0: it carried nothing, and is told beside. */
  readonly contribution: number;
};

export type RankedProduct = {
  readonly product: ProductId;
  /** Of being bought within the coupon's validity; 0 to 1. */
  readonly probability: number;
  readonly reasons: readonly RankingReason[];
};

export type Ranking = {
  /** Bought by this customer within the window, best first. */
  readonly habitual: readonly RankedProduct[];
  /** Never bought in the remembered time, best first. */
  readonly new: readonly RankedProduct[];
  /** What the shop's customers buy again and again; for a customer of whom nothing is known. */
  readonly popular: readonly RankedProduct[];
};
