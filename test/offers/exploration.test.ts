// A share of the new places is left to chance, and the chance that is logged is the chance it had.
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { EXPLORED_RANKS } from '../../src/offers/exploration.ts';
import { fractionOf } from '../../src/offers/holdout.ts';
import { choose, list } from './small-shop.ts';

/** As the shop draws: a keyed hash of customer, day, model and place. */
const drawFor = (customer: number, day: number) => (label: string) =>
  fractionOf(createHmac('sha256', 'a key').update(`${customer}|${day}|model-1|${label}`).digest());

const CUSTOMERS = 400;
const DAYS = 50;
const STRIPS = CUSTOMERS * DAYS;
/** Four standard deviations: once in 16,000 by chance, and the draws are always the same. */
const near = (share: number, of = STRIPS) => 4 * Math.sqrt((share * (1 - share)) / of);

function strips(given: { new: number; explorationShare: number; customers?: number }) {
  const news = list(101, 30);
  return Array.from({ length: (given.customers ?? CUSTOMERS) * DAYS }, (_, i) => {
    const draw = drawFor(Math.floor(i / DAYS), i % DAYS);
    return choose({ ranking: { habitual: list(1, 4), new: news }, ...given, draw }).offers.filter(
      ({ slot }) => slot === 'new',
    );
  });
}

describe.each([0.1, 0.4])('with %f of the new places exploring', (explorationShare) => {
  const chosen = strips({ new: 1, explorationShare });

  it('each product is picked as often as its propensity says, and no other ever', () => {
    const picked = new Map<string, { times: number; propensity: number }>();
    for (const [offer] of chosen) {
      if (offer === undefined) throw new Error('a place stayed empty');
      const { product, propensity } = offer;
      const before = picked.get(product.code) ?? { times: 0, propensity };
      expect(propensity).toBe(before.propensity);
      picked.set(product.code, { times: before.times + 1, propensity });
    }
    expect([...picked.keys()].map(Number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: EXPLORED_RANKS }, (_, i) => 101 + i),
    );
    for (const { times, propensity } of picked.values())
      expect(Math.abs(times / STRIPS - propensity)).toBeLessThan(near(propensity));
    expect([...picked.values()].reduce((sum, { propensity }) => sum + propensity, 0)).toBeCloseTo(1, 12);
  });

  it('so large a share explores: every other but the best is drawn, and the best once in ten of them', () => {
    const others = chosen.filter(([offer]) => offer?.product.code !== '101').length / STRIPS;
    const expected = explorationShare * (1 - 1 / EXPLORED_RANKS);
    expect(Math.abs(others - expected)).toBeLessThan(near(expected));
  });
});

it('the two new places of a strip each draw for themselves: weighed by 1 / propensity, every candidate counts once', () => {
  const both = strips({ new: 2, explorationShare: 0.1 });
  const weights = both.flat().map(({ propensity }) => 1 / propensity);
  // Each place has ten candidates; one that is drawn with p counts 1 / p, so on average each counts once.
  const variance = 2 * ((1 - 0.91) ** 2 / 0.91 + 9 * (0.01 / 0.01 ** 2) - 100 + 1 / 0.91);
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / both.length;
  expect(Math.abs(mean - 2 * EXPLORED_RANKS)).toBeLessThan(4 * Math.sqrt(variance / both.length));
  expect(both.every((offers) => new Set(offers.map(({ product }) => product.id)).size === 2)).toBe(true);
});

it('the same customer on the same day gets the same, and with nothing left to chance everybody gets the best', () => {
  const of = { new: 2, explorationShare: 0.3, customers: 20 };
  expect(strips(of)).toEqual(strips(of));
  for (const offers of strips({ ...of, explorationShare: 0 })) {
    expect(offers.map(({ product }) => product.code)).toEqual(['101', '102']);
    expect(offers.every(({ propensity }) => propensity === 1)).toBe(true);
  }
});
