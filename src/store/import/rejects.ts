// The lines that were not taken, written down for the shop to mend, readable by their owner alone.
import { closeSync, mkdtempSync, openSync, readSync, rmdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
   * Before anything is stored: its place must be one that can be written, and only an earlier list gives way there, so that a
   * mistyped name costs nobody a file.
   * @throws TillError IMPORT_REJECTS_UNWRITABLE
   */
  makeSure(): void {
    const problem = this.#whyNot();
    if (problem !== null) throw this.#unwritable(problem);
  }

  #whyNot(): Error | null {
    try {
      const there = statSync(this.file, { throwIfNoEntry: false });
      if (there !== undefined && !there.isFile()) return null;
      if (there !== undefined && there.size > 0 && !startsWith(this.file, HEADER))
        return new Error('another file is there that is no list of rejected lines');
      return whyNotWritable(dirname(this.file));
    } catch (thrown) {
      return toError(thrown);
    }
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

/** Found out by doing it: rights, a read-only disk and the kernel's own folders each refuse in their own way. */
export function whyNotWritable(folder: string): Error | null {
  try {
    rmdirSync(mkdtempSync(join(folder, '.tillcat-')));
    return null;
  } catch (thrown) {
    // "EACCES: permission denied", without the name tried.
    const [problem] = toError(thrown).message.split(', ');
    return new Error(problem, { cause: thrown });
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
