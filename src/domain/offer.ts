// An offer: a product chosen for one customer, why it was chosen, and what the coupon takes off.
import type { Cents } from './money.ts';
import type { Product } from './product.ts';
import type { RankingReason } from './ranking.ts';

export type Slot = 'habitual' | 'new' | 'popular';

export type Reward =
  | { readonly kind: 'amount'; readonly amountCents: Cents }
  /** Where no price is known: the till works it out. */
  | { readonly kind: 'percent'; readonly percent: number };

/** The terms a GCN stands for: the shop's rule for one slot and category. */
export type RewardRule = {
  /** "habitual", "new:Juustot": names the rule's range of coupon references. */
  readonly key: string;
  readonly slot: Slot | '*';
  /** Category or department; "*" is any. */
  readonly category: string;
  readonly reward: Reward;
  readonly validDays: number;
};

export type ChosenOffer = {
  readonly slot: Slot;
  readonly product: Product;
  readonly rule: RewardRule;
  /** What this coupon takes off: the rule's reward, in money wherever a price is known. */
  readonly reward: Reward;
  readonly probability: number;
  /** The chance with which this slot's rule of choice picks this product; 1 where nothing is left to chance. */
  readonly propensity: number;
  readonly reasons: readonly RankingReason[];
};

export const VETOES = [
  'forbidden-class',
  'sensitive-class',
  'unmapped-category',
  'category-full',
  'printed-lately',
  'no-rule',
  'too-cheap',
] as const;
export type Veto = (typeof VETOES)[number];

/** A runner-up that was passed over, and why: kept with the decision so that it can be explained. */
export type PassedOver = {
  readonly product: Product;
  readonly slot: Slot;
  readonly probability: number;
  readonly veto: Veto;
};

/** Why the best of those left out are not on the strip; `not-drawn`: the share of chance in the new places went to another. */
export const LOSSES = [...VETOES, 'ranked-lower', 'not-drawn', 'too-unlikely'] as const;
export type Loss = (typeof LOSSES)[number];

export type RunnerUp = {
  readonly product: Product;
  readonly slot: Slot;
  readonly probability: number;
  readonly loss: Loss;
  /** Where it ranked lower: by what it fell furthest behind the last one chosen; null where nothing tells them apart. */
  readonly behindBy: RankingReason | null;
};

export type Choice = {
  /** In the order of the strip: habitual by rank, then new; or popular. */
  readonly offers: readonly ChosenOffer[];
  readonly passedOver: readonly PassedOver[];
  /** The best few left out of each kind of place, by rank; those passed over for a veto among them. */
  readonly runnersUp: readonly RunnerUp[];
};
