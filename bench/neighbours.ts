// Times the nearest customers on an invented shop: our index, the plain loop over the same postings, and ml-knn on 64 dimensions.
//
//   node bench/neighbours.ts [customers …]      default 10000 50000 100000
//
// Times depend on the machine and on what else it does; the ratios of one run are what can be compared.
import { parseArgs } from 'node:util';
import KNN from 'ml-knn';
import { LevelledRowsBuilder } from '../src/recommender/neighbours/levelled-rows.ts';
import type { LevelledRows } from '../src/recommender/neighbours/levelled-rows.ts';
import { LEVELS, levelOfDays } from '../src/recommender/neighbours/levels.ts';
import { buildNeighbourTables, SparseIndex } from '../src/recommender/neighbours/sparse-index.ts';
import type { NeighbourTables } from '../src/recommender/neighbours/sparse-index.ts';
import { countVotes, NEAREST_CUSTOMERS, votesFor } from '../src/recommender/new.ts';

const PRODUCTS = 20_000;
const TASTES = 30;
const QUERIES = 200;
const KNN_QUERIES = 10;
const NEAREST = 200;
const DIMENSIONS = 64;

const sizes = parseArgs({ allowPositionals: true }).positionals.map(Number);
for (const customers of sizes.length > 0 ? sizes : [10_000, 50_000, 100_000]) measure(customers);

function measure(customers: number): void {
  const chance = sequence(customers);
  const baskets = inventShop(customers, chance);
  const began = performance.now();
  const tables = buildNeighbourTables(baskets);
  const builtMs = performance.now() - began;
  const index = new SparseIndex(tables, NEAREST_CUSTOMERS);
  const asked = Array.from({ length: QUERIES }, () => Math.floor(chance() * customers));
  const sums = tables.buyers.blocks.map(({ columns }) => new Int32Array(columns));
  const votes = votesFor(PRODUCTS);

  // Interleaved, so that what disturbs one disturbs the other; the first round warms both up and is not counted.
  const times: Record<'floor' | 'nearest' | 'voted', number[]> = { floor: [], nearest: [], voted: [] };
  for (const round of [0, 1]) {
    for (const row of asked) {
      const floorMs = timed(() => addPostings(sums, tables, row));
      const nearestMs = timed(() => askNearest(index, baskets, row));
      const votedMs = timed(() => countVotes(votes, askNearest(index, baskets, row), { baskets, grown: index.grown }));
      if (round === 0) continue;
      times.floor.push(floorMs);
      times.nearest.push(nearestMs);
      times.voted.push(votedMs);
    }
  }

  const knn = denseKnn(baskets);
  const knnMs = median(
    asked.slice(0, KNN_QUERIES).map((row) => timed(() => knn.tree.kdTree.nearest(knn.points[row], NEAREST))),
  );
  const [floor, nearest, voted] = [times.floor, times.nearest, times.voted].map(median);
  const lines = [
    `${customers} customers, ${PRODUCTS} products, ${baskets.item.length} pairs`,
    `  index built            ${builtMs.toFixed(0)} ms, postings ${megabytes(...tables.buyers.blocks)} MB, by customer ${megabytes(baskets)} MB`,
    `  plain adding, no top   ${floor.toFixed(3)} ms   1`,
    `  nearest ${NEAREST}            ${nearest.toFixed(3)} ms   ${(nearest / floor).toFixed(2)} x the plain adding, ml-knn takes ${(knnMs / nearest).toFixed(0)} x`,
    `  nearest and their vote ${voted.toFixed(3)} ms`,
    `  ml-knn, ${DIMENSIONS} dimensions  ${knnMs.toFixed(1)} ms   (${KNN_QUERIES} queries)`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The floor: the same postings added in the same order, and nothing else but clearing. */
function addPostings(sums: readonly Int32Array[], { baskets, buyers, weight }: NeighbourTables, row: number): void {
  for (let i = baskets.start[row * LEVELS]; i < baskets.start[(row + 1) * LEVELS]; i++) {
    const base = baskets.item[i] * LEVELS;
    for (let level = 0; level < LEVELS; level++) {
      const added = weight[base + level];
      for (let block = 0; block < sums.length; block++) {
        addSegment(sums[block], buyers.blocks[block], { segment: base + level, added });
      }
    }
  }
  for (const sum of sums) sum.fill(0);
}

function addSegment(sum: Int32Array, { start, item }: LevelledRows, of: { segment: number; added: number }): void {
  const { segment, added } = of;
  const end = start[segment + 1];
  for (let at = start[segment]; at < end; at++) sum[item[at]] += added;
}

function askNearest(index: SparseIndex, baskets: LevelledRows, row: number) {
  for (let level = 0; level < LEVELS; level++) {
    const end = baskets.start[row * LEVELS + level + 1];
    for (let i = baskets.start[row * LEVELS + level]; i < end; i++) index.add(baskets.item[i], level);
  }
  return index.finish(NEAREST, row);
}

/** Each customer has two to four of thirty tastes and 20 to 150 products, about 61; within a taste, popularity falls like Zipf's law. */
function inventShop(customers: number, chance: () => number): LevelledRows {
  const rows = new LevelledRowsBuilder(PRODUCTS);
  for (let customer = 0; customer < customers; customer++) {
    const tastes = Array.from({ length: 2 + Math.floor(chance() * 3) }, () => Math.floor(chance() * TASTES));
    const wanted = 20 + Math.floor(130 * chance() ** 2.2);
    const bought = new Set<number>();
    while (bought.size < wanted) {
      const rank = Math.floor((PRODUCTS / 2) ** chance()) - 1;
      const taste = chance() < 0.3 ? TASTES : tastes[Math.floor(chance() * tastes.length)];
      bought.add((rank * (taste === TASTES ? 1 : 7919 + 2 * taste) + taste * 641) % PRODUCTS);
    }
    for (const product of bought) rows.add(product, levelOfDays(1 + Math.floor(-Math.log(1 - chance()) * 1.3)));
    rows.endRow();
  }
  return rows.finish();
}

/** What one would do without an index of one's own: products folded into 64 numbers, rows of length one, a kd-tree. */
function denseKnn(baskets: LevelledRows): { tree: KNN; points: number[][] } {
  const points = Array.from({ length: baskets.rows }, (_, row) => {
    const point = Array.from({ length: DIMENSIONS }, () => 0);
    for (let i = baskets.start[row * LEVELS]; i < baskets.start[(row + 1) * LEVELS]; i++) {
      const hash = Math.imul(baskets.item[i] + 1, 0x9e3779b1) >>> 0;
      point[hash % DIMENSIONS] += hash & 0x8000_0000 ? 1 : -1;
    }
    const length = Math.hypot(...point) || 1;
    return point.map((x) => x / length);
  });
  return {
    tree: new KNN(
      points,
      points.map(() => 0),
      { k: NEAREST },
    ),
    points,
  };
}

/** A repeatable stand-in for chance (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function timed(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1];
}

function megabytes(...tables: readonly LevelledRows[]): string {
  return (tables.reduce((sum, { start, item }) => sum + start.byteLength + item.byteLength, 0) / 1e6).toFixed(1);
}
