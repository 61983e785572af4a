import fc from 'fast-check';
import { expect, it } from 'vitest';
import { faded, fastFaded, slowlyFaded } from '../../src/recommender/decay.ts';
import { addCurvature, BLOCK } from '../../src/recommender/newton.ts';

it('adds each case of a block with its own spread, whether the features are even in number or odd', () => {
  const block = fc.integer({ min: 1, max: 9 }).chain((width) => {
    const row = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: width, maxLength: width });
    return fc.array(row, { minLength: BLOCK, maxLength: BLOCK });
  });
  const spreads = fc.array(fc.nat(9), { minLength: BLOCK, maxLength: BLOCK });
  fc.assert(
    fc.property(block, spreads, (rows, spread) => {
      const size = rows[0]?.length ?? 0;
      const curvature = new Float64Array(size * size).fill(1);
      addCurvature(
        curvature,
        rows.map((row) => Float64Array.from(row)),
        Float64Array.from(spread),
      );
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++) {
          const added = rows.reduce((sum, row, of) => sum + spread[of] * row[i] * row[j], 0);
          expect(curvature[i * size + j]).toBe(j <= i ? 1 + added : 1);
        }
    }),
  );
});

it.each([0, 1, 2, 50, 255, 256, 3000])('lets a purchase fade %i visits by the power of each pace', (visits) => {
  expect([slowlyFaded(visits), faded(visits), fastFaded(visits)]).toEqual([
    0.9 ** visits,
    0.7 ** visits,
    0.5 ** visits,
  ]);
});
