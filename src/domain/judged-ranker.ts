// How a ranker came into use: what it ranks by, and how each way did at the shop's own past visits.

/**
 * Plain counting (frequency, and the votes of the nearest customers), weights shipped with the program, learned in this shop, or
 * halfway between these two.
 */
export const WAYS = ['plain', 'shipped', 'blended', 'learned'] as const;
export type Way = (typeof WAYS)[number];

/** How each way ranked at the visits after the cuts; 0 cases where the latest had too few to judge by. */
export type GateFigures = {
  readonly cases: number;
  /** Mean NDCG of what was bought: of the first four habits, of the first ten news. */
  readonly gain: Readonly<Record<Way, number>>;
  /** Of the way in use: how far chances fitted on half of the visits were from what came at the other half. */
  readonly calibrationError: number;
};

export type JudgedRanker = { readonly way: Way } & GateFigures;
export type JudgedRankers = Readonly<Record<'habitual' | 'new', JudgedRanker>>;
