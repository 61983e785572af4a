// Chances that follow what the latest week's visits bought.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOf } from '../../src/recommender/calibration.ts';
import type { SeenCases } from '../../src/recommender/calibration.ts';
import { moveByLatestWeek } from '../../src/recommender/latest-week.ts';

/** A score of 1 means a chance of a half, one of 2 of three quarters. */
const MEASURED = { score: Float64Array.of(0, 1, 2, 3), chance: Float64Array.of(0, 0.5, 0.75, 0.99) };

/** A case a line, evenly over the week's days; of a hundred so many are bought at the visit. */
function week(of: { cases: number; score: number; boughtOfHundred: number; days?: number }): SeenCases {
  const all = Array.from({ length: of.cases }, (_, i) => i);
  return {
    score: all.map(() => of.score),
    boughtAfter: all.map((i) => (Math.floor(i / 7) % 100 < of.boughtOfHundred ? 0 : Infinity)),
    knownDays: all.map((i) => 1 + (i % (of.days ?? 7))),
    visits: of.cases,
  };
}

/** Of these nobody buys after the visit's day, so a week tells as much as a coupon's whole validity. */
const measuredOn = week({ cases: 7000, score: 1, boughtOfHundred: 50 });
const asSaid = week({ cases: 14_000, score: 1, boughtOfHundred: 50 });

describe('chances after the latest week', () => {
  it('stay where they were when the same score is bought as often as before', () => {
    const moved = moveByLatestWeek(MEASURED, { measuredOn, firstWeek: asSaid, latestWeek: asSaid });
    for (const [i, chance] of MEASURED.chance.entries()) expect(moved.chance[i]).toBeCloseTo(chance, 9);
  });

  it('fall for every product when the same score is bought less keenly', () => {
    // Hazards of log 2 and of -log .7: .515 times as keen, by 4,200 purchases against 500 of belief .515 ^ .894 = .552.
    const latestWeek = week({ cases: 14_000, score: 1, boughtOfHundred: 30 });
    const moved = moveByLatestWeek(MEASURED, { measuredOn, firstWeek: asSaid, latestWeek });
    expect(chanceOf(moved, 1)).toBeCloseTo(1 - 0.5 ** 0.552, 3);
    expect(chanceOf(moved, 2)).toBeCloseTo(1 - 0.25 ** 0.552, 3);
    expect(chanceOf(moved, 0)).toBe(0);
  });

  it('are compared with a week known as briefly: that who comes soonest buys most moves nothing', () => {
    const soonest = week({ cases: 14_000, score: 1, boughtOfHundred: 70 });
    const moved = moveByLatestWeek(MEASURED, { measuredOn, firstWeek: soonest, latestWeek: soonest });
    expect(chanceOf(moved, 1)).toBeCloseTo(0.5, 9);
  });

  it('hardly move in a shop whose week holds few purchases', () => {
    const few = (boughtOfHundred: number) => week({ cases: 70, score: 1, boughtOfHundred });
    const moved = moveByLatestWeek(MEASURED, { measuredOn, firstWeek: few(5), latestWeek: few(2) });
    expect(Math.abs(chanceOf(moved, 1) - 0.5)).toBeLessThan(0.03);
  });

  it('stay where they were when the shop was closed in one of the weeks: closed days tell nothing of customers', () => {
    const latestWeek = week({ cases: 7000, score: 1, boughtOfHundred: 20, days: 4 });
    expect(moveByLatestWeek(MEASURED, { measuredOn, firstWeek: asSaid, latestWeek })).toBe(MEASURED);
  });

  it('never put one product before another, nor above what was borne out', () => {
    const share = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(share, share, fc.integer({ min: 0, max: 3 }), (before, lately, score) => {
        const of = (boughtOfHundred: number) => week({ cases: 1400, score, boughtOfHundred });
        const { chance } = moveByLatestWeek(MEASURED, { measuredOn, firstWeek: of(before), latestWeek: of(lately) });
        for (const [i, one] of chance.entries()) {
          expect(one).toBeGreaterThanOrEqual(i === 0 ? 0 : chance[i - 1]);
          expect(one).toBeLessThanOrEqual(0.99);
        }
      }),
      { numRuns: 30 },
    );
  });
});
