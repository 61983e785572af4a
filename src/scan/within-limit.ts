// A wait on a device that ends at its limit, whatever the device does.
import type { Clock } from '../domain/clock.ts';

/** @throws Error with `sentence` when the limit passes first, or the signal's reason when it aborts first */
export async function withinLimit<Result>(wait: {
  work: Promise<Result>;
  limitMs: number;
  sentence: string;
  clock: Clock;
  signal: AbortSignal | null;
}): Promise<Result> {
  const done = new AbortController();
  const signal = wait.signal === null ? done.signal : AbortSignal.any([done.signal, wait.signal]);
  const limit = wait.clock.sleep(wait.limitMs, signal).then(() => {
    throw new Error(wait.sentence);
  });
  try {
    return await Promise.race([wait.work, limit]);
  } finally {
    done.abort();
  }
}
