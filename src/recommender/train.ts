// The night's training: purchases in, model out, in steps between which the caller may report, pause or give up.
import type { Instant, LocalDay } from '../domain/calendar.ts';
import type { PurchaseTable } from '../domain/purchases.ts';
import { shippedFor } from './default-weights.ts';
import type { DefaultWeights } from './default-weights.ts';
import { learnRankers } from './learn.ts';
import { findLifestyles, noLifestyles } from './lifestyles.ts';
import type { Model } from './model.ts';
import { gatherBaskets } from './neighbours/customer-baskets.ts';
import { findEase } from './neighbours/ease.ts';
import { neighbourTables } from './neighbours/sparse-index.ts';
import type { NeighbourTables } from './neighbours/sparse-index.ts';
import type { NewTables } from './new-desk.ts';
import { countProducts } from './product-statistics.ts';
import type { ProductClasses } from './product-statistics.ts';
import { viewOf } from './purchase-view.ts';
import type { ShopClock } from './purchase-view.ts';
import { shopDaysOf } from './shop-days.ts';
import { atOnce, shareOf } from './steps.ts';
import type { Steps } from './steps.ts';

export type TrainingInput = ProductClasses & {
  /** Purchases strictly before `asOf`, back to the remembered time; nothing else is read. */
  readonly purchases: PurchaseTable;
  readonly asOf: Instant;
  /** The shop's day of `asOf`. */
  readonly asOfDay: LocalDay;
  readonly memoryDays: number;
  readonly windowDays: number;
  /** What the shop's own weights are drawn towards, and what ranks where they are no better; null: there are none. */
  readonly shipped: DefaultWeights | null;
};

export type TrainingProgress = {
  readonly step: 'learning' | 'neighbours' | 'lifestyles';
  /** 0 to 1, of the whole training. */
  readonly share: number;
};

/** Drive it with `next()` until done; dropping it half-way leaves nothing behind. Same input, same model. */
export function* train(input: TrainingInput): Generator<TrainingProgress, Model, void> {
  const days = yield* part('learning', [0, 0.01], shopDaysOf(input));
  const { clock } = days;
  const shipped = input.shipped === null ? null : shippedFor(input.shipped, days);
  const tablesAt = (purchases: PurchaseTable, day: LocalDay) => tablesOf({ ...input, purchases, clock }, day);
  const statisticsAt = (day: LocalDay) => countProducts(viewOf({ ...input, lastDay: day, clock }), input);
  const rankers = yield* part(
    'learning',
    [0.01, 0.7],
    learnRankers({ ...input, shipped, days, tablesAt, statisticsAt }),
  );
  const tables = yield* part('neighbours', [0.7, 0.95], tablesOf({ ...input, clock }, input.asOfDay));
  const { baskets } = tables.neighbours;
  const { categoryOf } = input;
  const lifestyles = yield* part('lifestyles', [0.95, 1], findLifestyles({ ...tables, baskets, categoryOf }));
  const { asOf, asOfDay, memoryDays, windowDays } = input;
  return { asOf, asOfDay, memoryDays, windowDays, ...tables, lifestyles, ...rankers };
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

/**
 * The shop as it stood at the end of a day, without lifestyles.
 * The memory of an earlier day ends where today's does, so it is that much shorter.
 */
export function* tablesOf(
  input: Pick<TrainingInput, 'purchases' | 'windowDays' | keyof ProductClasses> & { readonly clock: ShopClock },
  day: LocalDay,
): Steps<NewTables & { customers: Int32Array<ArrayBuffer>; neighbours: NeighbourTables }> {
  const { purchases, windowDays, clock } = input;
  const view = viewOf({ purchases, lastDay: day, windowDays, clock });
  const statistics = yield* shareOf([0, 0.4], countProducts(view, input));
  const { customers, baskets } = yield* shareOf([0.4, 0.6], gatherBaskets(view, statistics));
  const neighbours = yield* shareOf([0.6, 0.65], neighbourTables(baskets));
  const ease = yield* shareOf([0.65, 1], findEase(baskets, neighbours.buyers));
  return { statistics, customers, neighbours, ease, lifestyles: noLifestyles(statistics.products.length) };
}
