// Which products are bought by the same customers: for each the 64 most alike, by cosine drawn towards none where buyers are few.
import type { Steps } from '../steps.ts';
import { itemsFor } from './levelled-rows.ts';
import type { Items, LevelledRows } from './levelled-rows.ts';
import { LEVELS } from './levels.ts';
import { NearestHeap } from './nearest-heap.ts';
import { BLOCK_CUSTOMERS, buyersOf } from './postings.ts';
import type { Postings } from './postings.ts';

/** 32 to 128 tested: more lengthen the model file and change nothing. */
export const MOST_ALIKE = 64;
/** Buyers' worth of unlikeness: two products that three people share are not alike yet. */
const SHRINKAGE = 10;
/** Customers looked at a product: the likeness of what very many buy needs no more of them. */
const MOST_BUYERS = 20_000;
const PRODUCTS_A_STEP = 16;

export type ItemLikeness = {
  /** Product × list; a likeness of 0 ends a list early. */
  readonly product: Items;
  readonly likeness: Float32Array<ArrayBuffer>;
};

export function noLikeness(products: number): ItemLikeness {
  return { product: itemsFor(products, products * MOST_ALIKE), likeness: new Float32Array(products * MOST_ALIKE) };
}

/** One addition for every two products of every customer: 100,000 customers with 61 products come to 370 million. */
export function* findLikeness(baskets: LevelledRows, buyers: Postings): Steps<ItemLikeness> {
  const { products } = buyers;
  const found = noLikeness(products);
  const shared = new Float64Array(products);
  const best = new NearestHeap(MOST_ALIKE);
  const buyersOfAll = Uint32Array.from({ length: products }, (_, product) => buyersOf(buyers, product));
  let work = 0;
  for (let product = 0; product < products; product++) {
    const count = buyersOfAll[product];
    const step = Math.max(1, Math.ceil(count / MOST_BUYERS));
    let next = 0;
    for (const [block, { start, item }] of buyers.blocks.entries()) {
      const from = start[product * LEVELS];
      const length = start[(product + 1) * LEVELS] - from;
      for (; next < length; next += step) {
        const customer = block * BLOCK_CUSTOMERS + item[from + next];
        const end = baskets.start[(customer + 1) * LEVELS];
        for (let at = baskets.start[customer * LEVELS]; at < end; at++) shared[baskets.item[at]] += step;
        work += end - baskets.start[customer * LEVELS];
      }
      next -= length;
    }
    best.clear(MOST_ALIKE);
    let threshold = 0;
    for (let other = 0; other < products; other++) {
      if (shared[other] === 0 || other === product) continue;
      const likeness = shared[other] / (Math.sqrt(count * buyersOfAll[other]) + SHRINKAGE);
      if (likeness > threshold) threshold = best.offer(other, likeness);
    }
    shared.fill(0);
    best.sort();
    found.product.set(best.row.subarray(0, best.count), product * MOST_ALIKE);
    found.likeness.set(best.score.subarray(0, best.count), product * MOST_ALIKE);
    if (product % PRODUCTS_A_STEP === 0 || work > 2_000_000) {
      work = 0;
      yield product / products;
    }
  }
  return found;
}

/** Adds to each product how alike it is to this one, `weight` times. */
export function addAlike(
  { product, likeness }: ItemLikeness,
  of: { product: number; weight: number },
  sum: Float64Array,
): void {
  const end = (of.product + 1) * MOST_ALIKE;
  for (let i = of.product * MOST_ALIKE; i < end && likeness[i] > 0; i++) sum[product[i]] += of.weight * likeness[i];
}
