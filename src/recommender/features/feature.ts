// What a feature is: a name, the reason it counts under when a choice is explained, and how it is read from a case.

/** Features that say the same thing in several ways share a reason: what they add is told together. */
export type Feature<Case, Reason extends string> = {
  readonly name: string;
  /** null: the same for all candidates of a customer, so it carries none of them. */
  readonly reason: Reason | null;
  /** Without dimension: a share, a ratio, or the logarithm of one. */
  readonly of: (given: Case) => number;
};

/** Writes a case's features into `row` from `at` on; allocates nothing. */
export function writeFeatures<Case>(
  features: readonly Feature<Case, string>[],
  given: Case,
  target: { row: Float64Array | Float32Array; at: number },
): void {
  for (let i = 0; i < features.length; i++) target.row[target.at + i] = features[i].of(given);
}

/** Odds as a logarithm, of `part` in `whole`, drawn towards `part` over `whole` of the prior. */
export function logOdds(part: number, whole: number): number {
  const share = Math.min(1 - 1e-6, Math.max(1e-6, part / whole));
  return Math.log(share / (1 - share));
}
