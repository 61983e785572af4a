// What a model's card says of its speed.
import { expect, test } from 'vitest';
import { timeRankings } from '../src/ranking-speed.ts';
import { trainAtOnce } from '../src/recommender/train.ts';
import { purchasesOf, TODAY, trainingOf, twoTastes } from './recommender/small-shop.ts';

/** Each ranking takes as long as the number of customers ranked before it. */
function slowerAndSlower(): () => number {
  let asked = 0;
  let now = 0;
  return () => (now += asked++ % 2 === 0 ? 1000 : (asked - 2) / 2);
}

test('a ranking takes the median of those after the first fifty', () => {
  const purchases = purchasesOf(twoTastes());
  const model = trainAtOnce(trainingOf(purchases, TODAY));
  const timing = timeRankings({ model, purchases, monotonicMs: slowerAndSlower() });
  let step = timing.next();
  while (step.done !== true) step = timing.next();
  // 120 customers: the 70 after the first 50 took 50, 51 … 119; the upper of the two in the middle.
  expect(step.value).toBe(85);
});

test('without customers it takes nothing', () => {
  const purchases = purchasesOf([]);
  const model = trainAtOnce(trainingOf(purchases, TODAY));
  const timing = timeRankings({ model, purchases, monotonicMs: slowerAndSlower() });
  let step = timing.next();
  while (step.done !== true) step = timing.next();
  expect(step.value).toBe(0);
});
