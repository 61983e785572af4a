import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localDay } from '../../src/domain/calendar.ts';
import { CALIBRATION_DAYS, chanceOf, fitCalibration, SCORE_ITSELF } from '../../src/recommender/calibration.ts';
import { findGroups } from '../../src/recommender/k-means.ts';
import { encodeModel } from '../../src/recommender/model-file.ts';
import { countProducts } from '../../src/recommender/product-statistics.ts';
import { viewOf } from '../../src/recommender/purchase-view.ts';
import { atOnce } from '../../src/recommender/steps.ts';
import { train, trainAtOnce } from '../../src/recommender/train.ts';
import { purchasesOf, TODAY, trainingOf, twoTastes } from './small-shop.ts';
import type { Basket } from './small-shop.ts';

describe('training', () => {
  it('gives the same model from the same purchases', () => {
    const input = trainingOf(purchasesOf(twoTastes()), TODAY);
    expect(encodeModel(trainAtOnce(input))).toEqual(encodeModel(trainAtOnce(input)));
  });

  it('goes forward in steps and ends with the model', () => {
    const shares: number[] = [];
    const training = train(trainingOf(purchasesOf(twoTastes()), TODAY));
    for (let step = training.next(); step.done !== true; step = training.next()) shares.push(step.value.share);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.length).toBeGreaterThan(4);
  });

  it('is not changed by anything bought after its day', () => {
    const later: Basket[] = [
      [2, TODAY + 1, [101, 900]],
      [300, TODAY + 3, [101, 102, 103]],
    ];
    const input = trainingOf(purchasesOf(twoTastes().filter(([, day]) => day <= TODAY)), TODAY);
    const purchases = purchasesOf([...twoTastes().filter(([, day]) => day <= TODAY), ...later]);
    expect(encodeModel(trainAtOnce({ ...input, purchases }))).toEqual(encodeModel(trainAtOnce(input)));
  });

  it('makes a model of a shop’s first day, and of no purchase at all', () => {
    expect(trainAtOnce(trainingOf(purchasesOf([[1, TODAY, [5, 6, 7]]]), TODAY)).statistics.products.length).toBe(3);
    expect(trainAtOnce(trainingOf(purchasesOf([]), TODAY)).customers).toHaveLength(0);
  });
});

describe('the product’s figures', () => {
  // Product 7: customer 1 on three days, twice in one basket; customer 2 long ago and lately; customer 3 once, lately.
  const baskets: Basket[] = [
    [1, TODAY - 30, [7, 7, 8]],
    [1, TODAY - 20, [7]],
    [1, TODAY - 10, [7]],
    [2, TODAY - 70, [7]],
    [2, TODAY - 13, [7]],
    [3, TODAY - 14, [7]],
  ];
  const count = (of: readonly Basket[]) =>
    atOnce(
      countProducts(viewOf({ purchases: purchasesOf(of), lastDay: localDay(TODAY), windowDays: 56 }), {
        sensitive: (id) => id === 8,
        categoryOf: () => null,
      }),
    );
  const figures = count(baskets);

  it.each([
    ['buyers', 3],
    ['repeatBuyers', 1],
    ['lines', 6],
    ['baskets', 5],
    ['baskets28', 4],
    ['baskets14', 2],
    ['buyers14', 2],
    ['firstTimeBuyers28', 1],
    ['firstTimeReturned28', 0],
    ['firstSold', TODAY - 70],
    ['sensitive', 0],
  ] as const)('count %s', (name, expected) => {
    expect(figures[name][0]).toBe(expected);
  });

  it('draw the rebuy rate and the gap towards the shop’s', () => {
    // The shop: 1 repeat buyer of 4; gaps of 10, 10 and 57 days.
    expect(figures.shopRebuyRate).toBe(1 / 4);
    expect(figures.rebuyRate[0]).toBeCloseTo((1 + 10 / 4) / (3 + 10), 6);
    expect(figures.shopMeanGapDays).toBeCloseTo(77 / 3, 6);
    expect(figures.meanGapDays[1]).toBeCloseTo(77 / 3, 4);
  });

  it('do not change through purchases after the last day', () => {
    const later = fc.tuple(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: TODAY + 1, max: TODAY + 60 }),
      fc.constant([7, 8]),
    );
    fc.assert(
      fc.property(fc.array(later, { maxLength: 20 }), (after: Basket[]) => {
        expect(count([...baskets, ...after])).toEqual(figures);
      }),
      { numRuns: 40 },
    );
  });
});

/** Bought at the visit or never, at a hundred visits all of whose 14 days are known. */
function seen(score: readonly number[], hit: readonly boolean[]) {
  const boughtAfter = hit.map((isHit) => (isHit ? 0 : Infinity));
  return { score, boughtAfter, knownDays: score.map(() => CALIBRATION_DAYS), visits: 100 };
}

describe('chances', () => {
  it('rise with the score and meet what was seen', () => {
    // Score s is a purchase in s of 10 cases.
    const score = Array.from({ length: 1000 }, (_, i) => i % 10);
    const hit = score.map((of, i) => Math.floor(i / 10) % 10 < of);
    const fitted = fitCalibration(seen(score, hit), SCORE_ITSELF);
    for (const of of [1, 4, 8]) expect(chanceOf(fitted, of)).toBeCloseTo(of / 10, 0);
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 12, noNaN: true }),
        fc.double({ min: -1, max: 12, noNaN: true }),
        (a, b) => {
          expect(chanceOf(fitted, Math.min(a, b))).toBeLessThanOrEqual(chanceOf(fitted, Math.max(a, b)));
        },
      ),
    );
  });

  it('are never certain: a hundred visits without a miss bear out no more than 101 of 102', () => {
    const score = Array.from({ length: 2000 }, (_, i) => i % 20);
    const hit = score.map((of) => of > 0);
    const fitted = fitCalibration(seen(score, hit), SCORE_ITSELF);
    expect(chanceOf(fitted, 19)).toBeCloseTo(101 / 102, 9);
  });

  it('stay the defaults where there is too little to see', () => {
    expect(fitCalibration(seen([1, 2], [true, false]), SCORE_ITSELF)).toBe(SCORE_ITSELF);
  });
});

describe('groups', () => {
  it('keep together what lies together', () => {
    const points = Float64Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 0 : 5) + (i % 7) / 10);
    const { group } = atOnce(findGroups({ points, dimensions: 1, groups: 2 }));
    for (let i = 2; i < 60; i++) expect(group[i]).toBe(group[i % 2]);
    expect(group[0]).not.toBe(group[1]);
  });
});
