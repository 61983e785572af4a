// How many rows go into one transaction, so that visits at the till never wait long for the write lock.

/** Half of the 50 ms promised: the other half is for a slow disk's surprise. */
const TARGET_MS = 25;
const FEWEST_ROWS = 32;
const MOST_ROWS = 512;

export class Pace {
  #rows = 256;

  get rows(): number {
    return this.#rows;
  }

  /** Learns from how long the last transaction took; grows slowly and shrinks at once. */
  took(ms: number): void {
    const fitting = (this.#rows * TARGET_MS) / Math.max(ms, 0.1);
    this.#rows = Math.round(Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, Math.min(fitting, this.#rows * 1.5))));
  }
}
