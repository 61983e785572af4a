// Lays out a customer's habits for weighing: the products of the window, their features, and what plain counting says of them.
import type { CustomerHistory } from './customer-history.ts';
import { writeFeatures } from './features/feature.ts';
import { HabitualCase } from './features/habitual-case.ts';
import { HABITUAL_FEATURES } from './features/habitual-features.ts';
import { habitualScore } from './habitual.ts';
import type { ProductStatistics } from './product-statistics.ts';
import { standardise } from './weights.ts';
import type { RankerWeights } from './weights.ts';

const WIDTH = HABITUAL_FEATURES.length;

/** Working memory, overwritten customer by customer. */
export class HabitualDesk {
  count = 0;
  /** Places in the history. */
  place = new Int32Array(256);
  /** Standardised features, WIDTH each. */
  rows = new Float64Array(256 * WIDTH);
  plain = new Float64Array(256);
  readonly #case: HabitualCase;
  readonly #history: CustomerHistory;
  readonly #statistics: ProductStatistics;
  readonly #scales: RankerWeights;

  /** @param of.memoryDays how far back histories go, where the shop is that old */
  constructor(of: {
    history: CustomerHistory;
    statistics: ProductStatistics;
    scales: RankerWeights;
    memoryDays: number;
  }) {
    this.#history = of.history;
    this.#statistics = of.statistics;
    this.#scales = of.scales;
    this.#case = new HabitualCase(of);
  }

  /** After `history.read`. */
  lay(today: number): void {
    const history = this.#history;
    this.count = 0;
    if (history.count === 0) return;
    if (history.count > this.place.length) this.#grow(history.count);
    this.#case.beginCustomer(today);
    for (let place = 0; place < history.count; place++) {
      if (history.daysInWindow[place] === 0) continue;
      const at = this.count * WIDTH;
      this.#case.look(place);
      writeFeatures(HABITUAL_FEATURES, this.#case, { row: this.rows, at });
      standardise(this.#scales, this.rows, at);
      this.plain[this.count] = habitualScore(history, place, this.#statistics);
      this.place[this.count++] = place;
    }
  }

  #grow(least: number): void {
    const length = 2 ** Math.ceil(Math.log2(least));
    this.place = new Int32Array(length);
    this.rows = new Float64Array(length * WIDTH);
    this.plain = new Float64Array(length);
  }
}
