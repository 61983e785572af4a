// The machine's own clock; the only place that reads it.
import type { Clock } from '../domain/clock.ts';
import { instant } from '../domain/calendar.ts';
import { after, sleep } from './real-timers.ts';

export const realClock: Clock = {
  now: () => instant(Date.now()),
  monotonicMs: () => performance.now(),
  after,
  sleep,
};
