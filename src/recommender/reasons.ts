// Why a learned ranker put a product where it stands: what each group of features added, and a number behind it that can be said.
import type { RankingReason } from '../domain/ranking.ts';
import type { Feature } from './features/feature.ts';
import type { RankerWeights } from './weights.ts';

/**
 * Contributions are what the group's features add beyond the usual case; for it before against it, the largest first.
 * @param valueOf the number behind a reason, in its own unit
 */
export function reasonsOf<Reason extends string>(
  features: readonly Feature<never, Reason>[],
  given: { weights: RankerWeights; rows: Float64Array; at: number; valueOf: (reason: Reason) => number | null },
): RankingReason[] {
  const { weights, rows, at } = given;
  const added = new Map<Reason, number>();
  for (const [i, { reason }] of features.entries()) {
    if (reason !== null) added.set(reason, (added.get(reason) ?? 0) + weights.coefficient[i] * rows[at + i]);
  }
  return [...added]
    .flatMap(([feature, contribution]) => {
      const value = given.valueOf(feature);
      return value === null ? [] : [{ feature, value, contribution }];
    })
    .sort((a, b) => b.contribution - a.contribution);
}
