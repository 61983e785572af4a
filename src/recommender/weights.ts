// What a learned ranker weighs its features with: scales, coefficients, and how a score becomes a chance.
import type { Calibration } from './calibration.ts';
import { HABITUAL_FEATURES } from './features/habitual-features.ts';
import { NEW_FEATURES } from './features/new-features.ts';
import type { Question } from './lesson.ts';

export type RankerWeights = {
  /** By feature: what is subtracted and divided by before weighing. They never change, so that coefficients can be compared. */
  readonly mean: Float64Array;
  readonly scale: Float64Array;
  readonly coefficient: Float64Array;
  readonly intercept: number;
};

/** What the program ships: no row, product or customer of any shop, only what a feature is worth. */
export type ShippedRanker = { readonly weights: RankerWeights; readonly calibration: Calibration };
export type ShippedWeights = { readonly habitual: ShippedRanker; readonly new: ShippedRanker };

export type RankerName = keyof ShippedWeights;
export const FEATURE_NAMES: Readonly<Record<RankerName, readonly string[]>> = {
  habitual: HABITUAL_FEATURES.map(({ name }) => name),
  new: NEW_FEATURES.map(({ name }) => name),
};

/** What each ranker learns to answer. */
export const QUESTIONS: Readonly<Record<RankerName, Question>> = {
  habitual: { asks: 'each' },
  new: { asks: 'choice', sameForAll: NEW_FEATURES.flatMap(({ reason }, i) => (reason === null ? [i] : [])) },
};

/** Deviations beyond which a value says no more: one strange purchase must not outweigh everything else. */
const FARTHEST = 20;

/** In place: what is not known (NaN) stands at the mean. */
export function standardise(weights: RankerWeights, row: Float64Array | Float32Array, at: number): void {
  const { mean, scale } = weights;
  for (let i = 0; i < mean.length; i++) {
    const value = (row[at + i] - mean[i]) / scale[i];
    row[at + i] = Number.isFinite(value) ? Math.max(-FARTHEST, Math.min(FARTHEST, value)) : 0;
  }
}

/** Of a standardised row. */
export function weigh({ coefficient, intercept }: RankerWeights, row: Float64Array | Float32Array, at: number): number {
  let sum = intercept;
  for (let i = 0; i < coefficient.length; i++) sum += coefficient[i] * row[at + i];
  return sum;
}

/** Without any: every product is worth the same. */
export function noWeights(of: RankerName): RankerWeights {
  const size = FEATURE_NAMES[of].length;
  return {
    mean: new Float64Array(size),
    scale: new Float64Array(size).fill(1),
    coefficient: new Float64Array(size),
    intercept: 0,
  };
}
