// The lines that were not taken, written down for the shop to mend, readable by their owner alone.
import {
  closeSync,
  constants,
  lstatSync,
  mkdtempSync,
  openSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { maskCard } from '../../domain/mask-card.ts';
import { TillError } from '../../domain/till-error.ts';
import { toError } from '../../domain/to-error.ts';
import type { Refusal } from './cell.ts';

const LONGEST_VALUE = 200;
const HEADER = 'line,column,reason,value\n';

/** Makes its file with the first line it gets; a pipe or device is held from the beginning. */
export class Rejects implements Disposable {
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
      if (there === undefined) return problemOf(() => makeAndRemove(this.file));
      if (there.isFIFO() || there.isCharacterDevice()) this.#descriptor = openForGood(this.file);
      else if (!there.isFile()) return new Error(there.isDirectory() ? 'it is a folder' : 'it is no file');
      // The link itself would give way, and it may be /dev/stdout.
      else if (lstatSync(this.file).isSymbolicLink()) return new Error('it is a link to a file; name that file itself');
      else if (there.size > 0 && !startsWith(this.file, HEADER))
        return new Error('another file is there that is no list of rejected lines');
      else return problemOf(() => moveAwayAndBack(this.file));
      return null;
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

  [Symbol.dispose](): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  #write(cells: readonly string[]): void {
    try {
      this.#descriptor ??= makeAnew(this.file);
      if (this.#count === 0) writeSync(this.#descriptor, HEADER);
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
  return problemOf(() => rmdirSync(mkdtempSync(join(folder, '.tillcat-'))));
}

function problemOf(work: () => void): Error | null {
  try {
    work();
    return null;
  } catch (thrown) {
    // "EACCES: permission denied", without the name tried.
    const [problem] = toError(thrown).message.split(', ');
    return new Error(problem, { cause: thrown });
  }
}

function makeAnew(file: string): number {
  rmSync(file, { force: true });
  return openSync(file, 'wx', 0o600);
}

/** A name that ends in "/", or is none at all, is refused only here. */
function makeAndRemove(file: string): void {
  closeSync(openSync(file, 'wx', 0o600));
  rmSync(file);
}

/** An earlier list may be somebody else's in a folder that all may write to, or be held in its place: it could not give way. */
function moveAwayAndBack(file: string): void {
  const away = mkdtempSync(join(dirname(file), '.tillcat-'));
  try {
    renameSync(file, join(away, 'list'));
    renameSync(join(away, 'list'), file);
  } finally {
    rmdirSync(away);
  }
}

/**
 * A pipe nobody reads is refused, and not waited for in the middle of the import; and it is opened for writing all along, for
 * its reader takes the first end for the last.
 */
function openForGood(file: string): number {
  const probe = openSync(file, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    return openSync(file, constants.O_WRONLY | constants.O_NOCTTY);
  } finally {
    closeSync(probe);
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
