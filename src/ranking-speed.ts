// How long a model takes to rank a customer, tried on some of those it was trained on: told beside the model.
import { customerId } from './domain/ids.ts';
import type { PurchaseTable } from './domain/purchases.ts';
import type { Model } from './recommender/model.ts';
import { linesBetween } from './recommender/past-visits.ts';
import { eachCustomer } from './recommender/purchase-view.ts';
import { createRecommender } from './recommender/recommender.ts';

const TRIED_CUSTOMERS = 200;
/** Before that, so that what is timed is what a running till does. */
const UNTIMED_CUSTOMERS = 50;
const LIST_LENGTH = 60;

/** A step a customer. @returns the median in milliseconds, 0 where there is no customer */
export function* timeRankings(of: {
  model: Model;
  purchases: PurchaseTable;
  monotonicMs: () => number;
}): Generator<number, number, void> {
  const { model, purchases, monotonicMs } = of;
  const ranges: [first: number, end: number][] = [];
  yield* eachCustomer(purchases, (_customer, first, end) => ranges.push([first, end]));
  const recommender = createRecommender(model);
  const tried = Math.min(ranges.length, UNTIMED_CUSTOMERS + TRIED_CUSTOMERS);
  const tookMs: number[] = [];
  for (let i = 0; i < tried; i++) {
    const [first, end] = ranges[Math.floor((i * ranges.length) / tried)];
    const history = linesBetween(purchases, first, end);
    const beganMs = monotonicMs();
    recommender.rank({
      customer: customerId(purchases.customer[first]),
      history,
      today: model.asOfDay,
      windowDays: model.windowDays,
      listLength: LIST_LENGTH,
    });
    const endedMs = monotonicMs();
    if (i >= Math.min(UNTIMED_CUSTOMERS, tried - 1)) tookMs.push(endedMs - beganMs);
    yield i / tried;
  }
  tookMs.sort((a, b) => a - b);
  return tookMs[Math.floor(tookMs.length / 2)] ?? 0;
}
