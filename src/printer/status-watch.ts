// The printer asked again and again how it is, while something else of it is awaited.
import type { Clock } from '../domain/clock.ts';
import type { PrinterStatus } from '../domain/printer-status.ts';
import type { PrinterLimits } from './limits.ts';
import type { PrinterProfile } from './profile.ts';

export type OnStatus = (status: PrinterStatus) => void;

export type Watched = {
  readonly profile: PrinterProfile;
  readonly clock: Clock;
  readonly limits: PrinterLimits;
  /** @throws TillError PRINTER_SILENT and the link's errors */
  readonly ask: () => Promise<PrinterStatus>;
  readonly onStatus: OnStatus;
};

/**
 * Begins at once and goes on until `end`, also with a printer that owes an answer: should a late one be taken for the next
 * one's, the word shown is wrong until the one after it.
 */
export class StatusWatch {
  readonly #of: Watched;
  #asking: Promise<void> = Promise.resolve();
  #cancel: () => void = () => undefined;
  #hasEnded = false;
  /** An answer is missing, and may still come. */
  hasFailed = false;

  constructor(of: Watched) {
    this.#of = of;
    this.#askLater();
  }

  /** A request is never broken off: its answer would be taken for the next one's. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    this.#cancel();
    await this.#asking;
  }

  #askLater(): void {
    const { profile, clock, limits } = this.#of;
    if (this.#hasEnded || profile.status === 'none') return;
    this.#cancel = clock.after(limits.watchMs, () => {
      this.#asking = this.#ask();
    });
  }

  async #ask(): Promise<void> {
    try {
      const status = await this.#of.ask();
      if (!this.#hasEnded) this.#of.onStatus(status);
    } catch {
      // Why, is said by what is awaited of the same printer; somebody must look after it before that gives up.
      this.hasFailed = true;
      if (!this.#hasEnded) this.#of.onStatus({ state: 'silent' });
    }
    this.#askLater();
  }
}
