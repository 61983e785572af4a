// The shop's categories as numbers by product row, and what is sold in each.
import type { ProductId } from '../domain/ids.ts';
import { productId } from '../domain/ids.ts';
import type { IdRows } from './id-rows.ts';

export type Categories = {
  /** By product row; -1: of none, or of a sensitive class. */
  readonly of: Int16Array;
  /** Purchases a visit of anybody, and products in each category. */
  readonly popularity: Float32Array;
  readonly products: Float32Array;
};

const MOST_CATEGORIES = 32_000;

export function sortIntoCategories(given: {
  products: IdRows;
  sensitive: Uint8Array;
  categoryOf: (product: ProductId) => string | null;
  popularity: Float32Array;
}): Categories {
  const { products, sensitive, categoryOf } = given;
  const number = new Map<string, number>();
  const of = new Int16Array(products.length).fill(-1);
  for (let row = 0; row < products.length; row++) {
    const name = sensitive[row] === 1 ? null : categoryOf(productId(products.ids[row]));
    if (name === null || number.size >= MOST_CATEGORIES) continue;
    const known = number.get(name) ?? number.size;
    number.set(name, known);
    of[row] = known;
  }
  const popularity = new Float32Array(number.size);
  const count = new Float32Array(number.size);
  for (let row = 0; row < products.length; row++) {
    if (of[row] < 0) continue;
    popularity[of[row]] += given.popularity[row];
    count[of[row]]++;
  }
  return { of, popularity, products: count };
}
