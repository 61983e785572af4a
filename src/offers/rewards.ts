// What a coupon takes off: the shop's rule for the slot and category, in money wherever a price is known.
import { cents, type Cents } from '../domain/money.ts';
import type { Reward, RewardRule, Slot } from '../domain/offer.ts';
import type { Product } from '../domain/product.ts';

/** Steps a customer can add up in the head. */
export const STEP_CENTS = 10;
/** Less than this is not worth tearing off. */
export const LEAST_CENTS = 30;
/** A coupon worth more than this share of the price is a mistake of the rule or the price, unless a percent rule says so itself. */
export const MOST_OF_PRICE = 0.5;

/**
 * The rules of a shop that has made none: known favourites cost a little less, and trying something new a good deal less.
 * Equal for all customers: only the slot decides.
 */
export function defaultRules(validDays: number): readonly RewardRule[] {
  return [
    { key: 'habitual', slot: 'habitual', category: '*', reward: { kind: 'percent', percent: 20 }, validDays },
    { key: 'new', slot: 'new', category: '*', reward: { kind: 'percent', percent: 30 }, validDays },
    { key: 'popular', slot: 'popular', category: '*', reward: { kind: 'percent', percent: 20 }, validDays },
  ];
}

/** The most particular rule for this product: category before department before "*", then its slot before any slot, then the first. */
export function ruleFor(of: { rules: readonly RewardRule[]; slot: Slot; product: Product }): RewardRule | null {
  let best: RewardRule | null = null;
  let bestFit = 0;
  for (const rule of of.rules) {
    const fit = fitOf(rule, of);
    if (fit > bestFit) {
      best = rule;
      bestFit = fit;
    }
  }
  return best;
}

/**
 * The rule's reward as this coupon grants it. Percent becomes money in whole steps; it stays percent where no price is known.
 * `too-cheap`: even the least reward would be out of proportion to the price.
 */
export function rewardAtIssue(reward: Reward, priceCents: Cents | null): Reward | 'too-cheap' {
  if (priceCents === null) return reward;
  switch (reward.kind) {
    case 'amount':
      return reward.amountCents > priceCents * MOST_OF_PRICE ? 'too-cheap' : reward;
    case 'percent': {
      const steps = Math.round((priceCents * reward.percent) / (100 * STEP_CENTS));
      const amount = Math.max(LEAST_CENTS, steps * STEP_CENTS);
      const most = priceCents * Math.min(1, Math.max(MOST_OF_PRICE, reward.percent / 100));
      return amount > most ? 'too-cheap' : { kind: 'amount', amountCents: cents(amount) };
    }
  }
}

/** 0 where the rule is not for this product; the higher the more particular. */
function fitOf(rule: RewardRule, { slot, product }: { slot: Slot; product: Product }): number {
  if (rule.slot !== '*' && rule.slot !== slot) return 0;
  const bySlot = rule.slot === '*' ? 0 : 1;
  if (rule.category === product.category) return 5 + bySlot;
  if (rule.category === product.department) return 3 + bySlot;
  return rule.category === '*' ? 1 + bySlot : 0;
}
