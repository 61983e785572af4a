import { describe, expect, it } from 'vitest';
import { addEase, amountOf, findEase, MOST_KEPT, noEase } from '../../src/recommender/neighbours/ease.ts';
import { LevelledRowsBuilder } from '../../src/recommender/neighbours/levelled-rows.ts';
import { buildNeighbourTables } from '../../src/recommender/neighbours/sparse-index.ts';
import { atOnce } from '../../src/recommender/steps.ts';

const PRODUCTS = 5;
const [BREAD, BUTTER, JAM, SOAP, NOBODYS] = [0, 1, 2, 3, 4];

function easeOf(baskets: readonly (readonly number[])[]) {
  const rows = new LevelledRowsBuilder(PRODUCTS);
  for (const basket of baskets) {
    for (const product of basket) rows.add(product, 0);
    rows.endRow();
  }
  const table = rows.finish();
  return atOnce(findEase(table, buildNeighbourTables(table).buyers));
}

function saidBy(baskets: readonly (readonly number[])[], product: number): Float64Array {
  const sum = new Float64Array(PRODUCTS);
  addEase(easeOf(baskets), { product, amount: 1 }, sum);
  return sum;
}

describe('what a product says for others', () => {
  it('is worked out by hand for two products that everybody buys together', () => {
    // Ten customers: XᵀX is 10a² everywhere, a = ln 2, and λ = .2 × 10. The inverse's weight is 10a² / (10a² + 2).
    const together = Array.from({ length: 10 }, () => [BREAD, BUTTER]);
    const square = 10 * amountOf(0) ** 2;
    expect(saidBy(together, BREAD)[BUTTER]).toBeCloseTo(square / (square + 2), 6);
  });

  it('is much for what is bought with it, little for what merely goes along with a third one, nothing for itself', () => {
    const baskets = [
      ...Array.from({ length: 20 }, () => [BREAD, BUTTER]),
      ...Array.from({ length: 20 }, () => [BUTTER, JAM]),
      ...Array.from({ length: 10 }, () => [BREAD, BUTTER, JAM]),
      ...Array.from({ length: 20 }, () => [SOAP]),
    ];
    const said = saidBy(baskets, BREAD);
    expect(said[BUTTER]).toBeGreaterThan(0.2);
    expect(said[JAM]).toBeLessThan(0.05);
    expect(said[BREAD]).toBe(0);
    expect(said[SOAP]).toBeLessThanOrEqual(0);
    expect(said[NOBODYS]).toBe(0);
  });

  it('is nothing in a shop that nobody has bought from', () => {
    expect(easeOf([])).toEqual(noEase(PRODUCTS));
    expect(saidBy([], BREAD)).toEqual(new Float64Array(PRODUCTS));
  });

  it('is kept of the strongest only, in a table of one length a product', () => {
    const { product, weight, placeOf } = easeOf([[BREAD, BUTTER], [BREAD, BUTTER, JAM], [SOAP]]);
    expect(product).toHaveLength(4 * MOST_KEPT);
    expect(weight).toHaveLength(4 * MOST_KEPT);
    expect(placeOf[NOBODYS]).toBe(-1);
  });
});
