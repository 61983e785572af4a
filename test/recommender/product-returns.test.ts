// How soon people come back for a product, by hand-worked numbers.
import { describe, expect, it } from 'vitest';
import { localDay } from '../../src/domain/calendar.ts';
import { countProducts } from '../../src/recommender/product-statistics.ts';
import { STRETCHES, stretchOf } from '../../src/recommender/product-returns.ts';
import { viewOf } from '../../src/recommender/purchase-view.ts';
import type { ShopClock } from '../../src/recommender/purchase-view.ts';
import { atOnce } from '../../src/recommender/steps.ts';
import { purchasesOf } from './small-shop.ts';
import type { Basket } from './small-shop.ts';

function statisticsOf(baskets: readonly Basket[], { today, clock }: { today: number; clock: ShopClock }) {
  const view = viewOf({ purchases: purchasesOf(baskets), lastDay: localDay(today), windowDays: 56, clock });
  return atOnce(countProducts(view, { sensitive: () => false, categoryOf: () => null }));
}

describe('how soon buyers come back', () => {
  it.each([
    ['visits', 1, 0],
    ['visits', 2, 1],
    ['visits', 5, 4],
    ['visits', 28, 8],
    ['visits', 29, 9],
    ['days', 0, 0],
    ['days', 3, 0],
    ['days', 4, 1],
    ['days', 84, 8],
    ['days', 1000, 9],
  ] as const)('waiting is told in stretches: %s %d', (unit, waited, stretch) => {
    expect(stretchOf(unit, waited)).toBe(stretch);
  });

  it('counts the waits that ended, and those that still last', () => {
    // Product 1 at visits 0, 1 and 3 of four: waits of 1 and 2 visits ended, none is open. Product 2 at visit 0 only: a wait of 3.
    const baskets: Basket[] = [
      [1, 100, [1, 2]],
      [1, 107, [1]],
      [1, 114, [3]],
      [1, 121, [1]],
    ];
    const { returns, products } = statisticsOf(baskets, { today: 121, clock: 'shop' });
    const { visits } = returns;
    // First visit of waiting: 1 return in 1 + 1 + 1 (product 2) + 1 (product 3); second: 1 in 1 + 1; third: none in 1.
    const [first, second] = [1 / 4, 1 / 2];
    expect(visits.shop[0]).toBeCloseTo(Math.log(first));
    expect(visits.shop[1]).toBeCloseTo(Math.log(second));
    expect(visits.shop[2]).toBeCloseTo(Math.log(1e-6));
    const row = products.rowOf(1);
    const pace = (2 + 3) / (2 * first + second + 3);
    expect(visits.pace[row]).toBeCloseTo(Math.log(pace));
    expect(visits.chance[row * STRETCHES]).toBeCloseTo(Math.log((1 + 30 * pace * first) / (2 + 30)));
  });

  it('takes two baskets of one day for no wait of days', () => {
    const { returns } = statisticsOf(
      [
        [1, 100, [1]],
        [1, 100, [1]],
      ],
      { today: 100, clock: 'shop' },
    );
    expect(returns.days.shop[0]).toBeCloseTo(Math.log(1e-6));
    expect(returns.visits.shop[0]).toBeCloseTo(0);
  });
});

describe('a trend', () => {
  const weekly = (customer: number, products: readonly number[]): Basket[] =>
    [0, 7, 14, 21, 28, 35, 42, 49].map((day): Basket => [customer, 100 + day, products]);
  const trend = (baskets: readonly Basket[], product: number) => {
    const { rhythms, products } = statisticsOf(baskets, { today: 150, clock: 'shop' });
    const row = products.rowOf(product);
    return Math.log(rhythms.popularity14[row] / rhythms.popularity[row]);
  };

  it('is none where a product is bought as always', () => {
    expect(trend(weekly(1, [1]), 1)).toBeCloseTo(0);
  });

  it('is not made by one sale, and is by many', () => {
    const one: Basket[] = [...weekly(1, [1]), [2, 149, [9]]];
    const many: Basket[] = [...weekly(1, [1]), ...Array.from({ length: 20 }, (_, i): Basket => [i + 2, 149, [9]])];
    // 1 of all 9 visits and of the 3 lately; 20 of 28 and of 22.
    expect(trend(one, 9)).toBeCloseTo(Math.log((1 + 3) / (3 / 9 + 3)));
    expect(trend(many, 9)).toBeCloseTo(Math.log((20 + 3) / ((22 * 20) / 28 + 3)));
    expect(trend(many, 1)).toBeLessThan(trend(weekly(1, [1]), 1));
  });
});

describe('a shop whose days only count baskets', () => {
  const baskets: Basket[] = [
    [1, 7, [1]],
    [1, 14, [2]],
    [2, 7, [1]],
    [2, 14, [1]],
    [2, 350, [1]],
  ];

  it('has no fashion by the calendar, for nobody came lately', () => {
    const { rhythms, products } = statisticsOf(baskets, { today: 700, clock: 'shop' });
    expect(rhythms.popularity28[products.rowOf(2)]).toBeCloseTo(rhythms.popularity[products.rowOf(2)]);
  });

  it('has bought lately by the clock of each customer', () => {
    const { rhythms, products } = statisticsOf(baskets, { today: 700, clock: 'own' });
    // Customer 1 is next expected on day 21, both visits lie within 28 days; customer 2 comes every 172 days: none does. So 1 of the 2
    // visits had it, and 1 of all 5: 1 purchase and the prior of 3, where 2 / 5 and 3 were to be expected.
    expect(rhythms.popularity28[products.rowOf(2)]).toBeCloseTo(((1 / 5) * (1 + 3)) / (2 / 5 + 3));
  });

  it('knows no later day by that clock than the one it is looked at', () => {
    const before = statisticsOf(baskets, { today: 20, clock: 'own' });
    const cut = statisticsOf(
      baskets.filter(([, day]) => day <= 20),
      { today: 20, clock: 'own' },
    );
    expect(before.rhythms.popularity).toEqual(cut.rhythms.popularity);
    expect(before.returns).toEqual(cut.returns);
  });
});
