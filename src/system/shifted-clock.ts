// A clock started at a given instant and running in real time from there: `run --at`, for replays.
import type { Clock } from '../domain/clock.ts';
import { instant, type Instant } from '../domain/calendar.ts';
import { after, sleep } from './real-timers.ts';

/** Shows `startAt` now, and one second more each second; the machine's clock being set does not move it. */
export function shiftedClock(startAt: Instant): Clock {
  const startedMs = performance.now();
  return {
    now: () => instant(Math.floor(startAt + performance.now() - startedMs)),
    monotonicMs: () => performance.now(),
    after,
    sleep,
  };
}
