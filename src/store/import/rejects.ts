// The lines that were not taken, written beside the input for the shop to mend, readable by their owner alone.
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { maskCard } from '../../domain/mask-card.ts';
import { TillError } from '../../domain/till-error.ts';
import { toError } from '../../domain/to-error.ts';
import type { Refusal } from './cell.ts';

const LONGEST_VALUE = 200;

/** Makes its file with the first line it gets. */
export class Rejects {
  readonly file: string;
  readonly #masked: readonly string[];
  #descriptor: number | null = null;
  #count = 0;

  constructor(from: { file: string; masked: readonly string[] }) {
    this.file = from.file;
    this.#masked = from.masked;
  }

  get count(): number {
    return this.#count;
  }

  /** @throws TillError IMPORT_REJECTS_UNWRITABLE */
  add(line: number, refusal: Refusal): void {
    const { column, reason } = refusal;
    const value = this.#masked.includes(column) ? maskCard(refusal.value) : refusal.value.slice(0, LONGEST_VALUE);
    this.#write([String(line), column, reason, value]);
    this.#count++;
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  #write(cells: readonly string[]): void {
    try {
      if (this.#descriptor === null) {
        rmSync(this.file, { force: true });
        this.#descriptor = openSync(this.file, 'wx', 0o600);
        writeSync(this.#descriptor, 'line,column,reason,value\n');
      }
      writeSync(this.#descriptor, `${cells.map(quoted).join(',')}\n`);
    } catch (thrown) {
      const problem = toError(thrown).message;
      throw new TillError('IMPORT_REJECTS_UNWRITABLE', { file: this.file, problem }, { cause: thrown });
    }
  }
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
