// Why a coupon is on the strip, in the customer's own terms: what was bought once or twice is not called a habit.
import type { Slot } from '../domain/offer.ts';
import type { RankingReason } from '../domain/ranking.ts';
import type { StripReason } from '../domain/strip.ts';

/** Different days in so many, or as many more in a longer window: less is not often. */
const OFTEN = { days: 3, within: 56 } as const;

/** @param of.reasons as the ranking told them; without the days it was bought on, it was bought and no more is said */
export function stripReason({ slot, reasons }: { slot: Slot; reasons: readonly RankingReason[] }): StripReason {
  if (slot !== 'habitual') return slot;
  const bought = reasons.find(({ feature }) => feature === 'days-in-window');
  if (bought?.days === undefined) return 'bought-before';
  const least = Math.max(OFTEN.days, (OFTEN.days * bought.days) / OFTEN.within);
  return bought.value >= least ? 'bought-often' : 'bought-before';
}
