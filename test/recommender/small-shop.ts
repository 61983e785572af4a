// Purchases written as a shopkeeper would tell them, and a small invented shop of two tastes.
import { instant, localDay } from '../../src/domain/calendar.ts';
import type { PurchaseTable } from '../../src/domain/purchases.ts';
import type { TrainingInput } from '../../src/recommender/train.ts';

/** [customer, day, products of one basket] */
export type Basket = readonly [customer: number, day: number, products: readonly number[]];

export function purchasesOf(baskets: readonly Basket[]): PurchaseTable {
  const lines = baskets
    .flatMap(([customer, day, products], i) => products.map((product) => ({ customer, day, basket: i + 1, product })))
    .sort((a, b) => a.customer - b.customer || a.day - b.day || a.basket - b.basket || a.product - b.product);
  return {
    count: lines.length,
    customer: Int32Array.from(lines, (line) => line.customer),
    day: Int32Array.from(lines, (line) => line.day),
    basket: Int32Array.from(lines, (line) => line.basket),
    product: Int32Array.from(lines, (line) => line.product),
    quantityMilli: new Int32Array(lines.length).fill(1000),
  };
}

export function trainingOf(purchases: PurchaseTable, asOfDay: number): TrainingInput {
  return {
    purchases,
    asOf: instant(asOfDay * 86_400_000),
    asOfDay: localDay(asOfDay),
    memoryDays: 56,
    windowDays: 56,
    shipped: null,
    sensitive: () => false,
    categoryOf: (product) => (product < 200 ? 'meat' : 'greens'),
  };
}

export const TODAY = 20_056;
export const MEAT = [101, 102, 103, 104, 105, 106];
export const GREENS = [201, 202, 203, 204, 205, 206];

/**
 * 120 customers over 56 days, each every four days. Even customers buy meat, odd ones greens; each leaves out one product of the
 * own kind, and buys the first of it at every visit, the others in turn. Product 1 is bought once by everybody.
 */
export function twoTastes(): Basket[] {
  const baskets: Basket[] = [];
  for (let customer = 1; customer <= 120; customer++) {
    const kind = customer % 2 === 0 ? MEAT : GREENS;
    const own = kind.filter((_, i) => i !== 1 + (Math.floor(customer / 2) % 5));
    for (let visit = 0; visit < 14; visit++) {
      const day = TODAY - 55 + visit * 4 + (customer % 4);
      baskets.push([customer, day, visit === 3 ? [1, own[0]] : [own[0], own[1 + (visit % 4)]]]);
    }
  }
  return baskets;
}
