// The model: all that a night's training leaves for the day.
import type { Instant, LocalDay } from '../domain/calendar.ts';
import { instant, localDay } from '../domain/calendar.ts';
import type { GateFigures, JudgedRankers, Way } from '../domain/judged-ranker.ts';
import { NO_PURCHASES } from '../domain/purchases.ts';
import type { Calibration } from './calibration.ts';
import { noLifestyles } from './lifestyles.ts';
import type { Lifestyles } from './lifestyles.ts';
import { gatherBaskets } from './neighbours/customer-baskets.ts';
import { noEase } from './neighbours/ease.ts';
import type { Ease } from './neighbours/ease.ts';
import type { LevelledRows, RowsAtHand } from './neighbours/levelled-rows.ts';
import { buildNeighbourTables } from './neighbours/sparse-index.ts';
import type { NeighbourTables } from './neighbours/sparse-index.ts';
import { countProducts } from './product-statistics.ts';
import type { ProductStatistics } from './product-statistics.ts';
import { viewOf } from './purchase-view.ts';
import { atOnce } from './steps.ts';
import { noWeights } from './weights.ts';
import type { RankerName, RankerWeights, ShippedWeights } from './weights.ts';

export type Ranker = {
  readonly way: Way;
  readonly weights: RankerWeights;
  readonly calibration: Calibration;
  readonly gate: GateFigures;
};

/** As a night makes it; `Baskets` says whether the customers' products are all in memory, as they are then, or stay in the file. */
export type Model<Baskets extends RowsAtHand = LevelledRows> = {
  /** Only purchases strictly before this were seen. */
  readonly asOf: Instant;
  readonly asOfDay: LocalDay;
  readonly memoryDays: number;
  readonly windowDays: number;
  readonly statistics: ProductStatistics;
  /** CustomerId of each row of the neighbour tables, ascending. */
  readonly customers: Int32Array<ArrayBuffer>;
  readonly neighbours: NeighbourTables<Baskets>;
  readonly ease: Ease;
  readonly lifestyles: Lifestyles;
  readonly habitual: Ranker;
  readonly new: Ranker;
};

/** Before anything was measured in this shop: steeper than chance for what is bought weekly, careful everywhere. */
const HABITUAL_DEFAULT: Calibration = {
  score: Float64Array.of(0, 0.006, 0.02, 0.06, 0.12, 0.25, 0.5),
  chance: Float64Array.of(0, 0.04, 0.15, 0.35, 0.6, 0.85, 0.95),
};
const NEW_DEFAULT: Calibration = { score: Float64Array.of(0, 0.3, 0.7), chance: Float64Array.of(0, 0.03, 0.08) };
/** Of plain counting. */
export const DEFAULT_CALIBRATIONS = { habitual: HABITUAL_DEFAULT, new: NEW_DEFAULT } as const;

const NOT_JUDGED: GateFigures = {
  cases: 0,
  gain: { plain: 0, shipped: 0, blended: 0, learned: 0 },
  earlier: { cases: 0, gain: { plain: 0, shipped: 0 } },
  calibrationError: 0,
};

/** Before anything was measured: the shipped weights, or plain counting where there are none. */
export function firstRanker(name: RankerName, shipped: ShippedWeights | null): Ranker {
  if (shipped === null) {
    return { way: 'plain', weights: noWeights(name), calibration: DEFAULT_CALIBRATIONS[name], gate: NOT_JUDGED };
  }
  return { way: 'shipped', ...shipped[name], gate: NOT_JUDGED };
}

/** What a shop without a model is served with: habits, nothing new. */
export function emptyModel(shipped: ShippedWeights | null): Model {
  const view = viewOf({ purchases: NO_PURCHASES, lastDay: localDay(0), windowDays: 0 });
  const statistics = atOnce(countProducts(view, { sensitive: () => false, categoryOf: () => null }));
  const { customers, baskets } = atOnce(gatherBaskets(view, statistics));
  return {
    asOf: instant(0),
    asOfDay: localDay(0),
    memoryDays: 0,
    windowDays: 0,
    statistics,
    customers,
    neighbours: buildNeighbourTables(baskets),
    ease: noEase(0),
    lifestyles: noLifestyles(0),
    habitual: firstRanker('habitual', shipped),
    new: firstRanker('new', shipped),
  };
}

/** What is told of a model to people. */
export function judgedRankers(model: Pick<Model<RowsAtHand>, 'habitual' | 'new'>): JudgedRankers {
  const of = ({ way, gate }: Ranker) => ({ way, ...gate });
  return { habitual: of(model.habitual), new: of(model.new) };
}
