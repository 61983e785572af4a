// The latest instant this store has seen: a clock that stands before it, or far past it, is doubted until it is synchronised or accepted.
import type { Instant } from '../domain/calendar.ts';
import { instant } from '../domain/calendar.ts';
import type { Db } from './database.ts';
import { readMeta, writeMeta } from './meta.ts';

/** `before-latest`: the clock went back; `far-ahead`: it leapt, or the till was off for long. */
export type ClockJudgement = 'trusted' | 'before-latest' | 'far-ahead';

export type ClockReading = {
  readonly now: Instant;
  /** Whether the machine's time is synchronised: then it is right, wherever it stands. */
  readonly isSynchronised: boolean;
};

const LATEST = 'latest-instant';
const FARTHEST_AHEAD_MS = 7 * 86_400_000;
/** A clock being slewed steps back by less than this. */
const SLEW_MS = 5_000;
/** Each time kept is a write to the card: a power cut may take back this much of what was seen. */
const KEEP_EVERY_MS = 10 * 60_000;

export class LatestInstant {
  readonly #db: Db;
  #kept: Instant | null;
  #latest: Instant | null;

  constructor(db: Db) {
    this.#db = db;
    const text = readMeta(db, LATEST);
    this.#kept = text === null ? null : instant(Number(text));
    this.#latest = this.#kept;
  }

  /** null in a store that has seen none yet. */
  get latest(): Instant | null {
    return this.#latest;
  }

  /** The time to judge by: the clock's, or where it is not believed the latest that was. */
  believed(now: Instant): Instant {
    const isTrusted = this.judge({ now, isSynchronised: false }) === 'trusted';
    return isTrusted || this.#latest === null ? now : this.#latest;
  }

  judge(reading: ClockReading): ClockJudgement {
    if (this.#latest === null || reading.isSynchronised) return 'trusted';
    if (reading.now < this.#latest - SLEW_MS) return 'before-latest';
    return reading.now > this.#latest + FARTHEST_AHEAD_MS ? 'far-ahead' : 'trusted';
  }

  /** Judges, and remembers a reading that is trusted. */
  observe(reading: ClockReading): ClockJudgement {
    this.#hearOthers();
    const judgement = this.judge(reading);
    if (judgement !== 'trusted') return judgement;
    const isBack = this.#latest !== null && reading.now < this.#latest - SLEW_MS;
    if (isBack) this.accept(reading.now);
    else this.#raise(reading.now);
    return judgement;
  }

  /** A person says this clock is right: what was seen before counts no more. */
  accept(now: Instant): void {
    this.#latest = now;
    this.#keep();
  }

  /** For a clean stop: what was seen since the last time kept. */
  flush(): void {
    this.#hearOthers();
    if (this.#latest !== this.#kept) this.#keep();
  }

  /** Another process has accepted a clock: a person at the command line, while the daemon runs. */
  #hearOthers(): void {
    const text = readMeta(this.#db, LATEST);
    if (text === null || Number(text) === this.#kept) return;
    this.#kept = instant(Number(text));
    this.#latest = this.#kept;
  }

  #raise(now: Instant): void {
    if (this.#latest !== null && now <= this.#latest) return;
    this.#latest = now;
    if (this.#kept === null || now - this.#kept >= KEEP_EVERY_MS) this.#keep();
  }

  #keep(): void {
    if (this.#latest === null) return;
    writeMeta(this.#db, LATEST, String(this.#latest));
    this.#kept = this.#latest;
  }
}
