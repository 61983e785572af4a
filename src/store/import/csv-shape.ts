// Follows the outline of a CSV text byte by byte: where records end, how long they get, whether quotes close (RFC 4180).
import { TillError } from '../../domain/till-error.ts';

/** No shop's line is longer; a longer one is another kind of file, or a quote that never closes. */
export const LONGEST_RECORD_BYTES = 65_536;

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;

type State = 'field-start' | 'plain' | 'quoted' | 'quote-in-quoted';

export class CsvShape {
  readonly #file: string;
  #state: State = 'field-start';
  /** A carriage return ends a record, and a line feed after it belongs to the same end. */
  #sawCr = false;
  #recordBytes = 0;
  /** Physical lines begun, from 1. */
  #line = 1;
  #recordLine = 1;
  #quoteLine = 1;

  constructor(file: string) {
    this.#file = file;
  }

  /**
   * Follows the next bytes; answers how many of them belong to records that are complete, null where no record ended here.
   * @throws TillError IMPORT_LINE_TOO_LONG, IMPORT_QUOTE_BROKEN, IMPORT_NOT_TEXT
   */
  follow(chunk: Uint8Array): number | null {
    let complete: number | null = null;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i];
      if (this.#sawCr) {
        this.#sawCr = false;
        complete = byte === LF ? i + 1 : i;
        if (byte === LF) continue;
      }
      if (byte === 0) throw new TillError('IMPORT_NOT_TEXT', { file: this.#file, line: this.#line });
      const isLineEnd = byte === LF || byte === CR;
      if (byte === LF || (byte === CR && this.#state !== 'quoted')) this.#line++;
      if (isLineEnd && this.#state !== 'quoted') {
        this.#endRecord();
        if (byte === CR) this.#sawCr = true;
        else complete = i + 1;
        continue;
      }
      this.#recordBytes++;
      if (this.#recordBytes > LONGEST_RECORD_BYTES) this.#refuseLength();
      this.#step(byte);
    }
    return complete;
  }

  /** @throws TillError IMPORT_QUOTE_BROKEN where the text ends inside quotes */
  finish(): void {
    if (this.#state === 'quoted') throw this.#brokenQuote();
  }

  #step(byte: number | undefined): void {
    switch (this.#state) {
      case 'field-start':
        if (byte === QUOTE) {
          this.#state = 'quoted';
          this.#quoteLine = this.#line;
        } else if (byte !== COMMA) this.#state = 'plain';
        return;
      case 'plain':
        if (byte === COMMA) this.#state = 'field-start';
        return;
      case 'quoted':
        if (byte === QUOTE) this.#state = 'quote-in-quoted';
        return;
      case 'quote-in-quoted':
        if (byte === QUOTE) this.#state = 'quoted';
        else if (byte === COMMA) this.#state = 'field-start';
        else throw this.#brokenQuote();
        return;
    }
  }

  #endRecord(): void {
    this.#state = 'field-start';
    this.#recordBytes = 0;
    this.#recordLine = this.#line;
  }

  #refuseLength(): never {
    // Lines joined by a quote that never closes look like one endless record: name the quote, not the length.
    if (this.#state === 'quoted' && this.#line > this.#recordLine) throw this.#brokenQuote();
    throw new TillError('IMPORT_LINE_TOO_LONG', {
      file: this.#file,
      line: this.#recordLine,
      limitBytes: LONGEST_RECORD_BYTES,
    });
  }

  #brokenQuote(): TillError<'IMPORT_QUOTE_BROKEN'> {
    return new TillError('IMPORT_QUOTE_BROKEN', { file: this.#file, line: this.#quoteLine });
  }
}
