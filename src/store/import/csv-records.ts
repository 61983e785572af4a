// A CSV text as blocks of whole records, read with bounded memory.
import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { TillError } from '../../domain/till-error.ts';
import { CsvShape } from './csv-shape.ts';
import { textOf, type SourceCopy } from './source-copy.ts';

export type CsvRecord = {
  /** The physical line it begins in, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
};

/**
 * Blocks of some thousand records; lines with nothing in them are left out.
 * @throws TillError IMPORT_GZIP_TORN, IMPORT_GZIP_DAMAGED, IMPORT_NOT_UTF8, IMPORT_NOT_TEXT, IMPORT_LINE_TOO_LONG, IMPORT_QUOTE_BROKEN
 */
export async function* recordsOf(copy: SourceCopy): AsyncGenerator<readonly CsvRecord[]> {
  let line = 1;
  for await (const block of wholeRecords(copy)) {
    if (!isUtf8(block)) throw new TillError('IMPORT_NOT_UTF8', { file: copy.file, line: line + badLine(block) });
    const records: CsvRecord[] = [];
    for (const cells of parseBlock(block)) {
      if (cells.length > 1 || cells[0] !== '') records.push({ line, cells });
      line += linesIn(cells);
    }
    yield records;
  }
}

/** Cut where a record ends, so that each block can be parsed by itself. */
async function* wholeRecords(copy: SourceCopy): AsyncGenerator<Buffer> {
  const shape = new CsvShape(copy.file);
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of textOf(copy)) {
    const complete = shape.follow(chunk);
    if (complete === null) {
      rest = Buffer.concat([rest, chunk]);
      continue;
    }
    yield Buffer.concat([rest, chunk.subarray(0, complete)]);
    rest = Buffer.from(chunk.subarray(complete));
  }
  shape.finish();
  if (rest.length > 0) yield rest;
}

/** The outline is known to be sound by now, so nothing in here is an error of the parser's. */
function parseBlock(block: Buffer): string[][] {
  return parse(block, {
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
  });
}

function linesIn(cells: readonly string[]): number {
  let lines = 1;
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) lines += cell.split(/\r\n|\r|\n/).length - 1;
  }
  return lines;
}

/** How many lines of a block lie before its first that is not UTF-8. */
function badLine(block: Buffer): number {
  let line = 0;
  for (let start = 0; start < block.length; line++) {
    const end = block.indexOf('\n', start);
    if (end < 0 || !isUtf8(block.subarray(start, end))) return line;
    start = end + 1;
  }
  return line;
}
