// One strip prints at a time; the others wait in the order they were scanned, each only as long as its customer does.
import type { Clock } from '../domain/clock.ts';

export type Turn = {
  /** How long this customer waits for the strip to begin. */
  readonly patienceMs: number;
  /** The turn has come; the printer is free again when this resolves. May throw at once; must not reject later. */
  readonly begin: () => Promise<void>;
  /** Patience ran out, or the turn was taken back: this strip must never begin. */
  readonly giveUp: () => void;
};

type Waiting = Turn & { readonly cancelTimer: () => void };

export class Turns {
  readonly #clock: Clock;
  readonly #canBegin: () => boolean;
  readonly #isOneAtATime: boolean;
  readonly #waiting: Waiting[] = [];
  #busy = false;

  /** @param of.isOneAtATime false where strips are only handed over: the one who prints them keeps their order */
  constructor(of: { clock: Clock; canBegin: () => boolean; isOneAtATime: boolean }) {
    this.#clock = of.clock;
    this.#canBegin = of.canBegin;
    this.#isOneAtATime = of.isOneAtATime;
  }

  /** Nobody prints and nobody waits. */
  get isFree(): boolean {
    return !this.#busy && this.#waiting.length === 0;
  }

  get waitingCount(): number {
    return this.#waiting.length;
  }

  /** Takes a place in the queue; begins at once, before returning, when it is free. The answer takes the place back. */
  take(turn: Turn): () => void {
    const waiting: Waiting = { ...turn, cancelTimer: this.#clock.after(turn.patienceMs, () => this.#drop(waiting)) };
    this.#waiting.push(waiting);
    this.wake();
    return () => this.#drop(waiting);
  }

  /** To be called when the printer may have become able to print. */
  wake(): void {
    if (this.#busy || !this.#canBegin()) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    next.cancelTimer();
    if (!this.#isOneAtATime) {
      void next.begin();
      this.wake();
      return;
    }
    this.#busy = true;
    const free = (): void => {
      this.#busy = false;
      this.wake();
    };
    try {
      void next.begin().finally(free);
    } catch (thrown) {
      // It failed before anything was printed (a full disk): the printer is free, and whoever began hears of it.
      this.#busy = false;
      throw thrown;
    }
  }

  /** The shop closes: nobody waiting begins any more. */
  dropAll(): void {
    for (const waiting of [...this.#waiting]) this.#drop(waiting);
  }

  #drop(waiting: Waiting): void {
    const place = this.#waiting.indexOf(waiting);
    if (place < 0) return;
    this.#waiting.splice(place, 1);
    waiting.cancelTimer();
    waiting.giveUp();
  }
}
