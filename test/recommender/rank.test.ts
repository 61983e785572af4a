import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localDay } from '../../src/domain/calendar.ts';
import { customerId } from '../../src/domain/ids.ts';
import { NO_PURCHASES } from '../../src/domain/purchases.ts';
import type { PurchaseTable } from '../../src/domain/purchases.ts';
import { createRecommender } from '../../src/recommender/recommender.ts';
import { trainAtOnce } from '../../src/recommender/train.ts';
import { GREENS, MEAT, purchasesOf, TODAY, trainingOf, twoTastes } from './small-shop.ts';
import type { Basket } from './small-shop.ts';

const model = trainAtOnce(trainingOf(purchasesOf(twoTastes()), TODAY));
const recommender = createRecommender(model);

function asking(customer: number | null, history: PurchaseTable) {
  return {
    customer: customer === null ? null : customerId(customer),
    history,
    today: localDay(TODAY),
    windowDays: 56,
    listLength: 10,
  };
}
const codes = (list: readonly { product: number }[]) => list.map(({ product }) => product);

describe('habits', () => {
  it('begin with what is bought at every visit', () => {
    const history = purchasesOf(twoTastes().filter(([customer]) => customer === 2));
    const { habitual } = recommender.rank(asking(2, history));
    expect(habitual[0].product).toBe(MEAT[0]);
    expect(habitual.at(-1)?.product).toBe(1);
  });

  it('rank the later of two equally frequent products first', () => {
    const history = purchasesOf([
      [500, TODAY - 40, [102]],
      [500, TODAY - 30, [102]],
      [500, TODAY - 8, [103]],
      [500, TODAY - 4, [103]],
    ]);
    expect(codes(recommender.rank(asking(500, history)).habitual)).toEqual([103, 102]);
  });

  it('end with the window: day 56 back counts, day 57 does not', () => {
    const history = purchasesOf([
      [500, TODAY - 57, [102]],
      [500, TODAY - 56, [103]],
    ]);
    const ranking = recommender.rank(asking(500, history));
    expect(codes(ranking.habitual)).toEqual([103]);
    expect(codes(ranking.new)).not.toContain(102);
  });

  it('are served without a model too, by how often and how lately, and nothing is new', () => {
    const history = purchasesOf([
      [1, TODAY - 9, [7, 8]],
      [1, TODAY - 2, [8]],
      [1, TODAY - 1, [9]],
    ]);
    const ranking = createRecommender(null).rank(asking(1, history));
    expect(codes(ranking.habitual)).toEqual([8, 9, 7]);
    expect(ranking.new).toEqual([]);
    expect(ranking.popular).toEqual([]);
  });

  it('are told with their reasons, the weightiest first', () => {
    const history = purchasesOf(twoTastes().filter(([customer]) => customer === 2));
    const { reasons } = recommender.rank(asking(2, history)).habitual[0];
    expect(reasons[0]).toMatchObject({ feature: 'days-bought', value: 14 });
    expect(reasons.map(({ feature }) => feature).sort()).toEqual([
      'days-bought',
      'days-in-window',
      'days-since-bought',
      'rebuy-rate',
    ]);
  });

  it('tell on how many days of the window they were bought, several baskets of a day being one', () => {
    const history = purchasesOf([
      [1, TODAY - 60, [7]],
      [1, TODAY - 9, [7]],
      [1, TODAY - 9, [7]],
      [1, TODAY - 9, [7]],
    ]);
    const { reasons } = createRecommender(null).rank(asking(1, history)).habitual[0];
    expect(reasons.find(({ feature }) => feature === 'days-in-window')).toEqual({
      feature: 'days-in-window',
      value: 1,
      days: 56,
      contribution: 0,
    });
    expect(reasons.find(({ feature }) => feature === 'days-bought')?.value).toBe(2);
  });
});

describe('new products', () => {
  it('are what customers of the same taste buy and this one never did', () => {
    for (const [customer, kind] of [
      [2, MEAT],
      [3, GREENS],
    ] as const) {
      const history = purchasesOf(twoTastes().filter(([of]) => of === customer));
      const left = kind.filter((product) => !history.product.includes(product));
      expect(left).toHaveLength(1);
      expect(recommender.rank(asking(customer, history)).new[0].product).toBe(left[0]);
    }
  });

  it('are none that the model knows the customer by, though they are older than what is remembered today', () => {
    const own = twoTastes().filter(([customer]) => customer === 2);
    const bought = new Set(own.flatMap(([, , products]) => products));
    const lately = purchasesOf(own.filter(([, day]) => day > TODAY - 8));
    expect(new Set(lately.product).size).toBeLessThan(bought.size);
    expect(codes(recommender.rank(asking(2, lately)).new).filter((product) => bought.has(product))).toEqual([]);
  });

  it('say how many similar customers buy them', () => {
    const history = purchasesOf(twoTastes().filter(([customer]) => customer === 2));
    const [reason] = recommender.rank(asking(2, history)).new[0].reasons;
    // 59 other customers buy meat; 48 of them did not leave out the same product as customer 2.
    expect(reason).toMatchObject({ feature: 'similar-customers', value: 48 });
  });

  it('are what the lifestyle buys again and again for a customer who came once', () => {
    const { new: news } = recommender.rank(asking(500, purchasesOf([[500, TODAY - 1, [GREENS[2], GREENS[3]]]])));
    expect(model.lifestyles.count).toBeGreaterThanOrEqual(2);
    expect(news.length).toBeGreaterThanOrEqual(2);
    for (const { reasons } of news) expect(reasons.map(({ feature }) => feature)).toEqual(['lifestyle-share']);
    const shares = news.map(({ reasons }) => reasons[0].value);
    expect(shares).toEqual(shares.toSorted((a, b) => Number(b) - Number(a)));
    expect(GREENS).toContain(news[0].product);
    expect(codes(news)).not.toContain(GREENS[2]);
    for (const { probability } of news) {
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThanOrEqual(1);
    }
  });

  it('are what alike customers buy for one who came oftener', () => {
    const own = [1, 8].map((ago) => [500, TODAY - ago, [GREENS[2], GREENS[3]]] as const);
    const { new: news } = recommender.rank(asking(500, purchasesOf(own)));
    expect(news[0].reasons.map(({ feature }) => feature)).not.toContain('lifestyle-share');
  });

  it('are never of a sensitive class, and what is sensitive likens nobody', () => {
    const sensitive = trainAtOnce({
      ...trainingOf(purchasesOf(twoTastes()), TODAY),
      sensitive: (product) => product >= 200,
    });
    const ranker = createRecommender(sensitive);
    const own = twoTastes().filter(([customer]) => customer === 3);
    const ranking = ranker.rank(asking(3, purchasesOf(own)));
    expect(codes(ranking.new).filter((product) => product >= 200)).toEqual([]);
    expect(sensitive.neighbours.baskets.item.some((row) => sensitive.statistics.products.ids[row] >= 200)).toBe(false);
    const unknown = ranker.rank(asking(null, NO_PURCHASES));
    expect(codes(unknown.popular).filter((product) => product >= 200)).toEqual([]);
  });
});

describe('a ranking', () => {
  it('of a customer of whom nothing is known is what the shop buys again and again', () => {
    const ranking = recommender.rank(asking(999, NO_PURCHASES));
    expect(ranking.habitual).toEqual([]);
    expect(ranking.new).toEqual([]);
    expect(codes(ranking.popular).slice(0, 2)).toEqual([MEAT[0], GREENS[0]]);
    expect(codes(ranking.popular)).not.toContain(1);
  });

  it('reads no line of another customer', () => {
    const both = purchasesOf(twoTastes().filter(([customer]) => customer === 2 || customer === 3));
    const alone = purchasesOf(twoTastes().filter(([customer]) => customer === 3));
    expect(recommender.rank(asking(3, both))).toEqual(recommender.rank(asking(3, alone)));
  });

  const basket = fc.tuple(
    fc.constant(7),
    fc.integer({ min: TODAY - 80, max: TODAY + 20 }),
    fc.subarray([1, ...MEAT, ...GREENS, 900], { minLength: 1 }),
  );

  it('keeps to its promises whatever was bought', () => {
    fc.assert(
      fc.property(fc.array(basket, { maxLength: 30 }), (baskets: Basket[]) => {
        const ranking = recommender.rank(asking(7, purchasesOf(baskets)));
        const past = baskets.filter(([, day]) => day <= TODAY);
        const known = new Set(past.flatMap(([, , products]) => products));
        const inWindow = new Set(past.filter(([, day]) => day >= TODAY - 56).flatMap(([, , products]) => products));
        for (const { product, probability } of ranking.habitual) {
          expect(inWindow.has(product)).toBe(true);
          expect(probability >= 0 && probability <= 1).toBe(true);
        }
        for (const { product } of [...ranking.new, ...ranking.popular]) expect(known.has(product)).toBe(false);
        for (const list of [ranking.habitual, ranking.new]) {
          expect(new Set(codes(list)).size).toBe(list.length);
          const chances = list.map(({ probability }) => probability);
          expect(chances).toEqual([...chances].sort((a, b) => b - a));
        }
        expect(recommender.rank(asking(7, purchasesOf(baskets)))).toEqual(ranking);
        expect(recommender.rank(asking(7, purchasesOf(past)))).toEqual(ranking);
      }),
      { numRuns: 100 },
    );
  });
});
