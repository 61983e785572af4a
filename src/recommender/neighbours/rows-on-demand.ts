// The rows of a sparse table whose items stay in a file: each is read when it is asked for, into the same place.
import type { Items, RowsAtHand } from './levelled-rows.ts';
import { LEVELS } from './levels.ts';

export class RowsOnDemand implements RowsAtHand {
  readonly rows: number;
  readonly start: Uint32Array<ArrayBuffer>;
  /** Room for the longest row. */
  readonly item: Items;
  readonly #read: (into: Uint8Array, from: number) => void;
  /** On `item`, by the number of items, so that asking makes none. */
  readonly #windows: readonly Uint8Array[];

  /**
   * @param of.roomFor makes an empty array of the items' type
   * @param of.read fills the bytes with the items from one on
   */
  constructor(of: {
    rows: number;
    start: Uint32Array<ArrayBuffer>;
    roomFor: (length: number) => Items;
    read: (into: Uint8Array, from: number) => void;
  }) {
    const { rows, start } = of;
    let longest = 0;
    for (let row = 0; row < rows; row++) longest = Math.max(longest, start[(row + 1) * LEVELS] - start[row * LEVELS]);
    this.rows = rows;
    this.start = start;
    this.item = of.roomFor(longest);
    this.#read = of.read;
    const { buffer, BYTES_PER_ELEMENT } = this.item;
    this.#windows = Array.from(
      { length: longest + 1 },
      (_, length) => new Uint8Array(buffer, 0, length * BYTES_PER_ELEMENT),
    );
  }

  find(row: number): number {
    const from = this.start[row * LEVELS];
    this.#read(this.#windows[this.start[(row + 1) * LEVELS] - from], from);
    return 0;
  }
}
