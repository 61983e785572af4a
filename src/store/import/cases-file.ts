// The cases of `recommend`: for whom to rank, and as of when.
import type { Instant, ShopCalendar } from '../../domain/calendar.ts';
import { TillError } from '../../domain/till-error.ts';
import { recordsOf } from './csv-records.ts';
import { readHeader, type Header } from './header.ts';
import { copyAside } from './source-copy.ts';

export type RankCase = {
  /** The shop's own customer code, as in its purchase file. */
  readonly customerCode: string;
  /** Stands for now: only purchases strictly before it count. */
  readonly asOf: Instant;
  /** As the file spells it. */
  readonly asOfText: string;
};

const COLUMNS = ['customer', 'as_of'] as const;

/**
 * All of them, in the order of the file; `folder` is where the copy is read from.
 * @throws TillError CASES_LINE_WRONG, and what an import throws for a file it cannot read
 */
export async function readCases(from: {
  file: string;
  folder: string;
  calendar: ShopCalendar;
  signal: AbortSignal;
}): Promise<readonly RankCase[]> {
  const copy = await copyAside(from);
  try {
    let header: Header | null = null;
    const cases: RankCase[] = [];
    for await (const records of recordsOf(copy)) {
      for (const { line, cells } of records) {
        if (header === null) header = readHeader({ file: from.file, cells, columns: COLUMNS, required: COLUMNS });
        else cases.push(caseOf({ file: from.file, line, cells, header, calendar: from.calendar }));
      }
    }
    if (header === null) throw new TillError('IMPORT_EMPTY', { file: from.file });
    return cases;
  } finally {
    await copy.handle.close();
  }
}

function caseOf(from: {
  file: string;
  line: number;
  cells: readonly string[];
  header: Header;
  calendar: ShopCalendar;
}): RankCase {
  const customerCode = from.cells[from.header.placeOf('customer')]?.trim() ?? '';
  const asOfText = from.cells[from.header.placeOf('as_of')]?.trim() ?? '';
  const asOf = from.calendar.parse(asOfText);
  const { file, line } = from;
  if (customerCode === '') throw new TillError('CASES_LINE_WRONG', { file, line, problem: 'customer is empty' });
  if (asOf === null) {
    throw new TillError('CASES_LINE_WRONG', { file, line, problem: `as_of is "${asOfText}", not an ISO 8601 time` });
  }
  return { customerCode, asOf, asOfText };
}
