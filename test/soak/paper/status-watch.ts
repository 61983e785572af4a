// Whether the daemon's word for its printer is the printer's own, how long it takes to become so, and how fast it is told.
export type Watched = {
  /** Changes that were seen through: the daemon's word became right before the next one. */
  readonly noticed: number;
  readonly slowestMs: number;
  readonly slowestWas: string;
  readonly late: readonly string[];
  readonly answers: number;
  readonly slowestAnswerMs: number;
};

/** A change must be known by then; three times that on a loaded machine. */
const NOTICED_MS = 3_000;
const LOADED = 3;
/** The API answers within it, whatever the printer does. */
const ANSWERED_MS = 1_000;

export class StatusWatch {
  #right: readonly string[] | null = null;
  /** Since when the word is wrong; null while it is right, or nobody can say. */
  #wrongSinceMs: number | null = null;
  /** What it was called since then. */
  #words: string[] = [];
  /** What hands do to the printer just now, or did last. */
  cause = 'the start';
  #isServing = false;
  #noticed = 0;
  #slowestMs = 0;
  #slowestWas = '';
  readonly #late: string[] = [];
  readonly #all: number[] = [];
  #answers = 0;
  #slowestAnswerMs = 0;

  /** What the printer would be called from now on; null: it cannot be said. */
  expect(words: readonly string[] | null): void {
    if (String(words) === String(this.#right)) return;
    this.#giveUp(performance.now());
    this.#right = words;
    this.#startOver();
  }

  /** A daemon that is not there says nothing. */
  serves(isServing: boolean): void {
    this.#giveUp(performance.now());
    this.#isServing = isServing;
    this.#startOver();
  }

  heard({ word, askedAtMs }: { word: string; askedAtMs: number }): void {
    const nowMs = performance.now();
    this.#answers++;
    this.#slowestAnswerMs = Math.max(this.#slowestAnswerMs, nowMs - askedAtMs);
    if (nowMs - askedAtMs > ANSWERED_MS * LOADED)
      this.#late.push(`the status was answered after ${Math.round(nowMs - askedAtMs)} ms`);
    if (this.#words.at(-1) !== word) this.#words.push(word);
    if (this.#right === null || !this.#isServing) return;
    if (!this.#right.includes(word)) {
      if (this.#wrongSinceMs === null) this.#words = [word];
      this.#wrongSinceMs ??= askedAtMs;
      return;
    }
    if (this.#wrongSinceMs !== null) this.#settle(nowMs - this.#wrongSinceMs, word);
    this.#wrongSinceMs = null;
  }

  /** Milliseconds, the shortest first. */
  get all(): readonly number[] {
    return this.#all.toSorted((a, b) => a - b);
  }

  get watched(): Watched {
    return {
      noticed: this.#noticed,
      slowestMs: this.#slowestMs,
      slowestWas: this.#slowestWas,
      late: this.#late,
      answers: this.#answers,
      slowestAnswerMs: this.#slowestAnswerMs,
    };
  }

  #startOver(): void {
    this.#wrongSinceMs = this.#right === null || !this.#isServing ? null : performance.now();
    this.#words = [];
  }

  #settle(ms: number, word: string): void {
    this.#noticed++;
    this.#all.push(ms);
    const was = `${word} was said after ${Math.round(ms)} ms (${this.cause}; before: ${this.#words.slice(0, -1).join(', ')})`;
    if (ms > this.#slowestMs) [this.#slowestMs, this.#slowestWas] = [ms, was];
    if (ms > NOTICED_MS * LOADED) this.#late.push(was);
  }

  /** The next change came first: late is late all the same. */
  #giveUp(nowMs: number): void {
    if (this.#wrongSinceMs === null) return;
    const ms = nowMs - this.#wrongSinceMs;
    const was = `${String(this.#right)} was still called ${this.#words.join(', ')} after ${Math.round(ms)} ms (${this.cause})`;
    if (ms > NOTICED_MS && ms > this.#slowestMs) [this.#slowestMs, this.#slowestWas] = [ms, was];
    if (ms > NOTICED_MS * LOADED) this.#late.push(was);
    this.#wrongSinceMs = null;
  }
}
