// Imports one CSV file of the shop: copied aside, read once to its end, and only then stored, in short transactions.
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { Instant, ShopCalendar } from '../../domain/calendar.ts';
import { TillError } from '../../domain/till-error.ts';
import type { CodeHasher } from '../code-hash.ts';
import { Customers } from '../customers.ts';
import { IN_MEMORY, type Db } from '../database.ts';
import { LatestInstant } from '../latest-instant.ts';
import { Products } from '../products.ts';
import { ShopIntake, type Taken } from '../shop-intake.ts';
import type { Line } from './cell.ts';
import { recordsOf, type CsvRecord } from './csv-records.ts';
import { CUSTOMER_FILE, customerLine } from './customer-lines.ts';
import { readHeader, type Header } from './header.ts';
import { LineCells } from './line-cells.ts';
import { Pace } from './pace.ts';
import { PRODUCT_FILE, productLine } from './product-lines.ts';
import { PURCHASE_FILE, purchaseLine } from './purchase-lines.ts';
import { Rejects, whyNotWritable } from './rejects.ts';
import { copyAside, type SourceCopy } from './source-copy.ts';

export const IMPORT_KINDS = ['products', 'customers', 'purchases'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export type ImportProgress = {
  readonly phase: 'checking' | 'storing';
  /** Lines read in this phase. */
  readonly lines: number;
  /** Lines in the file; null while it is being checked. */
  readonly ofLines: number | null;
};

export type ImportReport = Taken & {
  /** Lines read after the header. */
  readonly lines: number;
  readonly rejected: number;
  /** Whole sentences. */
  readonly warnings: readonly string[];
  /** Where the rejected lines are; null where there are none. */
  readonly rejectsFile: string | null;
};

export type ImportRequest = {
  readonly kind: ImportKind;
  /** CSV, or gzip by its ending. */
  readonly file: string;
  /** null: beside the input, or where that may not be, beside the store. */
  readonly rejectsFile: string | null;
  readonly db: Db;
  readonly hasher: CodeHasher;
  readonly calendar: ShopCalendar;
  /** When an opt-out named in the file counts as asked for; what was sold after it lies in the future. */
  readonly now: Instant;
  /** Whether a scan of this number would be taken for a card. */
  readonly isCard: (number: string) => boolean;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  readonly signal: AbortSignal;
};

/** What is particular to one kind of file. */
type FileKind<Row> = {
  readonly columns: readonly string[];
  readonly required: readonly string[];
  readonly masked: readonly string[];
  rowOf(cells: LineCells): Line<Row>;
  /** Whole sentences on the rows read. */
  warnings(): readonly string[];
  /** @param lines how many will come; what it answers stores some of them in one transaction */
  storing(lines: number): (rows: readonly Row[]) => Taken;
};

/**
 * Run again after an interruption it takes what is missing; run twice it changes nothing.
 * @throws TillError FILE_UNREADABLE, WRONG_USE and every IMPORT_ code with nothing stored; but where the disk fills up meanwhile,
 * IMPORT_REJECTS_UNWRITABLE
 */
export async function importFile(request: ImportRequest): Promise<ImportReport> {
  const { db, hasher, calendar } = request;
  const intakeOf = (expectedLines: number) => new ShopIntake(db, { hasher, calendar, expectedLines });
  switch (request.kind) {
    case 'products': {
      const products = new Products(db);
      return importAs(request, {
        ...PRODUCT_FILE,
        rowOf: (cells) => productLine(cells, (code) => products.byCode(code)),
        warnings: () => [],
        storing: () => {
          const intake = intakeOf(0);
          return (rows) => intake.takeProducts(rows);
        },
      });
    }
    case 'customers': {
      const customers = new Customers(db, hasher);
      let noCards = 0;
      return importAs(request, {
        ...CUSTOMER_FILE,
        rowOf: (cells) => {
          const line = customerLine(cells, (code) => customers.findByCode(code));
          if ('row' in line && line.row.card !== null && !request.isCard(line.row.card)) noCards++;
          return line;
        },
        warnings: () =>
          noCards === 0 ? [] : [`Cards that no scan is taken for, as the configuration's "cards" has it: ${noCards}.`],
        storing: () => {
          const intake = intakeOf(0);
          return (rows) => intake.takeCustomers(rows, request.now);
        },
      });
    }
    case 'purchases': {
      const isDoubtful = new LatestInstant(db).judge({ now: request.now, isSynchronised: false }) !== 'trusted';
      const now = isDoubtful ? null : request.now;
      return importAs(request, {
        ...PURCHASE_FILE,
        rowOf: (cells) => purchaseLine(cells, { calendar, now }),
        warnings: () => [],
        storing: (lines) => {
          const intake = intakeOf(lines);
          return (rows) => intake.takePurchases(rows);
        },
      });
    }
  }
}

async function importAs<Row>(request: ImportRequest, kind: FileKind<Row>): Promise<ImportReport> {
  const folder = request.db.name === IN_MEMORY ? tmpdir() : dirname(resolve(request.db.name));
  const rejectsFile = request.rejectsFile ?? usualRejectsFile(request.file, folder);
  if (resolve(rejectsFile) === resolve(request.file)) {
    throw new TillError('WRONG_USE', { problem: `--rejects names the file to import, ${request.file}; name another.` });
  }
  using rejects = new Rejects({ file: rejectsFile, masked: kind.masked });
  rejects.makeSure();
  const copy = await copyAside({ file: request.file, folder, signal: request.signal });
  try {
    const { header, lines } = await readToTheEnd(copy, { request, kind });
    const sums = await storeLines(copy, { request, kind, header, lines, rejects });
    return {
      ...sums,
      lines,
      rejected: rejects.count,
      warnings: [...warningsOf(header, sums), ...kind.warnings()],
      rejectsFile: rejects.count > 0 ? rejectsFile : null,
    };
  } finally {
    await copy.handle.close();
  }
}

/** Who imports may read the shop's files and need not be able to write beside them. */
function usualRejectsFile(file: string, storeFolder: string): string {
  const beside = `${file}.rejects.csv`;
  return whyNotWritable(dirname(beside)) === null ? beside : join(storeFolder, basename(beside));
}

/** Finds every fault of the file as a whole before the first row is stored. */
async function readToTheEnd<Row>(
  copy: SourceCopy,
  { request, kind }: { request: ImportRequest; kind: FileKind<Row> },
): Promise<{ header: Header; lines: number }> {
  let header: Header | null = null;
  let lines = 0;
  for await (const records of recordsOf(copy)) {
    request.signal.throwIfAborted();
    const [first] = records;
    if (first === undefined) continue;
    if (header === null) {
      header = readHeader({ file: copy.file, cells: first.cells, ...kind });
      lines--;
    }
    lines += records.length;
    request.onProgress?.({ phase: 'checking', lines, ofLines: null });
  }
  if (header === null) throw new TillError('IMPORT_EMPTY', { file: copy.file });
  return { header, lines };
}

async function storeLines<Row>(
  copy: SourceCopy,
  from: { request: ImportRequest; kind: FileKind<Row>; header: Header; lines: number; rejects: Rejects },
): Promise<Taken> {
  const { request, kind, rejects } = from;
  const cells = new LineCells(from.header);
  const sums = { taken: 0, alreadyKnown: 0, forgotten: 0, cardsMoved: 0 };
  const pace = new Pace();
  const store = kind.storing(from.lines);
  let rows: Row[] = [];
  const flush = (): void => {
    if (rows.length === 0) return;
    const begin = performance.now();
    const { taken, alreadyKnown, forgotten, cardsMoved } = store(rows);
    pace.took(performance.now() - begin);
    sums.taken += taken;
    sums.alreadyKnown += alreadyKnown;
    sums.forgotten += forgotten;
    sums.cardsMoved += cardsMoved;
    rows = [];
  };
  let read = -1;
  for await (const records of recordsOf(copy)) {
    for (const record of records) {
      read++;
      if (read === 0) continue;
      const line = lineOf(record, { header: from.header, cells, kind });
      if ('row' in line) rows.push(line.row);
      else rejects.add(record.line, line.refusal);
      if (rows.length >= pace.rows) {
        request.signal.throwIfAborted();
        flush();
      }
    }
    request.onProgress?.({ phase: 'storing', lines: Math.max(read, 0), ofLines: from.lines });
  }
  request.signal.throwIfAborted();
  flush();
  return sums;
}

function lineOf<Row>(
  record: CsvRecord,
  { header, cells, kind }: { header: Header; cells: LineCells; kind: FileKind<Row> },
): Line<Row> {
  if (record.cells.length === header.width) return kind.rowOf(cells.of(record.cells));
  const reason = `the line has ${record.cells.length} cells and the header ${header.width}`;
  return { refusal: { column: '', reason, value: '' } };
}

function warningsOf(header: Header, sums: Taken): string[] {
  const warnings = header.unknown.map((column) => `The column "${column}" is not known and was ignored.`);
  if (sums.forgotten > 0) {
    warnings.push(`Lines of customers who asked to be forgotten were left out: ${sums.forgotten}.`);
  }
  return warnings;
}
