// The composition root's review: how many sales are worth a look, for a figure scraped twice a minute; read rarely, while nobody is served.
import { addDays } from './domain/calendar.ts';
import type { Shop } from './app.ts';
import { reviewCoupons } from './store/coupon-review.ts';

/** As `tillcat coupon review` does by itself. */
const DAYS = 28;
const READ_EVERY_MS = 6 * 3_600_000;

export function salesToReview(
  { db, calendar, clock }: Pick<Shop, 'db' | 'calendar' | 'clock'>,
  isQuiet: () => boolean,
): () => number {
  let read: { readonly atMs: number; readonly sales: number } | null = null;
  return () => {
    const nowMs = clock.monotonicMs();
    const isOld = read === null || nowMs - read.atMs >= READ_EVERY_MS;
    if (isOld && isQuiet()) {
      const firstDay = addDays(calendar.dayOf(clock.now()), 1 - DAYS);
      read = { atMs: nowMs, sales: reviewCoupons(db, { calendar, firstDay }).sales.length };
    }
    return read?.sales ?? 0;
  };
}
