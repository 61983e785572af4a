// Whether the shop's clock is believed: asked before every coupon, and looked into anew each minute and as soon as it leaps.
import type { Clock } from './domain/clock.ts';
import { toError } from './domain/to-error.ts';
import type { LatestInstant } from './store/latest-instant.ts';
import type { AskTimeSync } from './system/time-sync.ts';

export type ClockWatchParts = {
  readonly clock: Clock;
  readonly latestInstant: Pick<LatestInstant, 'judge' | 'observe'>;
  readonly askTimeSync: AskTimeSync;
  /** Told once when belief ends, and once when it is back. */
  readonly onChange: (isDoubtful: boolean) => void;
  readonly report: (error: Error) => void;
};

export class ClockWatch {
  readonly #parts: ClockWatchParts;
  #wasDoubtful = false;
  #isLooking = false;

  constructor(parts: ClockWatchParts) {
    this.#parts = parts;
  }

  /**
   * A time that is right in itself is no longer far from the latest one seen once it has been looked into (latest-instant.ts), so
   * the clock may be asked alone; until then nothing is dated by it.
   */
  isDoubtful(): boolean {
    const { clock, latestInstant } = this.#parts;
    const isDoubtful = latestInstant.judge({ now: clock.now(), isSynchronised: false }) !== 'trusted';
    if (isDoubtful && !this.#wasDoubtful)
      void this.look().catch((thrown: unknown) => this.#parts.report(toError(thrown)));
    return isDoubtful;
  }

  async look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const { clock, latestInstant, askTimeSync, onChange } = this.#parts;
      const isSynchronised = (await askTimeSync()) === 'synchronised';
      const isDoubtful = latestInstant.observe({ now: clock.now(), isSynchronised }) !== 'trusted';
      if (isDoubtful !== this.#wasDoubtful) onChange(isDoubtful);
      this.#wasDoubtful = isDoubtful;
    } finally {
      this.#isLooking = false;
    }
  }
}
