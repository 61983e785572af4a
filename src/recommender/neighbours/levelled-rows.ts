// A sparse table of rows and items in two typed arrays, the items of a row parted by level.
//
//   start  | r0 L0 | r0 L1 | r0 L2 | r0 L3 | r1 L0 | ...   one number per row and level, and the end
//   item   | 3 17  | 5     |       | 4     | 9     | ...   ascending within a level
//
// A level carries a weight, so no weight is stored with an item: 100,000 customers with 61 products each are 12 MB (16-bit
// product rows), and 1.6 MB of starts.
import { atOnce } from '../steps.ts';
import type { Steps } from '../steps.ts';
import { LEVELS } from './levels.ts';

export type Items = Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** One row at hand at a time, whether all are in memory or each is read from a file when it is asked for. */
export type RowsAtHand = {
  readonly rows: number;
  /** rows × LEVELS + 1 places; from it follows how many items of each level a row has. */
  readonly start: Uint32Array<ArrayBuffer>;
  readonly item: Items;
  /** Brings a row to hand: its items lie in `item` from the answer on, level by level, until the next question. */
  find(row: number): number;
};

type Table = Pick<LevelledRows, 'rows' | 'columns' | 'start' | 'item'>;

export class LevelledRows implements RowsAtHand {
  readonly rows: number;
  /** Items are numbers below this. */
  readonly columns: number;
  readonly start: Uint32Array<ArrayBuffer>;
  readonly item: Items;

  constructor({ rows, columns, start, item }: Table) {
    this.rows = rows;
    this.columns = columns;
    this.start = start;
    this.item = item;
  }

  find(row: number): number {
    return this.start[row * LEVELS];
  }
}

const LEVEL_STEP = 2 ** 29;
const ROWS_A_STEP = 4000;

export function itemsFor(columns: number, length: number): Items {
  return columns <= 65_536 ? new Uint16Array(length) : new Uint32Array(length);
}

/** Takes rows one after another; `finish` gives them. Grows by doubling, so it costs at most twice its answer while building. */
export class LevelledRowsBuilder {
  readonly #columns: number;
  #rows = 0;
  #start = new Uint32Array(1024 * LEVELS + 1);
  #item: Items;
  #count = 0;
  /** The row being filled: level and item in one number, so that one sort orders both. */
  #row = new Uint32Array(256);
  #rowCount = 0;

  constructor(columns: number) {
    this.#columns = columns;
    this.#item = itemsFor(columns, 65_536);
  }

  add(item: number, level: number): void {
    if (this.#rowCount === this.#row.length) this.#row = copyInto(new Uint32Array(this.#row.length * 2), this.#row);
    this.#row[this.#rowCount++] = level * LEVEL_STEP + item;
  }

  /** An item may be added once a row. */
  endRow(): void {
    this.#makeRoom();
    const row = this.#row.subarray(0, this.#rowCount).sort();
    let place = 0;
    for (let level = 0; level < LEVELS; level++) {
      while (place < row.length && row[place] < (level + 1) * LEVEL_STEP) {
        this.#item[this.#count++] = row[place++] - level * LEVEL_STEP;
      }
      this.#start[this.#rows * LEVELS + level + 1] = this.#count;
    }
    this.#rows++;
    this.#rowCount = 0;
  }

  finish(): LevelledRows {
    return new LevelledRows({
      rows: this.#rows,
      columns: this.#columns,
      start: this.#start.slice(0, this.#rows * LEVELS + 1),
      item: this.#item.slice(0, this.#count),
    });
  }

  #makeRoom(): void {
    if ((this.#rows + 1) * LEVELS + 1 > this.#start.length) {
      this.#start = copyInto(new Uint32Array(this.#start.length * 2), this.#start);
    }
    if (this.#count + this.#rowCount > this.#item.length) {
      const length = Math.max(this.#item.length * 2, this.#count + this.#rowCount);
      this.#item = copyInto(itemsFor(this.#columns, length), this.#item);
    }
  }
}

/** The same table by item: which rows have it, by level. One counting pass and one filling pass. */
export function transpose(table: LevelledRows): LevelledRows {
  return atOnce(transposeInSteps(table));
}

/** Rows `from` to `to`, counted from 0 again; a window, not a copy. */
export function rowsBetween(table: LevelledRows, from: number, to: number): LevelledRows {
  const start = table.start.subarray(from * LEVELS, to * LEVELS + 1);
  return new LevelledRows({ rows: to - from, columns: table.columns, start, item: table.item });
}

export function* transposeInSteps(table: LevelledRows): Steps<LevelledRows> {
  const start = new Uint32Array(table.columns * LEVELS + 1);
  for (let row = 0; row < table.rows; row++) {
    if (row % ROWS_A_STEP === 0) yield (0.5 * row) / table.rows;
    for (let level = 0; level < LEVELS; level++) {
      const end = table.start[row * LEVELS + level + 1];
      for (let i = table.start[row * LEVELS + level]; i < end; i++) start[table.item[i] * LEVELS + level + 1]++;
    }
  }
  for (let i = 1; i < start.length; i++) start[i] += start[i - 1];
  const next = start.slice();
  const item = itemsFor(table.rows, start[start.length - 1]);
  for (let row = 0; row < table.rows; row++) {
    if (row % ROWS_A_STEP === 0) yield 0.5 + (0.5 * row) / table.rows;
    for (let level = 0; level < LEVELS; level++) {
      const end = table.start[row * LEVELS + level + 1];
      for (let i = table.start[row * LEVELS + level]; i < end; i++) item[next[table.item[i] * LEVELS + level]++] = row;
    }
  }
  return new LevelledRows({ rows: table.columns, columns: table.rows, start, item });
}

/** The table without one row; the rows after it move up. */
export function withoutRow(table: LevelledRows, row: number): LevelledRows {
  const from = table.start[row * LEVELS];
  const to = table.start[(row + 1) * LEVELS];
  const item = itemsFor(table.columns, table.item.length - (to - from));
  item.set(table.item.subarray(0, from));
  item.set(table.item.subarray(to), from);
  const start = new Uint32Array(table.start.length - LEVELS);
  start.set(table.start.subarray(0, row * LEVELS));
  for (let i = row * LEVELS; i < start.length; i++) start[i] = table.start[i + LEVELS] - (to - from);
  return new LevelledRows({ rows: table.rows - 1, columns: table.columns, start, item });
}

function copyInto<Target extends Items>(target: Target, source: Items): Target {
  target.set(source);
  return target;
}
