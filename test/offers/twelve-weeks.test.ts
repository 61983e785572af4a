// Twelve weekly strips of the same customers, ranked by a real model: never the same strip again and again.
import { describe, expect, it } from 'vitest';
import { addDays, instant, localDay } from '../../src/domain/calendar.ts';
import { customerId, type ProductId } from '../../src/domain/ids.ts';
import type { PurchaseTable } from '../../src/domain/purchases.ts';
import type { RecentOffer } from '../../src/offers/variety.ts';
import { createRecommender } from '../../src/recommender/recommender.ts';
import { trainAtOnce } from '../../src/recommender/train.ts';
import { choose } from './small-shop.ts';

const LAST = 20_100;
const CUSTOMERS = 40;
const PRODUCTS = 80;

/** Everybody buys about half of twenty own products a week; each product is somebody's. */
function purchases(untilDay: number): PurchaseTable {
  const lines: { customer: number; day: number; product: number }[] = [];
  for (let customer = 1; customer <= CUSTOMERS; customer++) {
    for (let day = LAST - 150 + (customer % 7); day < untilDay; day += 7) {
      for (let i = 0; i < 20; i++) {
        if ((customer * 7 + day * 3 + i * 5) % (2 + (i % 5)) !== 0) continue;
        lines.push({ customer, day, product: 1 + ((customer * 3 + i * 4) % PRODUCTS) });
      }
    }
  }
  lines.sort((a, b) => a.customer - b.customer || a.day - b.day || a.product - b.product);
  return {
    count: lines.length,
    customer: Int32Array.from(lines, ({ customer }) => customer),
    day: Int32Array.from(lines, ({ day }) => day),
    basket: Int32Array.from(lines, ({ customer, day }) => customer * 100_000 + day),
    product: Int32Array.from(lines, ({ product }) => product),
    quantityMilli: new Int32Array(lines.length).fill(1000),
  };
}

describe('over twelve weekly visits', () => {
  const firstWeek = LAST - 84;
  const recommender = createRecommender(
    trainAtOnce({
      purchases: purchases(firstWeek),
      asOf: instant(firstWeek * 86_400_000),
      asOfDay: localDay(firstWeek),
      memoryDays: 56,
      windowDays: 56,
      shipped: null,
      sensitive: () => false,
      categoryOf: (product) => `category ${product}`,
    }),
  );

  it.each([1, 2, 9, 24, 40])('customer %i never gets more than a third of the last strip again', (customer) => {
    const all = purchases(LAST);
    const recent: RecentOffer[] = [];
    const seen = new Set<ProductId>();
    let before: ReadonlySet<ProductId> = new Set();
    for (let week = 0; week < 12; week++) {
      const today = addDays(localDay(firstWeek), week * 7);
      const lines = [...all.customer.keys()].filter((i) => all.customer[i] === customer && all.day[i] < today);
      const pick = (column: Int32Array) => Int32Array.from(lines, (i) => column[i]);
      const history = {
        count: lines.length,
        customer: pick(all.customer),
        day: pick(all.day),
        basket: pick(all.basket),
        product: pick(all.product),
        quantityMilli: pick(all.quantityMilli),
      };
      const ranking = recommender.rank({
        customer: customerId(customer),
        history,
        today,
        windowDays: 56,
        listLength: 60,
      });
      const six = choose({ ranking, recent, today }).offers.map(({ product }) => product.id);
      expect(six.length).toBeGreaterThanOrEqual(4);
      expect(six.filter((product) => before.has(product)).length).toBeLessThanOrEqual(2);
      before = new Set(six);
      for (const product of six) {
        recent.push({ product, day: today });
        seen.add(product);
      }
    }
    expect(seen.size).toBeGreaterThan(12);
  });
});
