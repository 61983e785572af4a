// The model: all that a night's training leaves for the day.
import type { Instant, LocalDay } from '../domain/calendar.ts';
import { instant, localDay } from '../domain/calendar.ts';
import { NO_PURCHASES } from '../domain/purchases.ts';
import type { Calibration } from './calibration.ts';
import { noLifestyles } from './lifestyles.ts';
import type { Lifestyles } from './lifestyles.ts';
import { gatherBaskets } from './neighbours/customer-baskets.ts';
import { buildNeighbourTables } from './neighbours/sparse-index.ts';
import type { NeighbourTables } from './neighbours/sparse-index.ts';
import { countProducts } from './product-statistics.ts';
import type { ProductStatistics } from './product-statistics.ts';
import { viewOf } from './purchase-view.ts';
import { atOnce } from './steps.ts';

export type Model = {
  /** Only purchases strictly before this were seen. */
  readonly asOf: Instant;
  readonly asOfDay: LocalDay;
  readonly memoryDays: number;
  readonly windowDays: number;
  readonly statistics: ProductStatistics;
  /** CustomerId of each row of the neighbour tables, ascending. */
  readonly customers: Int32Array<ArrayBuffer>;
  readonly neighbours: NeighbourTables;
  readonly lifestyles: Lifestyles;
  readonly habitual: Calibration;
  readonly new: Calibration;
};

/** Before anything was measured in this shop: steeper than chance for what is bought weekly, careful everywhere. */
const HABITUAL_DEFAULT: Calibration = {
  score: Float64Array.of(0, 0.006, 0.02, 0.06, 0.12, 0.25, 0.5),
  chance: Float64Array.of(0, 0.04, 0.15, 0.35, 0.6, 0.85, 0.95),
};
const NEW_DEFAULT: Calibration = { score: Float64Array.of(0, 0.3, 0.7), chance: Float64Array.of(0, 0.03, 0.08) };
export const DEFAULT_CALIBRATIONS = { habitual: HABITUAL_DEFAULT, new: NEW_DEFAULT } as const;

/** What a shop without a model is served with: habits by how often and how lately, nothing new. */
export function emptyModel(): Model {
  const view = viewOf({ purchases: NO_PURCHASES, lastDay: localDay(0), windowDays: 0 });
  const statistics = atOnce(countProducts(view, () => false));
  const { customers, baskets } = atOnce(gatherBaskets(view, statistics));
  return {
    asOf: instant(0),
    asOfDay: localDay(0),
    memoryDays: 0,
    windowDays: 0,
    statistics,
    customers,
    neighbours: buildNeighbourTables(baskets),
    lifestyles: noLifestyles(0),
    ...DEFAULT_CALIBRATIONS,
  };
}
