// Why a learned ranker put a product where it stands: what each group of features added, and a number behind it that can be said.
import type { RankingReason } from '../domain/ranking.ts';
import type { Feature } from './features/feature.ts';
import type { RankerWeights } from './weights.ts';

/** The number behind a reason, in its own unit, and the last days it was counted in where those are not all. */
export type Figure = Pick<RankingReason, 'value' | 'days'>;

/** Which reason each feature counts under, by number; made once for each list of features. */
export type ReasonGroups<Reason extends string> = { readonly reasons: readonly Reason[]; readonly groupOf: Int8Array };

export function groupReasons<Reason extends string>(features: readonly Feature<never, Reason>[]): ReasonGroups<Reason> {
  const reasons = [...new Set(features.flatMap(({ reason }) => reason ?? []))];
  return {
    reasons,
    groupOf: Int8Array.from(features, ({ reason }) => (reason === null ? -1 : reasons.indexOf(reason))),
  };
}

/**
 * Contributions are what the group's features add beyond the usual case; for it before against it, the largest first.
 * @param figureOf null: there is nothing to say
 */
export function reasonsOf<Reason extends string>(
  { reasons, groupOf }: ReasonGroups<Reason>,
  given: { weights: RankerWeights; rows: Float64Array; at: number; figureOf: (reason: Reason) => Figure | null },
): RankingReason[] {
  const { weights, rows, at } = given;
  const added = new Array<number>(reasons.length).fill(0);
  for (let i = 0; i < groupOf.length; i++) {
    if (groupOf[i] >= 0) added[groupOf[i]] += weights.coefficient[i] * rows[at + i];
  }
  const said: RankingReason[] = [];
  for (let group = 0; group < reasons.length; group++) {
    const figure = given.figureOf(reasons[group]);
    if (figure === null) continue;
    const { value, days } = figure;
    const [feature, contribution] = [reasons[group], added[group]];
    said.push(days === undefined ? { feature, value, contribution } : { feature, value, days, contribution });
  }
  return said.sort((a, b) => b.contribution - a.contribution);
}
