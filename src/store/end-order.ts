// The order in which strips and copies ended: the clock may be set back, what came out of the printer last stays the last.
import { instant, type Instant } from '../domain/calendar.ts';
import type { Db } from './database.ts';

/** Strips come out one at a time, nearly in the order of their visits. */
const LATEST_JOBS = 16;

/** When something that ends now is said to have ended: now, or just after what ended before it. */
export function nextEnd(db: Db, at: Instant): Instant {
  const latest = db
    .prepare<[number], number | null>(
      `select max(ended_at) from (
         select ended_at from (select ended_at from print_job where ended_at is not null order by visit desc limit ?)
         union all select ended_at from (select ended_at from reprint where ended_at is not null order by id desc limit 1))`,
    )
    .pluck()
    .get(LATEST_JOBS);
  return latest === null || latest === undefined ? at : instant(Math.max(at, latest + 1));
}
