// A wait with a limit, by the shop's clock.
import type { Clock } from '../domain/clock.ts';

/** Settles as the work does, or rejects with `late()` when the time is over; the work itself is not stopped by that. */
export function withDeadline<Value>({ work, clock, limitMs, late }: TimedWork<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(limitMs, () => {
      reject(late());
    });
    work.then(resolve, reject).finally(cancel);
  });
}

export type TimedWork<Value> = {
  readonly work: Promise<Value>;
  readonly clock: Clock;
  readonly limitMs: number;
  readonly late: () => Error;
};
