// Time as the program may ask for it; system/ has the real clock and the simulated one.
import type { Instant } from './calendar.ts';

export type Clock = {
  /** The shop's time. */
  now(): Instant;
  /** Milliseconds that never run backwards, for measuring how long something took. */
  monotonicMs(): number;
  /** Calls once after a wait; the answer takes it back. Does not keep the process alive. */
  after(waitMs: number, call: () => void): () => void;
  /** Resolves after a wait; rejects with the signal's reason when it aborts first. */
  sleep(waitMs: number, signal?: AbortSignal): Promise<void>;
};
