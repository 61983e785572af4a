import fc from 'fast-check';
import KNN from 'ml-knn';
import { describe, expect, it } from 'vitest';
import { LEVELS } from '../../src/recommender/neighbours/levels.ts';
import { LevelledRowsBuilder, transpose, withoutRow } from '../../src/recommender/neighbours/levelled-rows.ts';
import type { LevelledRows } from '../../src/recommender/neighbours/levelled-rows.ts';
import { buildNeighbourTables, SparseIndex } from '../../src/recommender/neighbours/sparse-index.ts';
import type { NeighbourTables } from '../../src/recommender/neighbours/sparse-index.ts';

/** Level by product; a product that is absent was not bought. */
type Customer = ReadonlyMap<number, number>;
const PRODUCTS = 12;

const customer = fc
  .dictionary(fc.nat(PRODUCTS - 1).map(String), fc.nat(LEVELS - 1), { maxKeys: 8 })
  .map((levels): Customer => new Map(Object.entries(levels).map(([product, level]) => [Number(product), level])));
const shop = fc.array(customer, { minLength: 1, maxLength: 40 });

function rowsOf(customers: readonly Customer[]): LevelledRows {
  const rows = new LevelledRowsBuilder(PRODUCTS);
  for (const of of customers) {
    for (const [product, level] of of) rows.add(product, level);
    rows.endRow();
  }
  return rows.finish();
}

function nearest(index: SparseIndex, question: { customer: Customer; k: number; except: number }) {
  for (const [product, level] of question.customer) index.add(product, level);
  const found = index.finish(question.k, question.except);
  return Array.from({ length: found.count }, (_, place) => ({ row: found.row[place], cosine: found.score[place] }));
}

/** The definition, slowly: a dense vector each, every cosine, one sort. */
function bruteForce(
  tables: NeighbourTables,
  customers: readonly Customer[],
  question: { customer: Customer; k: number; except: number },
) {
  const vector = (of: Customer) =>
    Array.from({ length: PRODUCTS }, (_, product) => {
      const level = of.get(product);
      return level === undefined ? 0 : tables.weight[product * LEVELS + level];
    });
  const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i], 0);
  const asked = vector(question.customer);
  return customers
    .map(vector)
    .map((other, row) => ({ row, score: dot(asked, other) * (1 / Math.sqrt(dot(other, other))) }))
    .filter(({ row, score }) => row !== question.except && score > 0)
    .sort((a, b) => b.score - a.score || a.row - b.row)
    .slice(0, question.k)
    .map(({ row, score }) => ({ row, cosine: score * (1 / Math.sqrt(dot(asked, asked))) }));
}

describe('the nearest customers', () => {
  it('are those that comparing with everybody finds, in the same order', () => {
    fc.assert(
      fc.property(
        shop,
        customer,
        fc.integer({ min: 1, max: 45 }),
        fc.integer({ min: -1, max: 39 }),
        (customers, asked, k, other) => {
          const tables = buildNeighbourTables(rowsOf(customers));
          const index = new SparseIndex(tables, 50);
          const question = { customer: asked, k, except: other < customers.length ? other : -1 };
          expect(nearest(index, question)).toEqual(bruteForce(tables, customers, question));
          expect(nearest(index, question)).toEqual(nearest(index, question));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('are those that comparing with everybody finds where many buy the same', () => {
    const few = fc.array(fc.tuple(fc.nat(2), fc.nat(1)), { minLength: 1, maxLength: 3 });
    const crowd = fc.array(
      few.map((bought): Customer => new Map(bought)),
      { minLength: 40, maxLength: 90, size: 'max' },
    );
    fc.assert(
      fc.property(crowd, fc.nat(9), fc.integer({ min: 1, max: 90 }), (customers, asked, k) => {
        const tables = buildNeighbourTables(rowsOf(customers));
        const question = { customer: customers[asked], k, except: asked };
        expect(nearest(new SparseIndex(tables, k), question)).toEqual(bruteForce(tables, customers, question));
      }),
    );
  });

  it('are those that ml-knn finds among the same vectors made dense and of length one', () => {
    fc.assert(
      fc.property(shop, fc.nat(39), (customers, which) => {
        const bought = customers.filter((of) => of.size > 0);
        if (bought.length < 2) return;
        const asked = bought[which % bought.length];
        const tables = buildNeighbourTables(rowsOf(bought));
        const unit = (of: Customer) => {
          const dense = Array.from(
            { length: PRODUCTS },
            (_, product) => tables.weight[product * LEVELS + (of.get(product) ?? 0)] * Number(of.has(product)),
          );
          const length = Math.hypot(...dense);
          return dense.map((x) => x / length);
        };
        const knn = new KNN(
          bought.map(unit),
          bought.map((_, row) => row),
        );
        const theirs = knn.kdTree
          .nearest(unit(asked), bought.length)
          .map(([, distance]) => distance)
          .sort((a, b) => a - b);
        const ours = nearest(new SparseIndex(tables, 50), { customer: asked, k: bought.length, except: -1 });
        // Of equal length one, distance² = 2 − 2 cosine; who shares nothing is √2 away and is not among ours.
        ours.forEach(({ cosine }, place) =>
          expect(Math.sqrt(Math.max(0, 2 - 2 * cosine))).toBeCloseTo(theirs[place], 6),
        );
        theirs.slice(ours.length).forEach((distance) => expect(distance).toBeCloseTo(Math.SQRT2, 6));
      }),
      { numRuns: 60 },
    );
  });

  it('are found among what the day has added too, as if everything had been laid out anew', () => {
    fc.assert(
      fc.property(
        shop,
        fc.array(fc.tuple(fc.nat(45), customer), { maxLength: 8 }),
        customer,
        (customers, changes, asked) => {
          const tables = buildNeighbourTables(rowsOf(customers));
          const index = new SparseIndex(tables, 60);
          const now = [...customers];
          for (const [which, of] of changes) {
            const row = which < now.length ? which : -1;
            const products = [...of].map(([product, level]) => ({ product, level }));
            const at = index.grow(row, products);
            expect(at).toBe(row < 0 ? now.length : row);
            now[at] = of;
          }
          const question = { customer: asked, k: 60, except: -1 };
          const found = nearest(index, question);
          expect(found).toEqual(bruteForce(tables, now, question));
          expect(nearest(index, question)).toEqual(found);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('prefer the earlier customer among equals', () => {
    const same: Customer = new Map([
      [3, 0],
      [4, 1],
    ]);
    const index = new SparseIndex(buildNeighbourTables(rowsOf([same, same, same, same])), 2);
    expect(nearest(index, { customer: same, k: 2, except: 0 }).map(({ row }) => row)).toEqual([1, 2]);
  });

  it('are rather those who buy a product regularly than those who tried it once', () => {
    const tried: Customer = new Map([
      [1, 0],
      [2, 0],
    ]);
    const regular: Customer = new Map([
      [1, 3],
      [2, 0],
    ]);
    const index = new SparseIndex(buildNeighbourTables(rowsOf([tried, regular, new Map([[5, 0]])])), 3);
    expect(nearest(index, { customer: new Map([[1, 3]]), k: 3, except: -1 }).map(({ row }) => row)).toEqual([1, 0]);
  });

  it('are found in every block of a shop with more customers than one block holds', () => {
    const customers = 140_000;
    const rows = new LevelledRowsBuilder(PRODUCTS);
    const like = [70_000, 135_000, 139_999];
    for (let row = 0; row < customers; row++) {
      rows.add(like.includes(row) ? 3 : row % 3, 0);
      rows.endRow();
    }
    const baskets = rows.finish();
    const tables = buildNeighbourTables(baskets);
    expect(tables.buyers.blocks.map(({ columns }) => columns)).toEqual([65_536, 65_536, 8928]);
    const found = nearest(new SparseIndex(tables, 5), { customer: new Map([[3, 0]]), k: 5, except: 135_000 });
    expect(found.map(({ row }) => row)).toEqual([70_000, 139_999]);
  });

  it('are nobody for a customer whose products nobody bought', () => {
    const index = new SparseIndex(buildNeighbourTables(rowsOf([new Map([[1, 0]])])), 3);
    expect(nearest(index, { customer: new Map([[7, 2]]), k: 3, except: -1 })).toEqual([]);
  });
});

describe('the sparse table', () => {
  it('is itself again after being turned twice', () => {
    fc.assert(
      fc.property(shop, (customers) => {
        const rows = rowsOf(customers);
        const back = transpose(transpose(rows));
        expect([...back.start]).toEqual([...rows.start]);
        expect([...back.item]).toEqual([...rows.item]);
      }),
    );
  });

  it('without one customer is the table that never had this customer', () => {
    fc.assert(
      fc.property(shop, fc.nat(39), (customers, which) => {
        const row = which % customers.length;
        expect(withoutRow(rowsOf(customers), row)).toEqual(rowsOf(customers.filter((_, i) => i !== row)));
      }),
    );
  });
});
