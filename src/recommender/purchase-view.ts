// The one door through which training and ranking see purchases: nothing after its last day exists for them.
import { addDays, localDay } from '../domain/calendar.ts';
import type { LocalDay } from '../domain/calendar.ts';
import type { PurchaseTable } from '../domain/purchases.ts';
import type { Steps } from './steps.ts';

export type PurchaseView = {
  readonly purchases: PurchaseTable;
  /** Lines of later days are not read. */
  readonly lastDay: LocalDay;
  /** First day of the window, inclusive; older lines inform, but nothing is offered as habitual because of them alone. */
  readonly windowStart: LocalDay;
  readonly windowDays: number;
  readonly clock: ShopClock;
};

/**
 * Whose days they are: the shop's, or each customer's own, where days only count the customer's baskets. By its own clock
 * "lately" is before the customer's next visit, whenever that would have been.
 */
export type ShopClock = 'shop' | 'own';

/** The purchases as they stood at the end of a day; the window is that day and the `windowDays` before it. */
export function viewOf(given: {
  purchases: PurchaseTable;
  lastDay: LocalDay;
  windowDays: number;
  clock?: ShopClock;
}): PurchaseView {
  return { clock: 'shop', ...given, windowStart: addDays(given.lastDay, -given.windowDays) };
}

/** Of who came once. */
const USUAL_GAP_DAYS = 7;

/** The view one visit after the customer's last one, the customer coming as often as until then. */
export function byOwnClock(view: PurchaseView, first: number, end: number): PurchaseView {
  const { day, basket } = view.purchases;
  let [last, visits] = [first, 1];
  for (let line = first + 1; line < end && day[line] <= view.lastDay; line++) {
    if (basket[line] !== basket[line - 1]) visits++;
    last = line;
  }
  const gapDays = visits > 1 ? Math.round((day[last] - day[first]) / (visits - 1)) : USUAL_GAP_DAYS;
  const today = localDay(Math.min(view.lastDay, day[last] + gapDays));
  return { ...view, lastDay: today, windowStart: addDays(today, -view.windowDays) };
}

/** Customers between two steps of a walk through the table: 11 million lines of 100,000 customers go by in steps of 2 ms. */
const CUSTOMERS_A_STEP = 200;

/** Calls once per customer with the range of that customer's lines; the table is ordered by customer. */
export function* eachCustomer(
  purchases: PurchaseTable,
  visit: (customer: number, firstLine: number, endLine: number) => void,
): Steps<void> {
  let first = 0;
  for (let customers = 1; first < purchases.count; customers++) {
    const customer = purchases.customer[first];
    let end = first + 1;
    while (end < purchases.count && purchases.customer[end] === customer) end++;
    visit(customer, first, end);
    first = end;
    if (customers % CUSTOMERS_A_STEP === 0) yield first / purchases.count;
  }
}

/** The products of the lines that exist for a view, ascending, and the first day any was bought. */
export function* survey({ purchases, lastDay }: PurchaseView): Steps<{ products: Int32Array; firstDay: LocalDay }> {
  const seen = new Set<number>();
  let firstDay: number = lastDay;
  yield* eachCustomer(purchases, (_customer, first, end) => {
    if (purchases.day[first] < firstDay) firstDay = purchases.day[first];
    for (let line = first; line < end && purchases.day[line] <= lastDay; line++) seen.add(purchases.product[line]);
  });
  return { products: Int32Array.from(seen).sort(), firstDay: localDay(firstDay) };
}
