// When a sale can have been: a year that was mistyped would be remembered until it comes.
import { instant, type Instant } from './calendar.ts';

/** Two tills' clocks and a file without offsets may be this far apart. */
const AHEAD_MS = 86_400_000;
/** No shop has a loyalty card's purchases from before it; a year typed with a wrong first digit lies there. */
const EARLIEST = instant(Date.UTC(1970, 0, 1));

/**
 * What is wrong with the time of a sale, in words that follow it; null where nothing is.
 * @param of.now null while the clock is not believed: then nothing lies in the future
 */
export function saleTimeProblem({ at, now }: { at: Instant; now: Instant | null }): string | null {
  if (at < EARLIEST) return 'lies before 1970';
  if (now === null || at <= now + AHEAD_MS) return null;
  return `lies in the future: it is ${new Date(now).toISOString().slice(0, 10)} by this machine's clock`;
}
