// The first line of an import file: which known column stands where.
import { maskCard } from '../../domain/mask-card.ts';
import { TillError } from '../../domain/till-error.ts';

export type Header = {
  /** How many cells every line must have. */
  readonly width: number;
  /** Where a known column stands; -1 where the file has none. */
  placeOf(column: string): number;
  /** Named by the file and unknown to us, as the file spells them. */
  readonly unknown: readonly string[];
};

/** @throws TillError IMPORT_HEADER_WRONG */
export function readHeader(from: {
  file: string;
  cells: readonly string[];
  columns: readonly string[];
  required: readonly string[];
}): Header {
  const names = from.cells.map((cell) => cell.trim().toLowerCase());
  const [only = ''] = from.cells;
  const [, mark] = from.cells.length === 1 ? (/([;\t])/.exec(only) ?? []) : [];
  if (mark !== undefined) throw wrong(from, `its cells are parted by ${mark === ';' ? '";"' : 'tabs'} and not by ","`);
  const missing = from.required.filter((column) => !names.includes(column));
  if (missing.length > 0) throw wrong(from, `it has no column ${missing.join(', ')}`);
  const twice = from.columns.filter((column) => names.indexOf(column) !== names.lastIndexOf(column));
  if (twice.length > 0) throw wrong(from, `it names ${twice.join(', ')} twice`);
  return {
    width: names.length,
    placeOf: (column) => names.indexOf(column),
    unknown: from.cells.filter((_, place) => !from.columns.includes(names[place] ?? '')),
  };
}

/** Long enough to recognise the line, short enough for one sentence. */
const SHOWN_LENGTH = 200;

/** Where the header is missing altogether, this is somebody's card. */
function shown(cell: string): string {
  return /^[\p{L} _;\t-]*$/u.test(cell.trim()) ? cell : maskCard(cell);
}

function wrong(
  from: { file: string; cells: readonly string[]; columns: readonly string[] },
  problem: string,
): TillError {
  const found = from.cells.map(shown).join(',').slice(0, SHOWN_LENGTH);
  return new TillError('IMPORT_HEADER_WRONG', { file: from.file, problem, found, wanted: from.columns.join(', ') });
}
