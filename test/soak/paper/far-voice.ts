// How the printer outside speaks: in order, at once or late, and sometimes not at all.
import type { Random } from '../../../src/sample/random.ts';

/** `lateMs` later at most, and of a hundred answers `missing` hundredths never. */
export type Answering = { readonly lateMs: number; readonly missing: number };
export const AT_ONCE: Answering = { lateMs: 0, missing: 0 };

/** True where there was somebody to hear it. */
export type Say = (bytes: Uint8Array) => boolean;

export class FarVoice {
  answering: Answering = AT_ONCE;
  readonly #say: Say;
  readonly #random: Random;
  /** Counts the power cuts: what was to be said before one is never said. */
  #boot = 0;
  #lastSaidMs = 0;

  constructor({ say, random }: { say: Say; random: Random }) {
    this.#say = say;
    this.#random = random;
  }

  /** `onSaid` where it was, and somebody heard it. */
  say(bytes: Uint8Array, onSaid: () => void): void {
    const { lateMs, missing } = this.answering;
    if (this.#random.next() < missing) return;
    const boot = this.#boot;
    const nowMs = performance.now();
    this.#lastSaidMs = Math.max(this.#lastSaidMs, nowMs + this.#random.next() * lateMs);
    const say = (): void => {
      if (boot === this.#boot && this.#say(bytes)) onSaid();
    };
    if (this.#lastSaidMs <= nowMs) say();
    else setTimeout(say, this.#lastSaidMs - nowMs);
  }

  forget(): void {
    this.#boot++;
  }
}
