// The lines that were not taken, written beside the input for the shop to mend, readable by their owner alone.
import { closeSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { maskCard } from '../../domain/mask-card.ts';
import { TillError } from '../../domain/till-error.ts';
import { toError } from '../../domain/to-error.ts';
import type { Refusal } from './cell.ts';

const LONGEST_VALUE = 200;
const HEADER = 'line,column,reason,value\n';

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

  /**
   * Before anything is stored: a mistyped name must cost nobody a file, so only an earlier list gives way.
   * @throws TillError IMPORT_REJECTS_UNWRITABLE
   */
  refuseStranger(): void {
    try {
      const there = statSync(this.file, { throwIfNoEntry: false });
      if (there === undefined || !there.isFile() || there.size === 0 || startsWith(this.file, HEADER)) return;
    } catch (thrown) {
      throw this.#unwritable(thrown);
    }
    throw this.#unwritable(new Error('another file is there that is no list of rejected lines'));
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
        const isDevice = statSync(this.file, { throwIfNoEntry: false })?.isFile() === false;
        if (!isDevice) rmSync(this.file, { force: true });
        this.#descriptor = openSync(this.file, isDevice ? 'w' : 'wx', 0o600);
        writeSync(this.#descriptor, HEADER);
      }
      writeSync(this.#descriptor, `${cells.map(quoted).join(',')}\n`);
    } catch (thrown) {
      throw this.#unwritable(thrown);
    }
  }

  #unwritable(thrown: unknown): TillError {
    const problem = toError(thrown).message;
    return new TillError('IMPORT_REJECTS_UNWRITABLE', { file: this.file, problem }, { cause: thrown });
  }
}

function startsWith(file: string, text: string): boolean {
  const head = Buffer.alloc(text.length);
  const opened = openSync(file, 'r');
  try {
    readSync(opened, head);
  } finally {
    closeSync(opened);
  }
  return head.toString('latin1') === text;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
