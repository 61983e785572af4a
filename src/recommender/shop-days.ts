// Whether the days of the purchases tell when people come, and so by what a training looks back.
import type { LocalDay } from '../domain/calendar.ts';
import type { PurchaseTable } from '../domain/purchases.ts';
import { regularCustomers, visitsAfter } from './past-visits.ts';
import { eachCustomer } from './purchase-view.ts';
import type { ShopClock } from './purchase-view.ts';
import { shareOf } from './steps.ts';
import type { Steps } from './steps.ts';
import { cutsFor } from './training-cuts.ts';

export type ShopDays = {
  /** Customers with any purchase. */
  readonly customers: number;
  /** Since the first purchase; Infinity where days only count each customer's baskets. */
  readonly knownDays: number;
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
  let customers = 0;
  let firstDay: number = asOfDay;
  const count = eachCustomer(purchases, (_customer, first) => {
    customers++;
    firstDay = Math.min(firstDay, purchases.day[first]);
  });
  yield* shareOf([0, 0.3], count);
  const knownDays = asOfDay - firstDay;
  const dated: ShopDays = { customers, knownDays, cutBy: 'day', clock: 'shop' };
  if (purchases.count > MOST_COPIED_LINES) return dated;
  const { latest: cut, labelDays: withinDays } = cutsFor(of);
  const after = yield* shareOf(
    [0.3, 0.6],
    visitsAfter(purchases, { cut, withinDays, most: 1, fewestVisits: FEWEST_BEFORE }),
  );
  const regular = yield* shareOf([0.6, 1], regularCustomers(purchases, FEWEST_BEFORE + 1));
  if (after.found >= DATED_SHARE * regular) return dated;
  if (knownDays < YOUNG_DAYS) return { ...dated, cutBy: 'visit' };
  return { customers, knownDays: Infinity, cutBy: 'visit', clock: 'own' };
}
