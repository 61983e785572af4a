import { beforeEach, describe, expect, it } from 'vitest';
import { addDays, localDay } from '../../src/domain/calendar.ts';
import { CustomerHistory } from '../../src/recommender/customer-history.ts';
import { NEW_FEATURES } from '../../src/recommender/features/new-features.ts';
import { NewDesk } from '../../src/recommender/new-desk.ts';
import { atOnce } from '../../src/recommender/steps.ts';
import { tablesOf } from '../../src/recommender/train.ts';
import { noWeights } from '../../src/recommender/weights.ts';
import { GREENS, MEAT, purchasesOf, TODAY, trainingOf, twoTastes } from './small-shop.ts';
import type { Basket } from './small-shop.ts';

const today = localDay(TODAY);
const tables = atOnce(tablesOf({ ...trainingOf(purchasesOf(twoTastes()), TODAY), clock: 'shop' }, addDays(today, -1)));
const [STEAK, SAUSAGE] = MEAT.map((product) => tables.statistics.products.rowOf(product));
const [, CRESS] = GREENS.map((product) => tables.statistics.products.rowOf(product));
const CRESS_A_VISIT = tables.statistics.rhythms.popularity[CRESS];
const MEAT_THEN_GREENS: readonly Basket[] = [
  [500, TODAY - 9, [MEAT[0]]],
  [500, TODAY - 2, [GREENS[0]]],
];

describe('what is new to a customer', () => {
  let history: CustomerHistory;
  let desk: NewDesk;

  beforeEach(() => {
    history = new CustomerHistory();
    desk = new NewDesk({ history, tables, scales: noWeights('new'), mostWanted: 0 });
  });

  /** Somebody no model knows. */
  function comes(own: readonly Basket[]): void {
    const purchases = purchasesOf(own);
    const view = {
      purchases,
      lastDay: today,
      windowStart: addDays(today, -56),
      windowDays: 56,
      clock: 'shop',
    } as const;
    history.read(view, 0, purchases.count);
    desk.lay({ customer: -1, today });
  }

  function featureOf(row: number, name: string): number {
    const candidate = desk.row.subarray(0, desk.count).indexOf(row);
    return desk.rows[candidate * NEW_FEATURES.length + NEW_FEATURES.findIndex((feature) => feature.name === name)];
  }

  it('is told by all the own products, and once more by the last basket alone', () => {
    comes(MEAT_THEN_GREENS);
    expect(desk.seen.goesWith[SAUSAGE]).toBeGreaterThan(0);
    expect(desk.seen.goesWithLast[SAUSAGE]).toBeLessThanOrEqual(0);
    expect(desk.seen.goesWithLast[CRESS]).toBeGreaterThan(0);
    expect(featureOf(CRESS, 'goes-with-last')).toBeGreaterThan(featureOf(SAUSAGE, 'goes-with-last'));
    expect(featureOf(CRESS, 'goes-with-last-standing')).toBeGreaterThan(0);
    expect(featureOf(SAUSAGE, 'goes-with-last-standing')).toBeLessThan(0);
  });

  it('is told by nothing of the last basket of whoever came before', () => {
    comes(MEAT_THEN_GREENS);
    comes([[501, TODAY - 2, [MEAT[0]]]]);
    expect(desk.seen.goesWithLast[CRESS]).toBeLessThanOrEqual(0);
    expect(desk.seen.goesWithLast[SAUSAGE]).toBeGreaterThan(0);
    expect(desk.seen.goesWithLast[STEAK]).toBe(0);
  });

  it('was to be expected in as many visits as the customer made, by how often the shop sells it', () => {
    comes(MEAT_THEN_GREENS);
    expect(featureOf(CRESS, 'expected')).toBeCloseTo(Math.log(2 * CRESS_A_VISIT + 1), 6);
  });

  it('is weighed by its demand according to how much of the shop the customer knows, beside forty products', () => {
    comes(MEAT_THEN_GREENS);
    const demand = Math.log((CRESS_A_VISIT + 1e-5) / 1e-2);
    expect(featureOf(CRESS, 'popularity-by-products')).toBeCloseTo(Math.log(2 / 40) * demand, 6);
  });
});
