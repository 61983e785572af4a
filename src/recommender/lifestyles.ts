// Lifestyles: groups of customers who spread their purchases over the categories alike; a customer with few purchases is
// placed in one of them, and offered what it buys again and again.
import KNN from 'ml-knn';
import type { ProductId } from '../domain/ids.ts';
import { productId } from '../domain/ids.ts';
import { findGroups, nearestGroup, squaredDistance } from './k-means.ts';
import type { Groups } from './k-means.ts';
import { LEVELS } from './neighbours/levels.ts';
import type { LevelledRows } from './neighbours/levelled-rows.ts';
import { NearestHeap } from './neighbours/nearest-heap.ts';
import { repeatShare } from './popular.ts';
import type { ProductStatistics } from './product-statistics.ts';
import { shareOf } from './steps.ts';
import type { Steps } from './steps.ts';

/** As many as Tesco's first segmentation had; fewer where there are not 40 customers for each. */
const MOST_LIFESTYLES = 27;
const CUSTOMERS_PER_LIFESTYLE = 40;
const MOST_CATEGORIES = 32;
/** Customers who are grouped: more of them cost time and move no centre. */
const MOST_GROUPED = 4000;
/** Typical customers of each lifestyle whom a newcomer is compared with: 27 × 16 keep ml-knn, which visits them all, below a millisecond. */
const TYPICAL_CUSTOMERS = 16;
const NEAREST_TYPICAL = 9;
const LIST_LENGTH = 64;
/**
 * Customers' worth of the shop's own share added to each lifestyle's. 20 to 1,000 tested: with 20 the list is worse than the shop's,
 * with 1,000 it is the shop's (bench/lifestyles.ts).
 */
const PRIOR_CUSTOMERS = 100;

export type Lifestyles = {
  readonly count: number;
  /** Categories that are told apart. */
  readonly dimensions: number;
  /** By product row: its dimension, or -1. */
  readonly dimensionOf: Int16Array<ArrayBuffer>;
  /** The typical customers: who, of which lifestyle, and how their purchases spread (rows of `dimensions`). */
  readonly typicalCustomer: Int32Array<ArrayBuffer>;
  readonly typicalLifestyle: Uint8Array<ArrayBuffer>;
  readonly typicalSpread: Float64Array<ArrayBuffer>;
  /** Lifestyle × list: product rows, and the share of its customers who buy them again; a share of 0 ends a list early. */
  readonly listProduct: Uint32Array<ArrayBuffer>;
  readonly listShare: Float64Array<ArrayBuffer>;
};

export function noLifestyles(products: number): Lifestyles {
  return {
    count: 0,
    dimensions: 0,
    dimensionOf: new Int16Array(products).fill(-1),
    typicalCustomer: new Int32Array(0),
    typicalLifestyle: new Uint8Array(0),
    typicalSpread: new Float64Array(0),
    listProduct: new Uint32Array(0),
    listShare: new Float64Array(0),
  };
}

/** Without categories, or with too few customers, there are none. */
export function* findLifestyles(given: {
  customers: Int32Array;
  baskets: LevelledRows;
  statistics: ProductStatistics;
  categoryOf: (product: ProductId) => string | null;
}): Steps<Lifestyles> {
  const { baskets, statistics } = given;
  const { dimensionOf, dimensions } = commonCategories(statistics, given.categoryOf);
  const step = Math.max(1, Math.ceil(baskets.rows / MOST_GROUPED));
  const grouped = Uint32Array.from({ length: Math.floor(baskets.rows / step) }, (_, i) => i * step);
  const count = Math.min(MOST_LIFESTYLES, Math.floor(grouped.length / CUSTOMERS_PER_LIFESTYLE));
  if (count < 2 || dimensions < 2) return noLifestyles(statistics.products.length);

  const points = new Float64Array(grouped.length * dimensions);
  grouped.forEach((row, i) =>
    spreadOfRow(baskets, row, dimensionOf, points.subarray(i * dimensions, (i + 1) * dimensions)),
  );
  const groups = yield* shareOf([0, 0.5], findGroups({ points, dimensions, groups: count }));
  const lists = yield* shareOf([0.5, 1], boughtAgain({ baskets, statistics, dimensionOf, groups, count, dimensions }));
  const typical = typicalPoints(points, dimensions, groups, count);
  return {
    count,
    dimensions,
    dimensionOf,
    typicalCustomer: Int32Array.from(typical, (i) => given.customers[grouped[i]]),
    typicalLifestyle: Uint8Array.from(typical, (i) => groups.group[i]),
    typicalSpread: Float64Array.from(
      typical.flatMap((i) => [...points.subarray(i * dimensions, (i + 1) * dimensions)]),
    ),
    ...lists,
  };
}

/** Places customers among the typical ones by the vote of the nearest (ml-knn). */
export class LifestyleClassifier {
  readonly #lifestyles: Lifestyles;
  readonly #knn: KNN | null;
  readonly #spread: Float64Array;

  constructor(lifestyles: Lifestyles) {
    this.#lifestyles = lifestyles;
    const { dimensions, typicalSpread, typicalLifestyle } = lifestyles;
    this.#spread = new Float64Array(dimensions);
    const rows = Array.from(typicalLifestyle, (_, i) => [
      ...typicalSpread.subarray(i * dimensions, (i + 1) * dimensions),
    ]);
    this.#knn = rows.length === 0 ? null : new KNN(rows, [...typicalLifestyle], { k: NEAREST_TYPICAL });
  }

  /** -1 where there are no lifestyles, or none of these products is in a common category. */
  place(productRows: Iterable<number>): number {
    this.#spread.fill(0);
    for (const row of productRows) {
      const dimension = this.#lifestyles.dimensionOf[row];
      if (dimension >= 0) this.#spread[dimension]++;
    }
    return this.#knn !== null && toSpread(this.#spread) ? this.#knn.predict([...this.#spread]) : -1;
  }

  /** What so large a share of the lifestyle's customers buys again, the largest first, as far as it `isOpen`. */
  listOf(lifestyle: number, isOpen: (row: number) => boolean): { readonly row: number; readonly share: number }[] {
    const { listProduct, listShare } = this.#lifestyles;
    const list: { row: number; share: number }[] = [];
    const end = (lifestyle + 1) * LIST_LENGTH;
    for (let i = lifestyle * LIST_LENGTH; i < end && listShare[i] > 0; i++) {
      if (isOpen(listProduct[i])) list.push({ row: listProduct[i], share: listShare[i] });
    }
    return list;
  }
}

/** Square roots of shares: plain distance between them then is Hellinger's, in which a large category does not drown the rest. */
function toSpread(amounts: Float64Array): boolean {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  if (sum === 0) return false;
  for (let i = 0; i < amounts.length; i++) amounts[i] = Math.sqrt(amounts[i] / sum);
  return true;
}

function spreadOfRow(baskets: LevelledRows, row: number, dimensionOf: Int16Array, spread: Float64Array): void {
  spread.fill(0);
  for (let i = baskets.start[row * LEVELS]; i < baskets.start[(row + 1) * LEVELS]; i++) {
    const dimension = dimensionOf[baskets.item[i]];
    if (dimension >= 0) spread[dimension]++;
  }
  toSpread(spread);
}

function commonCategories(statistics: ProductStatistics, categoryOf: (product: ProductId) => string | null) {
  const buyers = new Map<string, number>();
  const categories = Array.from(statistics.products.ids, (id, row) =>
    statistics.sensitive[row] === 1 ? null : categoryOf(productId(id)),
  );
  categories.forEach((category, row) => {
    if (category !== null) buyers.set(category, (buyers.get(category) ?? 0) + statistics.buyers[row]);
  });
  const common = [...buyers]
    .sort(([nameA, a], [nameB, b]) => b - a || (nameA < nameB ? -1 : 1))
    .slice(0, MOST_CATEGORIES);
  const dimensionOfCategory = new Map(common.map(([name], dimension) => [name, dimension]));
  return {
    dimensions: common.length,
    dimensionOf: Int16Array.from(categories, (category) => dimensionOfCategory.get(category ?? '') ?? -1),
  };
}

/** The points nearest to each group's centre. */
function typicalPoints(points: Float64Array, dimensions: number, { group, centre }: Groups, count: number): number[] {
  const distance = Float64Array.from(group, (of, i) =>
    squaredDistance(points.subarray(i * dimensions, (i + 1) * dimensions), centre, of * dimensions),
  );
  const members = Array.from({ length: count }, (): number[] => []);
  group.forEach((of, i) => members[of].push(i));
  return members.flatMap((of) => of.sort((a, b) => distance[a] - distance[b] || a - b).slice(0, TYPICAL_CUSTOMERS));
}

/** All customers, not only the grouped ones, say what their lifestyle buys on two days or more. */
function* boughtAgain(given: {
  baskets: LevelledRows;
  statistics: ProductStatistics;
  dimensionOf: Int16Array;
  groups: Groups;
  count: number;
  dimensions: number;
}): Steps<Pick<Lifestyles, 'listProduct' | 'listShare'>> {
  const { baskets, statistics, count } = given;
  const products = statistics.products.length;
  const again = new Uint32Array(count * products);
  const members = new Uint32Array(count);
  const spread = new Float64Array(given.dimensions);
  for (let row = 0; row < baskets.rows; row++) {
    if (row % 1000 === 0) yield row / baskets.rows;
    spreadOfRow(baskets, row, given.dimensionOf, spread);
    const lifestyle = nearestGroup(spread, given.groups.centre);
    members[lifestyle]++;
    const end = baskets.start[(row + 1) * LEVELS];
    for (let i = baskets.start[row * LEVELS + 1]; i < end; i++) again[lifestyle * products + baskets.item[i]]++;
  }
  const listProduct = new Uint32Array(count * LIST_LENGTH);
  const listShare = new Float64Array(count * LIST_LENGTH);
  const best = new NearestHeap(LIST_LENGTH);
  for (let lifestyle = 0; lifestyle < count; lifestyle++) {
    best.clear(LIST_LENGTH);
    for (let product = 0; product < products; product++) {
      const prior = PRIOR_CUSTOMERS * repeatShare(statistics, product);
      const share = (again[lifestyle * products + product] + prior) / (members[lifestyle] + PRIOR_CUSTOMERS);
      if (share > 0) best.offer(product, share);
    }
    best.sort();
    listProduct.set(best.row.subarray(0, best.count), lifestyle * LIST_LENGTH);
    listShare.set(best.score.subarray(0, best.count), lifestyle * LIST_LENGTH);
  }
  return { listProduct, listShare };
}
