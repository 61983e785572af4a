// One line that shows how far a long job is: rewritten in place for a person, now and then a new one for a log.
import type { Terminal } from './command.ts';

const BAR = 20;
/** Between two lines in a log, and two drawings on a screen. */
const LOG_MS = 5000;
const DRAW_MS = 80;

export class ProgressLine implements Disposable {
  readonly #terminal: Pick<Terminal, 'err' | 'isInteractive' | 'columns'>;
  #lastMs = -Infinity;
  #isDrawn = false;

  constructor(terminal: Pick<Terminal, 'err' | 'isInteractive' | 'columns'>) {
    this.#terminal = terminal;
  }

  /** @param share 0 to 1, or null while the end is not known */
  show(words: string, share: number | null): void {
    const now = performance.now();
    if (now - this.#lastMs < (this.#terminal.isInteractive ? DRAW_MS : LOG_MS)) return;
    if (this.#lastMs === -Infinity && !this.#terminal.isInteractive) {
      this.#lastMs = now;
      return;
    }
    this.#lastMs = now;
    const text = share === null ? words : `  [${bar(share)}] ${Math.floor(share * 100)} % ${words}`;
    if (!this.#terminal.isInteractive) return this.#terminal.err(`${text}\n`);
    this.#terminal.err(`\r\x1b[K${text.slice(0, this.#terminal.columns - 1)}`);
    this.#isDrawn = true;
  }

  clear(): void {
    if (this.#isDrawn) this.#terminal.err('\r\x1b[K');
    this.#isDrawn = false;
  }

  [Symbol.dispose](): void {
    this.clear();
  }
}

function bar(share: number): string {
  return '#'.repeat(Math.round(share * BAR)).padEnd(BAR, '.');
}
