// Which shipped weights a shop begins with.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOf } from '../../src/recommender/calibration.ts';
import { shippedFor } from '../../src/recommender/default-weights.ts';
import type { ShippedRanker, ShippedWeights } from '../../src/recommender/weights.ts';

/** One feature, weighing so much; the chance is the coefficient wherever the score is. */
function saying(coefficient: number): ShippedWeights {
  const ranker: ShippedRanker = {
    weights: {
      mean: Float64Array.of(0),
      scale: Float64Array.of(1),
      coefficient: Float64Array.of(coefficient),
      intercept: coefficient,
    },
    calibration: { score: Float64Array.of(0, 1), chance: Float64Array.of(coefficient, coefficient) },
  };
  return { habitual: ranker, new: ranker };
}
const SAID = { young: saying(1), settled: saying(0) };
const youth = (knownDays: number, customers: number) => {
  const { habitual, new: news } = shippedFor(SAID, { knownDays, customers });
  return { habitual: habitual.weights.coefficient[0], new: news.weights.coefficient[0], habitualRanker: habitual };
};

describe('the shipped weights of a shop', () => {
  it.each([
    [21, 300, 1, 1],
    [28, 20_000, 1, 1],
    [56, 1e9, 0.25, 0.25],
    [56, 1000, 0.25, 1 - 0.75 / 2],
    [182, 3000, (28 / 182) ** 2, 1 - (1 - (28 / 182) ** 2) * 0.75],
    [Infinity, 9000, 0, 0.1],
    [0, 0, 1, 1],
  ])(
    'after %s days with %s customers are the young ones to %s, of what is new to %s',
    (days, customers, habits, news) => {
      expect(youth(days, customers).habitual).toBeCloseTo(habits);
      expect(youth(days, customers).new).toBeCloseTo(news);
    },
  );

  it('grow up steadily: more days or more customers never make a shop younger', () => {
    const some = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(some, some, some, (days, customers, more) => {
        for (const older of [youth(days + more, customers), youth(days, customers + more)]) {
          expect(older.habitual).toBeLessThanOrEqual(youth(days, customers).habitual);
          expect(older.new).toBeLessThanOrEqual(youth(days, customers).new);
        }
      }),
    );
  });

  it('tell chances in the same proportion', () => {
    const { weights, calibration } = youth(56, 300).habitualRanker;
    expect(weights.intercept).toBeCloseTo(0.25);
    for (const score of [-1, 0, 0.5, 2]) expect(chanceOf(calibration, score)).toBeCloseTo(0.25);
  });
});
