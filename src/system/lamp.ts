// A lamp that says from afar that the printer wants somebody: an LED's brightness file takes 1 and 0.
import { writeFile } from 'node:fs/promises';
import { toError } from '../domain/to-error.ts';

export type Lamp = {
  /** Switches as soon as the last switching is done; only the latest wish counts. */
  light(isLit: boolean): void;
  /** Resolves when nothing is left to switch. */
  settled(): Promise<void>;
  /** Dark for good: what is still heard of the printer while the till stops lights it no more. Resolves as `settled`. */
  end(): Promise<void>;
};

export const NO_LAMP: Lamp = {
  light: () => undefined,
  settled: () => Promise.resolve(),
  end: () => Promise.resolve(),
};

/** A lamp that cannot be switched is told of once, until it can be again: coupons print all the same. */
export class FileLamp implements Lamp {
  readonly #path: string;
  readonly #report: (error: Error) => void;
  #isWanted: boolean | null = null;
  #isLit: boolean | null = null;
  #isBroken = false;
  #isOver = false;
  #switching: Promise<void> | null = null;

  constructor(of: { path: string; report: (error: Error) => void }) {
    this.#path = of.path;
    this.#report = of.report;
  }

  light(isLit: boolean): void {
    if (this.#isOver) return;
    this.#isWanted = isLit;
    if (isLit !== this.#isLit) this.#switching ??= this.#switch();
  }

  async settled(): Promise<void> {
    await this.#switching;
  }

  end(): Promise<void> {
    this.light(false);
    this.#isOver = true;
    return this.settled();
  }

  async #switch(): Promise<void> {
    while (this.#isWanted !== this.#isLit) {
      const wanted = this.#isWanted;
      try {
        // r+: a file that is not there is a wrong path, and not to be made.
        await writeFile(this.#path, wanted === true ? '1\n' : '0\n', { flag: 'r+' });
        this.#isBroken = false;
      } catch (thrown) {
        if (!this.#isBroken) this.#report(new Error(sentence(this.#path, thrown), { cause: thrown }));
        this.#isBroken = true;
      }
      // Broken or not it is not tried again by itself: the next change of the printer is.
      this.#isLit = wanted;
    }
    this.#switching = null;
  }
}

function sentence(path: string, thrown: unknown): string {
  return `Cannot switch the lamp ${path}: ${toError(thrown).message}; check lamp.path and its permissions.`;
}
