// What the program ships: coefficients and scales, and nothing else.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRecommender } from '../../src/recommender/recommender.ts';
import { FEATURE_NAMES } from '../../src/recommender/weights.ts';
import { readShippedWeights } from '../../src/shipped-weights.ts';
import { customerId } from '../../src/domain/ids.ts';
import { localDay } from '../../src/domain/calendar.ts';
import { isTillError } from '../../src/domain/till-error.ts';
import { purchasesOf, TODAY } from './small-shop.ts';

const PROGRAM = join(import.meta.dirname, '..', '..');
const shipped = readShippedWeights(PROGRAM);
const rankers = [shipped.young, shipped.settled].flatMap((of) => [
  { name: 'habitual' as const, ...of.habitual },
  { name: 'new' as const, ...of.new },
]);

describe('the shipped weights', () => {
  it('are one mean, scale and coefficient a feature, all of them finite', () => {
    for (const { name, weights } of rankers) {
      const { mean, scale, coefficient } = weights;
      for (const column of [mean, scale, coefficient]) {
        expect(column).toHaveLength(FEATURE_NAMES[name].length);
        expect(column.every(Number.isFinite)).toBe(true);
      }
      expect(scale.every((of) => of > 0)).toBe(true);
    }
  });

  it('hold nothing but numbers beside the features’ names', () => {
    const text = readFileSync(join(PROGRAM, 'models', 'default-weights.json'), 'utf8');
    const words = new Set(text.match(/"[^"]+"/g));
    const names = [...FEATURE_NAMES.habitual, ...FEATURE_NAMES.new];
    const frame = [
      ...['habitual', 'new', 'features', 'name', 'mean', 'scale'],
      ...['coefficient', 'intercept', 'chances', 'young', 'youngIntercept', 'youngChances'],
    ];
    expect([...words].filter((word) => ![...names, ...frame].includes(word.slice(1, -1)))).toEqual([]);
  });

  it('give chances that rise with the score', () => {
    for (const { calibration } of rankers) {
      const { score, chance } = calibration;
      expect([...score]).toEqual([...score].sort((a, b) => a - b));
      expect([...chance]).toEqual([...chance].sort((a, b) => a - b));
    }
  });

  it('are refused with what was found where they are not there', () => {
    try {
      readShippedWeights(join(PROGRAM, 'src'));
      expect.unreachable();
    } catch (thrown) {
      expect(isTillError(thrown, 'MODEL_WRONG')).toBe(true);
    }
  });

  it('rank a shop’s first customer before any training: the weekly product first, with a chance and words for it', () => {
    const history = purchasesOf([
      [1, TODAY - 22, [7, 8]],
      [1, TODAY - 15, [8]],
      [1, TODAY - 8, [8, 9]],
      [1, TODAY - 1, [8]],
    ]);
    const { habitual } = createRecommender(null, shipped).rank({
      customer: customerId(1),
      history,
      today: localDay(TODAY),
      windowDays: 56,
      listLength: 4,
    });
    expect(habitual[0].product).toBe(8);
    expect(habitual[0].probability).toBeGreaterThan(habitual[2].probability);
    expect(habitual[0].reasons.find(({ feature }) => feature === 'days-bought')?.value).toBe(4);
  });
});
