// Whether the days of the purchases tell when people come, and so by what a training looks back.
import type { LocalDay } from '../domain/calendar.ts';
import type { PurchaseTable } from '../domain/purchases.ts';
import { regularCustomers, visitsAfter } from './past-visits.ts';
import type { ShopClock } from './purchase-view.ts';
import { shareOf } from './steps.ts';
import type { Steps } from './steps.ts';
import { cutsFor } from './training-cuts.ts';

export type ShopDays = {
  /** Cuts on a day, or before each customer's last visits. */
  readonly cutBy: 'day' | 'visit';
  readonly clock: ShopClock;
};

/** With a smaller share of the regular customers coming after the latest cut, days say nothing of when people come. */
const DATED_SHARE = 0.2;
/** A shop this large is old and dated. */
const MOST_COPIED_LINES = 3_000_000;
/** With fewer days known the shop is young, and its days are real. */
const YOUNG_DAYS = 56;
/** Whoever had not been here twice before says nothing of habits. */
export const FEWEST_BEFORE = 2;

/** A young shop is cut by visits and lives by the calendar; one whose days only count each customer's baskets does neither by day. */
export function* shopDaysOf(of: { purchases: PurchaseTable; asOfDay: LocalDay; memoryDays: number }): Steps<ShopDays> {
  const { purchases, asOfDay } = of;
  if (purchases.count > MOST_COPIED_LINES) return { cutBy: 'day', clock: 'shop' };
  const { latest: cut, labelDays: withinDays } = cutsFor(of);
  const after = yield* shareOf(
    [0, 0.5],
    visitsAfter(purchases, { cut, withinDays, most: 1, fewestVisits: FEWEST_BEFORE }),
  );
  const regular = yield* shareOf([0.5, 1], regularCustomers(purchases, FEWEST_BEFORE + 1));
  if (after.found >= DATED_SHARE * regular) return { cutBy: 'day', clock: 'shop' };
  const firstDay = purchases.day.reduce((first, day) => Math.min(first, day), Infinity);
  return { cutBy: 'visit', clock: asOfDay - firstDay < YOUNG_DAYS ? 'shop' : 'own' };
}
