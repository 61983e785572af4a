// The night's training: purchases in, model out, in steps between which the caller may report, pause or give up.
import { addDays, localDay } from '../domain/calendar.ts';
import type { Instant, LocalDay } from '../domain/calendar.ts';
import { customerId } from '../domain/ids.ts';
import type { ProductId } from '../domain/ids.ts';
import type { PurchaseTable } from '../domain/purchases.ts';
import type { RankedProduct } from '../domain/ranking.ts';
import { CALIBRATION_DAYS, fitCalibration, SCORE_ITSELF } from './calibration.ts';
import type { Calibration } from './calibration.ts';
import { findLifestyles, noLifestyles } from './lifestyles.ts';
import { DEFAULT_CALIBRATIONS } from './model.ts';
import type { Model } from './model.ts';
import { gatherBaskets } from './neighbours/customer-baskets.ts';
import { buildNeighbourTables } from './neighbours/sparse-index.ts';
import { countProducts } from './product-statistics.ts';
import { eachCustomer, viewOf } from './purchase-view.ts';
import { createRecommender } from './recommender.ts';
import { atOnce, shareOf } from './steps.ts';
import type { Steps } from './steps.ts';

export type TrainingInput = {
  /** Purchases strictly before `asOf`, back to the remembered time; nothing else is read. */
  readonly purchases: PurchaseTable;
  readonly asOf: Instant;
  /** The shop's day of `asOf`. */
  readonly asOfDay: LocalDay;
  readonly memoryDays: number;
  readonly windowDays: number;
  /** Of a class that may not speak for a customer (alcohol, medicine, infant formula …). */
  readonly sensitive: (product: ProductId) => boolean;
  readonly categoryOf: (product: ProductId) => string | null;
};

export type TrainingProgress = {
  readonly step: 'calibration' | 'neighbours' | 'lifestyles';
  /** 0 to 1, of the whole training. */
  readonly share: number;
};

/** Days after the cut within which a customer must have come: a strip is only ever printed at a visit. */
const VISIT_WITHIN_DAYS = 3;
/** Customers whose visits are looked back at to calibrate. */
const MOST_CALIBRATED = 2000;
const HABITUAL_CASES = 20;
const NEW_CASES = 10;

/** Drive it with `next()` until done; dropping it half-way leaves nothing behind. Same input, same model. */
export function* train(input: TrainingInput): Generator<TrainingProgress, Model, void> {
  const calibrations = yield* part('calibration', [0, 0.6], calibrate(input));
  const known = yield* part('neighbours', [0.6, 0.9], countAndIndex(input, input.asOfDay));
  const { baskets } = known.neighbours;
  const lifestyles = yield* part('lifestyles', [0.9, 1], findLifestyles({ ...input, ...known, baskets }));
  return { ...known, ...calibrations, lifestyles };
}

/** Runs `train` to its end. */
export function trainAtOnce(input: TrainingInput): Model {
  return atOnce(train(input));
}

function* part<Result>(
  step: TrainingProgress['step'],
  shares: readonly [from: number, to: number],
  steps: Steps<Result>,
): Generator<TrainingProgress, Result, void> {
  const part = shareOf(shares, steps);
  for (;;) {
    const next = part.next();
    if (next.done === true) return next.value;
    yield { step, share: next.value };
  }
}

/** A model of the purchases as they stood at the end of a day, without lifestyles and not calibrated. */
function* countAndIndex(input: TrainingInput, lastDay: LocalDay): Steps<Model> {
  const view = viewOf({ purchases: input.purchases, lastDay, windowDays: input.windowDays });
  const statistics = yield* shareOf([0, 0.6], countProducts(view, input.sensitive));
  const { customers, baskets } = yield* shareOf([0.6, 0.9], gatherBaskets(view, statistics));
  yield 0.9;
  return {
    asOf: input.asOf,
    asOfDay: lastDay,
    memoryDays: input.memoryDays,
    windowDays: input.windowDays,
    statistics,
    customers,
    neighbours: buildNeighbourTables(baskets),
    lifestyles: noLifestyles(statistics.products.length),
    habitual: SCORE_ITSELF,
    new: SCORE_ITSELF,
  };
}

/**
 * Ranks as it would have been done at a visit two weeks ago and looks at what was bought since. The scores of that day come
 * from a memory that much shorter than today's, which makes the chances slightly too high for a short memory.
 */
function* calibrate(input: TrainingInput): Steps<{ habitual: Calibration; new: Calibration }> {
  const cutDay = addDays(input.asOfDay, -CALIBRATION_DAYS - VISIT_WITHIN_DAYS - 1);
  const recommender = createRecommender(yield* shareOf([0, 0.4], countAndIndex(input, cutDay)));
  const habitual = new Cases();
  const news = new Cases();
  const visits = yield* shareOf([0.4, 0.5], sampledVisits(input.purchases, cutDay));
  for (const [i, { history, visitDay, bought }] of visits.entries()) {
    if (i % 5 === 0) yield 0.5 + (0.5 * i) / visits.length;
    const ranking = recommender.rank({
      customer: customerId(history.customer[0]),
      history,
      today: visitDay,
      windowDays: input.windowDays,
      listLength: HABITUAL_CASES,
    });
    habitual.add(ranking.habitual, bought);
    news.add(ranking.new.slice(0, NEW_CASES), bought);
  }
  return {
    habitual: fitCalibration(habitual, DEFAULT_CALIBRATIONS.habitual),
    new: fitCalibration(news, DEFAULT_CALIBRATIONS.new),
  };
}

class Cases {
  readonly score: number[] = [];
  readonly hit: boolean[] = [];

  add(ranked: readonly RankedProduct[], bought: ReadonlySet<number>): void {
    for (const { product, probability } of ranked) {
      this.score.push(probability);
      this.hit.push(bought.has(product));
    }
  }
}

type PastVisit = {
  /** What was known at the end of the cut day. */
  readonly history: PurchaseTable;
  readonly visitDay: LocalDay;
  /** Products bought from the visit on, while a coupon would have been valid. */
  readonly bought: ReadonlySet<number>;
};

/** The first visit after the cut of customers evenly spread over those who came; nothing is copied. */
function* sampledVisits(purchases: PurchaseTable, cutDay: LocalDay): Steps<PastVisit[]> {
  const ranges: [first: number, next: number, end: number][] = [];
  yield* eachCustomer(purchases, (_customer, first, end) => {
    let next = first;
    while (next < end && purchases.day[next] <= cutDay) next++;
    if (next > first && next < end && purchases.day[next] <= cutDay + VISIT_WITHIN_DAYS)
      ranges.push([first, next, end]);
  });
  const step = Math.max(1, Math.ceil(ranges.length / MOST_CALIBRATED));
  return ranges
    .filter((_, i) => i % step === 0)
    .map(([first, next, end]) => {
      const visitDay = localDay(purchases.day[next]);
      const bought = new Set<number>();
      for (let line = next; line < end && purchases.day[line] < visitDay + CALIBRATION_DAYS; line++) {
        bought.add(purchases.product[line]);
      }
      return { history: linesBetween(purchases, first, next), visitDay, bought };
    });
}

function linesBetween(purchases: PurchaseTable, first: number, end: number): PurchaseTable {
  return {
    count: end - first,
    customer: purchases.customer.subarray(first, end),
    day: purchases.day.subarray(first, end),
    basket: purchases.basket.subarray(first, end),
    product: purchases.product.subarray(first, end),
    quantityMilli: purchases.quantityMilli.subarray(first, end),
  };
}
