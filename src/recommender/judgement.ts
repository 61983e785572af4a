// How one way of ranking did at the visits of a cut: its gain, and the chances that belong to its scores.
import { calibrationError, fitCalibration } from './calibration.ts';
import type { Calibration, SeenCases } from './calibration.ts';
import type { Horizon } from './lesson.ts';
import type { Laid } from './look-back.ts';

export class Judgement {
  readonly #depth: number;
  readonly #calibrated: number;
  #gains = 0;
  /** Visits at which anything was there to be found. */
  visits = 0;
  /** What the chances are measured on, of even and odd visits apart. */
  readonly #seen = [noneSeen(), noneSeen()] as const;
  #turn: 0 | 1 = 0;

  /** @param of.depth how many places count; @param of.calibrated how many of each list the chances are measured on */
  constructor(of: { depth: number; calibrated: number }) {
    this.#depth = of.depth;
    this.#calibrated = of.calibrated;
  }

  add(laid: Laid, score: Float64Array, { horizon, lastDay }: { horizon: Horizon; lastDay: number }): void {
    const { visitDay, boughtOn } = laid;
    const isFound = (day: number) => day < visitDay + horizon.days && day < horizon.before;
    const order = Array.from({ length: laid.count }, (_, i) => i).sort((a, b) => score[b] - score[a] || a - b);
    let toFind = laid.missed.filter(isFound).length;
    for (let i = 0; i < laid.count; i++) if (isFound(boughtOn[i])) toFind++;
    if (toFind > 0) {
      let gain = 0;
      let ideal = 0;
      for (let place = 0; place < this.#depth; place++) {
        const worth = 1 / Math.log2(place + 2);
        if (place < order.length && isFound(boughtOn[order[place]])) gain += worth;
        if (place < toFind) ideal += worth;
      }
      this.#gains += gain / ideal;
      this.visits++;
    }
    if (visitDay >= lastDay) return;
    this.#turn = this.#turn === 0 ? 1 : 0;
    const seen = this.#seen[this.#turn];
    seen.visits++;
    for (const i of order.slice(0, this.#calibrated)) {
      seen.score.push(score[i]);
      seen.boughtAfter.push(boughtOn[i] < lastDay ? boughtOn[i] - visitDay : Infinity);
      seen.knownDays.push(lastDay - visitDay);
    }
  }

  gain(): number {
    return this.visits === 0 ? 0 : this.#gains / this.visits;
  }

  /** @param also visits of another cut to measure the chances on as well */
  calibration(otherwise: Calibration, also: Judgement | null): Calibration {
    return fitCalibration(this.seen(also), otherwise);
  }

  /** What the chances are measured on. */
  seen(also: Judgement | null): SeenCases {
    return together([...this.#seen, ...(also === null ? [] : also.#seen)]);
  }

  /** Of chances fitted on the one half, seen on the other. */
  calibrationError(otherwise: Calibration): number {
    const [even, odd] = this.#seen;
    return calibrationError(fitCalibration(even, otherwise), odd);
  }
}

type Seen = { score: number[]; boughtAfter: number[]; knownDays: number[]; visits: number };

function together(seen: readonly Seen[]): SeenCases {
  return {
    score: seen.flatMap(({ score }) => score),
    boughtAfter: seen.flatMap(({ boughtAfter }) => boughtAfter),
    knownDays: seen.flatMap(({ knownDays }) => knownDays),
    visits: seen.reduce((sum, { visits }) => sum + visits, 0),
  };
}

function noneSeen(): Seen {
  return { score: [], boughtAfter: [], knownDays: [], visits: 0 };
}
