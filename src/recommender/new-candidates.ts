// Which products are worth a closer look as something new: the best of each signal, each product once, never one the customer has.
import { CLOSE, VOTE_WIDTH } from './new.ts';
import type { Votes } from './new.ts';
import { NearestHeap } from './neighbours/nearest-heap.ts';

/** From the nearest customers, from what goes with the own products, and from each list of what is in demand. 30 to 120 tested. */
const [FROM_NEIGHBOURS, FROM_GOES_WITH, FROM_DEMAND] = [60, 60, 30];
/** How deep the lists of demand are: a customer may have bought many of them. */
const DEMAND_DEPTH = 400;

export class NewCandidates {
  /** Product rows; the first `count` are candidates, in no order. */
  readonly rows: Int32Array;
  count = 0;
  readonly #isIn: Uint8Array;
  readonly #best: NearestHeap;
  readonly #demand: readonly Int32Array[];

  /** `demand`: columns by product row; what stands high in them is a candidate for everybody. */
  constructor(of: { products: number; mostWanted: number; demand: readonly Float32Array[]; sensitive: Uint8Array }) {
    const fromNeighbours = Math.max(FROM_NEIGHBOURS, of.mostWanted);
    this.#best = new NearestHeap(fromNeighbours);
    this.rows = new Int32Array(fromNeighbours + FROM_GOES_WITH + FROM_DEMAND * of.demand.length);
    this.#isIn = new Uint8Array(of.products);
    this.#demand = of.demand.map((column) => mostDemanded(column, of.sensitive));
  }

  /** @param isOpen whether the product may be new to the customer */
  gather(signals: { votes: Votes; goesWith: Float64Array }, isOpen: (row: number) => boolean): void {
    for (let i = 0; i < this.count; i++) this.#isIn[this.rows[i]] = 0;
    this.count = 0;
    const { votes, goesWith } = signals;
    this.#takeBest({ signal: votes, width: VOTE_WIDTH, which: CLOSE, most: this.#best.row.length }, isOpen);
    this.#takeBest({ signal: goesWith, width: 1, which: 0, most: FROM_GOES_WITH }, isOpen);
    for (const list of this.#demand) {
      let taken = 0;
      for (let i = 0; i < list.length && taken < FROM_DEMAND; i++) {
        if (!isOpen(list[i])) continue;
        taken++;
        this.#take(list[i]);
      }
    }
  }

  #takeBest(
    of: { signal: Float64Array; width: number; which: number; most: number },
    isOpen: (row: number) => boolean,
  ): void {
    const best = this.#best;
    const { signal, width, which } = of;
    best.clear(of.most);
    let threshold = 0;
    for (let at = which; (at = nextAbove(threshold, { signal, at, width })) < signal.length; at += width) {
      const row = (at - which) / width;
      if (isOpen(row)) threshold = best.offer(row, signal[at]);
    }
    for (let i = 0; i < best.count; i++) this.#take(best.row[i]);
  }

  #take(row: number): void {
    if (this.#isIn[row] === 1) return;
    this.#isIn[row] = 1;
    this.rows[this.count++] = row;
  }
}

/** The first place from `at` on, `width` apart, that is above; the signal's length or more where there is none. */
function nextAbove(threshold: number, of: { signal: Float64Array; at: number; width: number }): number {
  const { signal, width } = of;
  let at = of.at;
  while (at < signal.length && !(signal[at] > threshold)) at += width;
  return at;
}

function mostDemanded(column: Float32Array, sensitive: Uint8Array): Int32Array {
  const best = new NearestHeap(DEMAND_DEPTH);
  best.clear(DEMAND_DEPTH);
  for (let row = 0; row < column.length; row++)
    if (column[row] > 0 && sensitive[row] === 0) best.offer(row, column[row]);
  best.sort();
  return Int32Array.from(best.row.subarray(0, best.count));
}
