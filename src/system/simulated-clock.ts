// A clock that stands still until it is told to go on: tests and soaks live days in milliseconds.
import { instant, type Instant } from '../domain/calendar.ts';
import type { Clock } from '../domain/clock.ts';
import { toError } from '../domain/to-error.ts';

type Alarm = { readonly atMs: number; readonly order: number; readonly call: () => void };

export class SimulatedClock implements Clock {
  #nowMs: number;
  #monotonicMs = 0;
  #order = 0;
  readonly #alarms = new Set<Alarm>();

  constructor(startAt: Instant) {
    this.#nowMs = startAt;
  }

  now(): Instant {
    return instant(this.#nowMs);
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  after(waitMs: number, call: () => void): () => void {
    const alarm = { atMs: this.#monotonicMs + Math.max(0, waitMs), order: this.#order++, call };
    this.#alarms.add(alarm);
    return () => {
      this.#alarms.delete(alarm);
    };
  }

  sleep(waitMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(toError(signal.reason));
      const onAbort = () => {
        cancel();
        reject(toError(signal?.reason));
      };
      const cancel = this.after(waitMs, () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      });
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /**
   * Lets this much time pass: each alarm is called at its own time, in order, and what it set going may settle before
   * the next one, so that alarms set on the way are kept too.
   */
  async advance(ms: number): Promise<void> {
    const endMs = this.#monotonicMs + ms;
    await settle();
    for (let alarm = this.#nextUntil(endMs); alarm !== null; alarm = this.#nextUntil(endMs)) {
      this.#alarms.delete(alarm);
      this.#passTo(alarm.atMs);
      alarm.call();
      await settle();
    }
    this.#passTo(endMs);
  }

  /** Somebody sets the clock: the shop's time changes, no time passes. */
  setTo(at: Instant): void {
    this.#nowMs = at;
  }

  /** How many waits are pending; a test of "nothing is left behind" asks. */
  get pendingCount(): number {
    return this.#alarms.size;
  }

  #nextUntil(endMs: number): Alarm | null {
    let next: Alarm | null = null;
    for (const alarm of this.#alarms) {
      if (alarm.atMs > endMs) continue;
      if (next === null || alarm.atMs < next.atMs || (alarm.atMs === next.atMs && alarm.order < next.order))
        next = alarm;
    }
    return next;
  }

  #passTo(monotonicMs: number): void {
    this.#nowMs += monotonicMs - this.#monotonicMs;
    this.#monotonicMs = monotonicMs;
  }
}

/** One whole turn of the event loop: every promise that can settle without waiting has. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
