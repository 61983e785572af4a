// The sparse tables of a model file: read into memory as they are, or left in the file and looked up row by row.
import { mustStayBelow } from './columns.ts';
import type { Columns } from './columns.ts';
import { itemsFor, LevelledRows } from './neighbours/levelled-rows.ts';
import type { Items } from './neighbours/levelled-rows.ts';
import { LEVELS } from './neighbours/levels.ts';
import { RowsOnDemand } from './neighbours/rows-on-demand.ts';
import { SectionsWrong } from './sections.ts';

/** The names of its two sections, and its size. */
export type RowsSections = {
  readonly start: string;
  readonly item: string;
  readonly rows: number;
  readonly columns: number;
};

export function readRows(columns: Columns, of: RowsSections): LevelledRows {
  const item = columns.takeItems(of.item);
  const start = readStart(columns, of, item.length);
  mustStayBelow(of.item, item, of.columns);
  return new LevelledRows({ ...of, start, item });
}

/** Its items are not looked through: one that points past its table is no product's, and counts for none. */
export function rowsOnDemand(columns: Columns, of: RowsSections): RowsOnDemand {
  const section = columns.sectionOf(of.item);
  const start = readStart(columns, of, section.length);
  const roomFor = (length: number): Items => itemsFor(of.columns, length);
  if (!(roomFor(0) instanceof section.type))
    throw new SectionsWrong(`its section "${of.item}" is a ${section.type.name} and too wide or too narrow`);
  return new RowsOnDemand({ rows: of.rows, start, roomFor, read: (into, from) => columns.look(section, into, from) });
}

function readStart(columns: Columns, of: RowsSections, items: number): Uint32Array<ArrayBuffer> {
  const start = columns.take(of.start, Uint32Array, of.rows * LEVELS + 1);
  let before = 0;
  for (let i = 0; i < start.length; i++) {
    if (start[i] < before) throw new SectionsWrong(`its section "${of.start}" goes back from ${before} to ${start[i]}`);
    before = start[i];
  }
  if (before !== items) {
    throw new SectionsWrong(`its section "${of.item}" has ${items} numbers and "${of.start}" speaks of ${before}`);
  }
  return start;
}
