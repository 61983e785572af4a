// The one door through which training and ranking see purchases: nothing after its last day exists for them.
import { addDays } from '../domain/calendar.ts';
import type { LocalDay } from '../domain/calendar.ts';
import type { PurchaseTable } from '../domain/purchases.ts';

export type PurchaseView = {
  readonly purchases: PurchaseTable;
  /** Lines of later days are not read. */
  readonly lastDay: LocalDay;
  /** First day of the window, inclusive; older lines inform, but nothing is offered as habitual because of them alone. */
  readonly windowStart: LocalDay;
  readonly windowDays: number;
};

/** The purchases as they stood at the end of a day; the window is that day and the `windowDays` before it. */
export function viewOf(given: { purchases: PurchaseTable; lastDay: LocalDay; windowDays: number }): PurchaseView {
  return { ...given, windowStart: addDays(given.lastDay, -given.windowDays) };
}

/** The products of the lines that exist for a view, ascending. */
export function productsIn({ purchases, lastDay }: PurchaseView): Int32Array {
  const seen = new Set<number>();
  for (let line = 0; line < purchases.count; line++) {
    if (purchases.day[line] <= lastDay) seen.add(purchases.product[line]);
  }
  return Int32Array.from(seen).sort();
}

/** Calls once per customer with the range of that customer's lines; the table is ordered by customer. */
export function eachCustomer(
  purchases: PurchaseTable,
  visit: (customer: number, firstLine: number, endLine: number) => void,
): void {
  let first = 0;
  while (first < purchases.count) {
    const customer = purchases.customer[first];
    let end = first + 1;
    while (end < purchases.count && purchases.customer[end] === customer) end++;
    visit(customer, first, end);
    first = end;
  }
}
