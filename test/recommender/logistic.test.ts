import { describe, expect, it } from 'vitest';
import { fitLogistic } from '../../src/recommender/logistic.ts';
import { atOnce } from '../../src/recommender/steps.ts';

function fit(given: { rows: number[][]; hit: number[]; towards?: number[]; ridge?: number }) {
  const width = given.rows[0].length;
  const count = given.rows.length;
  const cases = {
    rows: Int16Array.from(given.rows.flat()),
    unit: 1,
    width,
    count,
    hit: Uint8Array.from(given.hit),
    weight: new Float32Array(count).fill(1),
  };
  const towards = Float64Array.from(given.towards ?? new Array<number>(width + 1).fill(0));
  return [...atOnce(fitLogistic(cases, { towards, ridge: given.ridge ?? 1e-6 }))];
}

describe('the logistic fit', () => {
  it('finds the log odds of two groups: 3 of 4 against 1 of 4', () => {
    const rows = [[1], [1], [1], [1], [0], [0], [0], [0]];
    const [coefficient, intercept] = fit({ rows, hit: [1, 1, 1, 0, 1, 0, 0, 0] });
    expect(intercept).toBeCloseTo(Math.log(1 / 3), 3);
    expect(coefficient).toBeCloseTo(2 * Math.log(3), 3);
  });

  it('stays where it was drawn to when there is next to nothing to learn', () => {
    const [coefficient] = fit({ rows: [[1], [-1]], hit: [0, 1], towards: [2, 0], ridge: 1000 });
    expect(coefficient).toBeCloseTo(2, 1);
  });

  it('is not upset by a feature that is another one twice, or by one that never changes', () => {
    const rows = Array.from({ length: 40 }, (_, i) => [i % 2, 2 * (i % 2), 1]);
    const found = fit({ rows, hit: rows.map(([x], i) => (i % 5 === 0 ? 1 - x : x)), ridge: 0.1 });
    for (const value of found) expect(Number.isFinite(value)).toBe(true);
  });

  it('ends although every case is told apart', () => {
    const found = fit({ rows: [[1], [2], [-1], [-2]], hit: [1, 1, 0, 0], ridge: 1 });
    expect(found[0]).toBeGreaterThan(0);
    expect(found.every(Number.isFinite)).toBe(true);
  });
});
