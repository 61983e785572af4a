// An invented shop of any size as the recommender's table: tastes, regular products, and visits over 56 days.
import type { PurchaseTable } from '../src/domain/purchases.ts';

export const PRODUCTS = 20_000;
export const LAST_DAY = 20_780;
const DAYS = 56;
const TASTES = 30;
const LINES_A_CUSTOMER = 90;

/** Customers 1 to `customers`, products 1 to 20,000; about 88 lines a customer, 61 products in all. The same every time. */
export function inventPurchases(customers: number): PurchaseTable {
  const chance = sequence(customers);
  const room = customers * LINES_A_CUSTOMER;
  const table = {
    customer: new Int32Array(room),
    day: new Int32Array(room),
    basket: new Int32Array(room),
    product: new Int32Array(room),
    quantityMilli: new Int32Array(room).fill(1000),
  };
  let count = 0;
  let basket = 0;
  for (let customer = 1; customer <= customers; customer++) {
    const tastes = Array.from({ length: 3 }, () => Math.floor(chance() * TASTES));
    const usual = Array.from({ length: 6 + Math.floor(chance() * 8) }, () => productBy(chance, tastes));
    const visits = 4 + Math.floor(chance() * 12);
    for (let visit = 0; visit < visits; visit++) {
      const day = LAST_DAY - DAYS + 1 + Math.floor(((visit + chance()) * DAYS) / visits);
      const bought = new Set<number>();
      for (const product of usual) if (chance() < 0.3) bought.add(product);
      const wanted = bought.size + 2 + Math.floor(chance() * 9);
      while (bought.size < wanted) bought.add(productBy(chance, tastes));
      basket++;
      for (const product of [...bought].sort((a, b) => a - b)) {
        if (count === room) break;
        table.customer[count] = customer;
        table.day[count] = Math.min(day, LAST_DAY);
        table.basket[count] = basket;
        table.product[count++] = product;
      }
    }
  }
  return { count, ...table };
}

/** Two in three within a taste, the rest of what everybody buys; within both, popularity falls like Zipf's law. */
function productBy(chance: () => number, tastes: readonly number[]): number {
  const rank = Math.floor((PRODUCTS / 2) ** chance()) - 1;
  const taste = chance() < 0.3 ? TASTES : (tastes[Math.floor(chance() * tastes.length)] ?? 0);
  return 1 + ((rank * (taste === TASTES ? 1 : 7919 + 2 * taste) + taste * 641) % PRODUCTS);
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
