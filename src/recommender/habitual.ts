// What the customer buys habitually: how often, how lately, and whether the product is one that people buy again.
import type { RankingReason } from '../domain/ranking.ts';
import type { CustomerHistory } from './customer-history.ts';
import { decayedLength } from './decay.ts';
import { rebuyRateOf } from './product-statistics.ts';
import type { ProductStatistics } from './product-statistics.ts';
import { shareAgain } from './share-again.ts';
import type { Told } from './share-again.ts';

/** 0 to 1 tested: the full rate pushes aside what few people, but this customer, always buy; without it, what was tried once comes up. */
const REBUY_POWER = 0.5;

/**
 * Days bought a day, the late ones weighing more, times the root of the product's rebuy rate over the shop's; 0 for what was
 * not bought within the window. Both are relative, so that a score means the same under a shorter or longer memory.
 */
export function habitualScore(history: CustomerHistory, place: number, statistics: ProductStatistics): number {
  if (history.daysInWindow[place] === 0) return 0;
  const row = statistics.products.rowOf(history.product[place]);
  const rate = history.decayedDays[place] / decayedLength(statistics.rememberedDays);
  return rate * (rebuyRateOf(statistics, row) / statistics.shopRebuyRate) ** REBUY_POWER;
}

/** The factors of the score as logarithms: they add up to it, so that they can be compared. */
export function habitualReasons(
  given: { history: CustomerHistory; place: number; today: number },
  told: Told,
): RankingReason[] {
  const { history, place, today } = given;
  const { statistics } = told;
  const row = statistics.products.rowOf(history.product[place]);
  const days = history.daysInAll[place];
  const again = shareAgain(row, told);
  const reasons: RankingReason[] = [
    { feature: 'days-bought', value: days, contribution: Math.log(1 + days) },
    {
      feature: 'days-since-bought',
      value: today - history.lastDay[place],
      contribution: Math.log(history.decayedDays[place] / days),
    },
  ];
  if (again !== null) {
    const contribution = REBUY_POWER * Math.log(rebuyRateOf(statistics, row) / statistics.shopRebuyRate);
    reasons.push({ feature: 'rebuy-rate', ...again, contribution });
  }
  return reasons.sort(bySize);
}

export function bySize(a: RankingReason, b: RankingReason): number {
  return Math.abs(b.contribution) - Math.abs(a.contribution);
}
