// The six offers of a strip: four the customer buys out of habit and two that are new, in the recommender's own order.
import type { LocalDay } from '../domain/calendar.ts';
import type { ProductId } from '../domain/ids.ts';
import type { Choice, RewardRule, Slot } from '../domain/offer.ts';
import type { Product } from '../domain/product.ts';
import type { Ranking } from '../domain/ranking.ts';
import { Candidates } from './candidates.ts';
import type { Draw } from './exploration.ts';
import { fillPlaces } from './fill-places.ts';
import type { Policy } from './policy.ts';
import { StripInMaking } from './strip-in-making.ts';
import { latelyPrinted, mostRepeats, type LatelyPrinted, type RecentOffer } from './variety.ts';

export type ChooseSix = {
  readonly ranking: Ranking;
  /** null: no longer in the shop's product file. */
  readonly productOf: (id: ProductId) => Product | null;
  readonly policy: Policy;
  readonly rules: readonly RewardRule[];
  /** What stood on this customer's earlier strips, in any order. */
  readonly recent: readonly RecentOffer[];
  readonly today: LocalDay;
  readonly maxPerCategory: number;
  /** Places for habitual products, for new ones, and for popular ones where there is neither. */
  readonly habitual: number;
  readonly new: number;
  readonly popular: number;
  /** Even draws from a hash of customer, day and model: the same customer gets the same six on the same day. */
  readonly draw: Draw;
  /** Share of the new places that try something else than the best; 0 leaves nothing to chance. */
  readonly explorationShare: number;
};

/** The strip as DESIGN has it; to be spread into `ChooseSix` where the configuration says nothing else. */
export const USUAL_STRIP = { maxPerCategory: 2, habitual: 4, new: 2, popular: 2, explorationShare: 0.1 } as const;

/**
 * Below this chance of being bought within its validity a coupon is not justified. Habits are strong, buying something for
 * the first time is a rare event by nature, and popular products are for people of whom nothing is known.
 */
export const LEAST_PROBABILITY: Readonly<Record<Slot, number>> = { habitual: 0.02, new: 0.002, popular: 0.002 };

/**
 * Chooses by rank. Law, price, category and variety may pass a product over but never raise one. As many as can be justified,
 * possibly none; popular products only where neither habit nor novelty gave any.
 */
export function chooseSix(given: ChooseSix): Choice {
  const lately = latelyPrinted(given.recent, given.today);
  // A short strip may repeat less than a full one; how short it is shows only once it is chosen.
  for (let repeats = mostRepeats(given.habitual + given.new); ; repeats--) {
    const { offers, passedOver, runnersUp } = fillStrip(given, lately, repeats);
    const repeated = offers.filter(({ product }) => lately.onLastStrip.has(product.id)).length;
    if (repeats === 0 || repeated <= mostRepeats(offers.length)) return { offers, passedOver, runnersUp };
  }
}

/** @param repeats places for habits that may go to products of the last strip while there are others */
function fillStrip(given: ChooseSix, lately: LatelyPrinted, repeats: number): StripInMaking {
  const strip = new StripInMaking(given.maxPerCategory);
  fillPlaces({
    strip,
    candidates: candidatesFor('habitual', given),
    places: given.habitual,
    printedLately: lately.onLastStrip,
    repeats,
    exploration: null,
  });
  fillPlaces({
    strip,
    candidates: candidatesFor('new', given),
    places: given.new,
    // Printed and not bought: it had its chance for a while. Were it bought, it would not be new any more.
    printedLately: lately.withinCoolDown,
    repeats: 0,
    exploration: { share: given.explorationShare, draw: given.draw },
  });
  if (strip.offers.length === 0) {
    fillPlaces({
      strip,
      candidates: candidatesFor('popular', given),
      places: given.popular,
      printedLately: lately.onLastStrip,
      repeats: 0,
      exploration: null,
    });
  }
  return strip;
}

function candidatesFor(slot: Slot, { ranking, productOf, policy, rules }: ChooseSix): Candidates {
  return new Candidates({
    slot,
    ranked: ranking[slot],
    leastProbability: LEAST_PROBABILITY[slot],
    productOf,
    policy,
    rules,
  });
}
