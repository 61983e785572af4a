// The nearest customers by exact cosine over sparse product vectors, through an inverted index.
//
//   query  product p, weight q ──> for each level of p: all customers who bought it so often, sum += q × weight(p, level)
//   sums   ──> × 1 / |customer| ──> best k
//
// Cost: one addition per posting of the query's products (100,000 customers, 61 products: about 240,000) and one
// multiplication per customer; k does not show. Weights are whole numbers, so a sum is exact and does not depend on the
// order of adding. Bounds that skip customers (WAND and its kin) gain nothing: nearly every customer survives them.
import { LEVEL_WEIGHTS, LEVELS, MAX_WEIGHT } from './levels.ts';
import { atOnce, shareOf } from '../steps.ts';
import type { Steps } from '../steps.ts';
import type { LevelledRows, RowsAtHand } from './levelled-rows.ts';
import { NearestHeap } from './nearest-heap.ts';
import { blocksOf, buyersOf, turnRound } from './postings.ts';
import type { Postings } from './postings.ts';

/** 255 × 255 × this stays below 2³¹; what comes after them is left out. */
const MAX_QUERY_PRODUCTS = 32_768;

/** The rarity of a product, ln(1 + customers / buyers), to this power. 0 to 2 tested: 1 lets rare products decide, 0 the common ones. */
const RARITY_POWER = 0.5;

/** What questions are answered from. */
export type IndexTables = {
  readonly buyers: Postings;
  /** Product row × LEVELS: 0 to 255; 0 where nobody bought it. */
  readonly weight: Uint8Array<ArrayBuffer>;
  /** 1 / length of each customer's vector; 0 for an empty one, which is nobody's neighbour. */
  readonly inverseNorm: Float64Array<ArrayBuffer>;
};

/** What is stored in the model file; everything else is derived from it. At a till the baskets stay in the file. */
export type NeighbourTables<Baskets extends RowsAtHand = LevelledRows> = IndexTables & {
  /** Customer row → product rows. */
  readonly baskets: Baskets;
};

/** Inverts the customers' rows and weighs each product by how few customers buy it. */
export function buildNeighbourTables(baskets: LevelledRows): NeighbourTables {
  return atOnce(neighbourTables(baskets));
}

/** The same in steps. */
export function* neighbourTables(baskets: LevelledRows): Steps<NeighbourTables> {
  const buyers = yield* shareOf([0, 0.9], turnRound(baskets));
  const weight = new Uint8Array(baskets.columns * LEVELS);
  const heaviest = Math.log(1 + baskets.rows) ** RARITY_POWER * LEVEL_WEIGHTS[LEVELS - 1];
  for (let product = 0; product < baskets.columns; product++) {
    const count = buyersOf(buyers, product);
    if (count === 0) continue;
    const rarity = Math.log(1 + baskets.rows / count) ** RARITY_POWER;
    for (let level = 0; level < LEVELS; level++) {
      weight[product * LEVELS + level] = Math.max(
        1,
        Math.round((MAX_WEIGHT * rarity * LEVEL_WEIGHTS[level]) / heaviest),
      );
    }
  }
  yield 0.9;
  return { baskets, buyers, weight, inverseNorm: inverseNorms(baskets, weight) };
}

/** What a customer bought, where the day has changed it: products and their levels. */
export type GrownRow = { readonly product: Uint32Array<ArrayBuffer>; readonly level: Uint8Array<ArrayBuffer> };

/** New customers for whom room is made at once. */
const GROWTH_ROOM = 1024;

export class SparseIndex {
  readonly #tables: IndexTables;
  /** By row; longer than the tables where the day brought new customers. */
  #sum: Int32Array<ArrayBuffer>;
  /** Windows on it, one a block of the tables. */
  #sums: readonly Int32Array<ArrayBuffer>[];
  #inverseNorm: Float64Array<ArrayBuffer>;
  #rows: number;
  /** Weight of each asked product; kept only while there are grown rows to compare with. */
  readonly #askedWeight: Uint8Array<ArrayBuffer>;
  readonly #askedProducts: number[] = [];
  readonly #grown = new Map<number, GrownRow>();
  readonly #nearest: NearestHeap;
  #squares = 0;
  #asked = 0;

  constructor(tables: IndexTables, mostNeighbours: number) {
    this.#tables = tables;
    this.#rows = tables.buyers.customers;
    this.#sum = new Int32Array(this.#rows);
    this.#sums = windowsOf(this.#sum, tables.buyers);
    this.#inverseNorm = tables.inverseNorm;
    this.#askedWeight = new Uint8Array(tables.buyers.products);
    this.#nearest = new NearestHeap(mostNeighbours);
  }

  /** Rows that the day has changed or added; their vectors are here and no longer in the tables. */
  get grown(): ReadonlyMap<number, GrownRow> {
    return this.#grown;
  }

  /**
   * The customer's vector as it is now, without rebuilding anything: a small table beside the large one, compared with in full at
   * each question (a thousand grown customers cost some 60,000 additions) and built in at night.
   * @param row of the tables or of an earlier growth; -1: a customer who had none
   * @returns the customer's row from now on
   */
  grow(row: number, products: readonly { readonly product: number; readonly level: number }[]): number {
    const { weight, inverseNorm } = this.#tables;
    const at = row < 0 ? this.#rows++ : row;
    if (this.#inverseNorm === inverseNorm || at >= this.#sum.length) this.#lengthen(at + 1);
    let squares = 0;
    for (const { product, level } of products) squares += weight[product * LEVELS + level] ** 2;
    this.#inverseNorm[at] = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    this.#grown.set(at, {
      product: Uint32Array.from(products, ({ product }) => product),
      level: Uint8Array.from(products, ({ level }) => level),
    });
    return at;
  }

  #lengthen(least: number): void {
    const length = Math.max(least, this.#sum.length + GROWTH_ROOM);
    this.#sum = new Int32Array(length);
    this.#sums = windowsOf(this.#sum, this.#tables.buyers);
    const inverseNorm = new Float64Array(length);
    inverseNorm.set(this.#inverseNorm);
    this.#inverseNorm = inverseNorm;
  }

  /** Adds one product of the customer who is asked about. Products nobody else bought lengthen nothing: no one can share them. */
  add(product: number, level: number): void {
    const { buyers, weight } = this.#tables;
    const base = product * LEVELS;
    const asked = weight[base + level];
    if (asked === 0 || this.#asked === MAX_QUERY_PRODUCTS) return;
    this.#asked++;
    this.#squares += asked * asked;
    if (this.#grown.size > 0) {
      this.#askedWeight[product] = asked;
      this.#askedProducts.push(product);
    }
    for (let block = 0; block < this.#sums.length; block++) {
      for (let of = 0; of < LEVELS; of++) {
        accumulate(this.#sums[block], buyers.blocks[block], base + of, asked * weight[base + of]);
      }
    }
  }

  /**
   * The nearest of all customers to what was added, best first, cosine in `score`; then forgets what was added.
   * The answer is overwritten by the next question.
   * @param except the asking customer's own row, or -1
   */
  finish(k: number, except: number): NearestHeap {
    const sum = this.#sum;
    const nearest = this.#nearest;
    const inverseNorm = this.#inverseNorm;
    nearest.clear(k);
    if (this.#grown.size > 0) this.#compareGrown();
    if (except >= 0) sum[except] = 0;
    const rows = this.#rows;
    let threshold = 0;
    for (let row = 0; (row = nextAbove(threshold, { sum, inverseNorm, row, rows })) < rows; row++) {
      threshold = nearest.offer(row, sum[row] * inverseNorm[row]);
    }
    sum.fill(0);
    nearest.sort();
    const scale = this.#squares > 0 ? 1 / Math.sqrt(this.#squares) : 0;
    for (let place = 0; place < nearest.count; place++) nearest.score[place] *= scale;
    this.#squares = this.#asked = 0;
    return nearest;
  }

  /** What the tables say of a grown row is out of date: its sum is made anew. */
  #compareGrown(): void {
    const { weight } = this.#tables;
    for (const [row, { product, level }] of this.#grown) {
      let sum = 0;
      for (let i = 0; i < product.length; i++)
        sum += this.#askedWeight[product[i]] * weight[product[i] * LEVELS + level[i]];
      this.#sum[row] = sum;
    }
    for (const product of this.#askedProducts) this.#askedWeight[product] = 0;
    this.#askedProducts.length = 0;
  }
}

function windowsOf(sum: Int32Array<ArrayBuffer>, { customers }: Postings): readonly Int32Array<ArrayBuffer>[] {
  return blocksOf(customers).map(({ from, to }) => sum.subarray(from, to));
}

/** Eight at a turn take three quarters of the time of one at a turn (V8 does not unroll a loop). */
function accumulate(sum: Int32Array, buyers: LevelledRows, segment: number, weight: number): void {
  const item = buyers.item;
  const end = buyers.start[segment + 1];
  let i = buyers.start[segment];
  for (; i + 8 <= end; i += 8) {
    sum[item[i]] += weight;
    sum[item[i + 1]] += weight;
    sum[item[i + 2]] += weight;
    sum[item[i + 3]] += weight;
    sum[item[i + 4]] += weight;
    sum[item[i + 5]] += weight;
    sum[item[i + 6]] += weight;
    sum[item[i + 7]] += weight;
  }
  for (; i < end; i++) sum[item[i]] += weight;
}

type Scores = {
  readonly sum: Int32Array;
  readonly inverseNorm: Float64Array;
  readonly row: number;
  readonly rows: number;
};

/** The first row from `row` on whose score is above; `rows` where there is none. A loop of its own: a third of the time. */
function nextAbove(threshold: number, { sum, inverseNorm, row, rows }: Scores): number {
  let next = row;
  while (next < rows && !(sum[next] * inverseNorm[next] > threshold)) next++;
  return next;
}

function inverseNorms(baskets: LevelledRows, weight: Uint8Array): Float64Array<ArrayBuffer> {
  const inverse = new Float64Array(baskets.rows);
  for (let row = 0; row < baskets.rows; row++) {
    let squares = 0;
    for (let level = 0; level < LEVELS; level++) {
      const end = baskets.start[row * LEVELS + level + 1];
      for (let i = baskets.start[row * LEVELS + level]; i < end; i++) {
        squares += weight[baskets.item[i] * LEVELS + level] ** 2;
      }
    }
    inverse[row] = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  }
  return inverse;
}
