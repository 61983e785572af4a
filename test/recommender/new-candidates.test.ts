import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLOSE, VOTE_WIDTH, votesFor } from '../../src/recommender/new.ts';
import { NewCandidates } from '../../src/recommender/new-candidates.ts';

const PRODUCTS = 400;
const [FROM_NEIGHBOURS, FROM_GOES_WITH, FROM_DEMAND] = [60, 60, 30];

/** Much like the real ones: most products have nothing to say for them, many of the others say the same. */
const signal = fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(40) }), {
  minLength: PRODUCTS,
  maxLength: PRODUCTS,
  size: 'max',
});

/** The definition: the most of the numbers above zero, among equals the lower row. */
function best(of: readonly number[], most: number, isOpen: (row: number) => boolean): number[] {
  const rows = [...of.keys()].filter((row) => of[row] > 0 && isOpen(row));
  return rows.sort((a, b) => of[b] - of[a] || a - b).slice(0, most);
}

describe('what may be new to a customer', () => {
  it('is the best of each signal that is open to this customer, each product once', () => {
    fc.assert(
      fc.property(signal, signal, signal, fc.array(fc.nat(PRODUCTS - 1)), (close, goesWith, demand, closed) => {
        const isOpen = (row: number) => !closed.includes(row);
        const votes = votesFor(PRODUCTS);
        // The other three of a product's votes are never looked at.
        votes.fill(1000);
        for (const [row, vote] of close.entries()) votes[row * VOTE_WIDTH + CLOSE] = vote;
        const candidates = new NewCandidates({
          products: PRODUCTS,
          mostWanted: FROM_NEIGHBOURS,
          demand: [Float32Array.from(demand)],
          sensitive: new Uint8Array(PRODUCTS),
        });
        const wanted = new Set([
          ...best(close, FROM_NEIGHBOURS, isOpen),
          ...best(goesWith, FROM_GOES_WITH, isOpen),
          ...best(demand, FROM_DEMAND, isOpen),
        ]);
        for (const turn of [1, 2]) {
          candidates.gather({ votes, goesWith: Float64Array.from(goesWith) }, isOpen);
          const gathered = [...candidates.rows.subarray(0, candidates.count)];
          expect(gathered, `turn ${turn}`).toHaveLength(wanted.size);
          expect(new Set(gathered)).toEqual(wanted);
        }
      }),
      { numRuns: 40 },
    );
  });
});
