// What buying one product says for or against buying another, the rest of the basket being known: EASE (Steck, WWW 2019).
//
//   X   customers × products, how regularly each buys each       G = XᵀX + λ I       P = G⁻¹
//   weight of i for j: -P[i][j] / P[j][j], none for itself
//
// Unlike plain likeness, a product that merely goes along with a third one gets nothing. Only the most-bought products take part:
// a full matrix of all would be larger than the machine.
import { BLOCK_ROWS, invertSymmetric } from '../symmetric-inverse.ts';
import { shareOf } from '../steps.ts';
import type { Steps } from '../steps.ts';
import { itemsFor } from './levelled-rows.ts';
import type { Items, LevelledRows } from './levelled-rows.ts';
import { LEVELS } from './levels.ts';
import { NearestHeap } from './nearest-heap.ts';
import { buyersOf } from './postings.ts';
import type { Postings } from './postings.ts';

/** 32 MB of matrix. */
const MOST_PRODUCTS = 2000;
/** Few customers can tell only few products apart: a small shop is done in no time. */
const PRODUCTS_A_CUSTOMER = 2;
/** λ, as a share of the customers. .1 to .3 tested, flat. */
const RIDGE_SHARE = 0.2;
/** Strongest weights kept of each product, for and against. */
export const MOST_KEPT = 128;
/** By level: ln(1 + days bought), of 1, 2, 3–4, 5 or more days. */
const AMOUNT: readonly number[] = [0.693, 1.099, 1.5, 2.08];
const [CUSTOMERS_A_STEP, PLACES_A_STEP] = [50, 20];

export type Ease = {
  /** Product row → its place among those that take part; -1: none. */
  readonly placeOf: Int16Array<ArrayBuffer>;
  /** MOST_KEPT a place: product rows and weights; a weight of 0 ends a list early. */
  readonly product: Items;
  readonly weight: Float32Array<ArrayBuffer>;
};

export function noEase(products: number): Ease {
  return { placeOf: new Int16Array(products).fill(-1), product: itemsFor(products, 0), weight: new Float32Array(0) };
}

/** One addition for every two taking part of every customer's products, then `places`³ / 2 multiplications. */
export function* findEase(baskets: LevelledRows, buyers: Postings): Steps<Ease> {
  const taking = mostBought(buyers, Math.min(MOST_PRODUCTS, baskets.rows * PRODUCTS_A_CUSTOMER));
  const places = taking.length;
  if (places < 2) return noEase(buyers.products);
  const placeOf = new Int16Array(buyers.products).fill(-1);
  for (let place = 0; place < places; place++) placeOf[taking[place]] = place;
  const size = Math.ceil(places / BLOCK_ROWS) * BLOCK_ROWS;
  const matrix = new Float64Array(size * size);
  for (let place = 0; place < size; place++) matrix[place * size + place] = RIDGE_SHARE * baskets.rows;
  yield* shareOf([0, 0.2], addTogether(baskets, placeOf, { matrix, size }));
  yield* shareOf([0.2, 0.9], invertSymmetric(matrix, size));
  const kept = yield* shareOf([0.9, 1], keepStrongest({ matrix, size }, taking, buyers.products));
  return { placeOf, ...kept };
}

/** Adds to each product what this one says for it, `amount` times. */
export function addEase(ease: Ease, of: { product: number; amount: number }, sum: Float64Array): void {
  const place = ease.placeOf[of.product];
  if (place < 0) return;
  const { product, weight } = ease;
  const end = (place + 1) * MOST_KEPT;
  for (let i = place * MOST_KEPT; i < end && weight[i] !== 0; i++) sum[product[i]] += of.amount * weight[i];
}

/** How much a product counts that was bought on so many days, by level. */
export function amountOf(level: number): number {
  return AMOUNT[level];
}

/** Product rows, ascending; among equally bought ones the lower row. */
function mostBought(buyers: Postings, most: number): Uint32Array {
  const best = new NearestHeap(most);
  best.clear(most);
  for (let row = 0; row < buyers.products; row++) {
    const count = buyersOf(buyers, row);
    if (count > 0) best.offer(row, count);
  }
  return best.row.slice(0, best.count).sort();
}

type Square = { readonly matrix: Float64Array; readonly size: number };

/** XᵀX, lower half. */
function* addTogether(baskets: LevelledRows, placeOf: Int16Array, { matrix, size }: Square): Steps<void> {
  let places = new Int16Array(256);
  let amounts = new Float64Array(256);
  for (let row = 0; row < baskets.rows; row++) {
    if (row % CUSTOMERS_A_STEP === 0) yield row / baskets.rows;
    const most = baskets.start[(row + 1) * LEVELS] - baskets.start[row * LEVELS];
    if (most > places.length) [places, amounts] = [new Int16Array(2 * most), new Float64Array(2 * most)];
    let count = 0;
    for (let level = 0; level < LEVELS; level++) {
      const end = baskets.start[row * LEVELS + level + 1];
      for (let i = baskets.start[row * LEVELS + level]; i < end; i++) {
        const place = placeOf[baskets.item[i]];
        if (place < 0) continue;
        places[count] = place;
        amounts[count++] = AMOUNT[level];
      }
    }
    for (let i = 0; i < count; i++) {
      for (let j = 0; j <= i; j++) {
        const at = places[i] > places[j] ? places[i] * size + places[j] : places[j] * size + places[i];
        matrix[at] += amounts[i] * amounts[j];
      }
    }
  }
}

function* keepStrongest(
  { matrix, size }: Square,
  taking: Uint32Array,
  products: number,
): Steps<Pick<Ease, 'product' | 'weight'>> {
  const places = taking.length;
  const product = itemsFor(products, places * MOST_KEPT);
  const weight = new Float32Array(places * MOST_KEPT);
  const strongest = new NearestHeap(MOST_KEPT);
  const weightOf = (place: number, other: number) => {
    const at = place < other ? place * size + other : other * size + place;
    return -matrix[at] / matrix[other * size + other];
  };
  for (let place = 0; place < places; place++) {
    if (place % PLACES_A_STEP === 0) yield place / places;
    strongest.clear(MOST_KEPT);
    let threshold = 0;
    for (let other = 0; other < places; other++) {
      const strength = Math.abs(weightOf(place, other));
      if (other !== place && strength > threshold) threshold = strongest.offer(other, strength);
    }
    strongest.sort();
    for (let i = 0; i < strongest.count; i++) {
      product[place * MOST_KEPT + i] = taking[strongest.row[i]];
      weight[place * MOST_KEPT + i] = weightOf(place, strongest.row[i]);
    }
  }
  return { product, weight };
}
