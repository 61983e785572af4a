import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../src/recommender/steps.ts';
import { invertSymmetric } from '../../src/recommender/symmetric-inverse.ts';

/** A + Aᵀ's kind: customers' baskets times themselves, and something on the diagonal. */
function squareOf(size: number, baskets: readonly (readonly number[])[]): Float64Array {
  const square = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      square[i * size + j] = baskets.reduce((sum, basket) => sum + basket[i] * basket[j], i === j ? 2 : 0);
    }
  }
  return square;
}

describe('the inverse of a symmetric matrix', () => {
  it('of 4 and 2 is a quarter and a half', () => {
    const matrix = Float64Array.of(4, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
    atOnce(invertSymmetric(matrix, 4));
    for (const [at, value] of [
      [0, 0.25],
      [5, 0.5],
      [10, 1],
      [1, 0],
    ])
      expect(matrix[at]).toBeCloseTo(value, 12);
  });

  it('times the matrix is one', () => {
    const sized = fc
      .constantFrom(4, 8, 12, 20)
      .chain((size) =>
        fc.tuple(
          fc.constant(size),
          fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: size, maxLength: size }), { maxLength: 30 }),
        ),
      );
    fc.assert(
      fc.property(sized, ([size, baskets]) => {
        const given = squareOf(size, baskets);
        const inverse = given.slice();
        atOnce(invertSymmetric(inverse, size));
        const lower = (i: number, j: number) => given[i >= j ? i * size + j : j * size + i];
        const upper = (i: number, j: number) => inverse[i <= j ? i * size + j : j * size + i];
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < size; j++) {
            let sum = 0;
            for (let k = 0; k < size; k++) sum += lower(i, k) * upper(k, j);
            expect(sum).toBeCloseTo(Number(i === j), 8);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
