// What the daemon does beside its visits: remembers the time, lets coupons expire, and forgets at night what is too old.
import type { LocalDay, ShopCalendar } from './domain/calendar.ts';
import type { Clock } from './domain/clock.ts';
import { toError } from './domain/to-error.ts';

export type Chores = {
  /** Every minute: the latest instant seen, and whether the clock is still believed. */
  readonly watchClock: () => Promise<void>;
  readonly isClockDoubtful: () => boolean;
  /** Coupons whose last day is over. */
  readonly expire: () => void;
  /** Everything older than remembered; once a night. */
  readonly purge: (signal: AbortSignal) => Promise<void>;
  /** A model, or sales, that another process has brought in. */
  readonly lookForNews: () => void;
  /** Nobody prints, nobody waits. */
  readonly isQuiet: () => boolean;
  readonly report: (error: Error) => void;
};

/** Between two rounds. */
export const ROUND_MS = 60_000;
/** The shop's own hour from which the night's work may begin: shops are closed, and baskets of the day are in. */
export const NIGHT_HOUR = 3;

/** Goes its rounds until the signal; a chore that fails is reported, and tried again in the next round. */
export async function keepHouse(
  chores: Chores,
  { clock, calendar, signal }: { clock: Clock; calendar: ShopCalendar; signal: AbortSignal },
): Promise<void> {
  let purgedOn: LocalDay | null = null;
  while (!signal.aborted) {
    try {
      await chores.watchClock();
      chores.lookForNews();
      if (!chores.isClockDoubtful()) {
        chores.expire();
        const tonight = nightOf(clock, calendar);
        if (tonight !== null && tonight !== purgedOn && chores.isQuiet()) {
          await chores.purge(signal);
          purgedOn = tonight;
        }
      }
    } catch (thrown) {
      if (!signal.aborted) chores.report(toError(thrown));
    }
    try {
      await clock.sleep(ROUND_MS, signal);
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
    }
  }
}

/** The day whose night's work is due; null before its hour. */
function nightOf(clock: Clock, calendar: ShopCalendar): LocalDay | null {
  const now = clock.now();
  const hour = Number(calendar.isoLocal(now).slice(11, 13));
  return hour >= NIGHT_HOUR ? calendar.dayOf(now) : null;
}
