// Visits of the past, at which a ranking can be tried: what was known before them, and what was bought from them on.
import type { LocalDay } from '../domain/calendar.ts';
import type { PurchaseTable } from '../domain/purchases.ts';
import { eachCustomer } from './purchase-view.ts';
import type { Steps } from './steps.ts';

/** A customer who stayed away longer before the visit has no habits to be offered. */
const LONGEST_ABSENCE_DAYS = 56;

export type PastVisits = {
  readonly count: number;
  /** Lines of the table: the customer's first, the first one of the visit, and behind the customer's last. */
  readonly first: Uint32Array;
  readonly next: Uint32Array;
  readonly end: Uint32Array;
  /** How many there were before they were thinned. */
  readonly found: number;
};

/** The first visit within `withinDays` after the cut of each customer who had been here `fewestVisits` times, evenly thinned to `most`. */
export function* visitsAfter(
  purchases: PurchaseTable,
  of: { cut: LocalDay; withinDays: number; most: number; fewestVisits: number },
): Steps<PastVisits> {
  const { day } = purchases;
  const found: [number, number, number][] = [];
  yield* eachCustomer(purchases, (_customer, first, end) => {
    let next = first;
    while (next < end && day[next] <= of.cut) next++;
    const isVisit = next > first && next < end && day[next] <= of.cut + of.withinDays;
    if (!isVisit || day[next - 1] < day[next] - LONGEST_ABSENCE_DAYS) return;
    if (hasVisited(day, { first, next, times: of.fewestVisits })) found.push([first, next, end]);
  });
  return thinned(found, of.most);
}

function thinned(found: readonly (readonly [first: number, next: number, end: number])[], most: number): PastVisits {
  const step = Math.max(1, found.length / most);
  const count = Math.floor(found.length / step);
  const pick = (part: 0 | 1 | 2) => Uint32Array.from({ length: count }, (_, i) => found[Math.floor(i * step)][part]);
  return { count, first: pick(0), next: pick(1), end: pick(2), found: found.length };
}

function hasVisited(day: Int32Array, of: { first: number; next: number; times: number }): boolean {
  let visits = 0;
  for (let line = of.first; line < of.next && visits < of.times; line++) {
    if (line === of.first || day[line] !== day[line - 1]) visits++;
  }
  return visits >= of.times;
}

/** How many customers have been here so many times. */
export function* regularCustomers(purchases: PurchaseTable, times: number): Steps<number> {
  let count = 0;
  yield* eachCustomer(purchases, (_customer, first, end) => {
    if (hasVisited(purchases.day, { first, next: end, times })) count++;
  });
  return count;
}

/**
 * The last visit of each customer who had been here `fewestVisits` times before it, thinned to `most`; for purchases whose days only
 * count the customer's own baskets, or a shop too young to look back by date.
 */
export function lastVisits(
  { customer, day, count }: PurchaseTable,
  of: { most: number; fewestVisits: number },
): PastVisits {
  const found: [first: number, next: number, end: number][] = [];
  for (let first = 0; first < count;) {
    let end = first;
    while (end < count && customer[end] === customer[first]) end++;
    let next = end - 1;
    while (next > first && day[next - 1] === day[end - 1]) next--;
    if (hasVisited(day, { first, next, times: of.fewestVisits })) found.push([first, next, end]);
    first = end;
  }
  return thinned(found, of.most);
}

/** The purchases without each customer's last visit. Copied, so not for the largest shops. */
export function withoutLastVisits(purchases: PurchaseTable): PurchaseTable {
  const { customer, day, count } = purchases;
  const lines: number[] = [];
  for (let first = 0; first < count;) {
    let end = first;
    while (end < count && customer[end] === customer[first]) end++;
    for (let line = first; line < end && day[line] < day[end - 1]; line++) lines.push(line);
    first = end;
  }
  const pick = (column: Int32Array) => Int32Array.from(lines, (line) => column[line]);
  return {
    count: lines.length,
    customer: pick(purchases.customer),
    day: pick(purchases.day),
    basket: pick(purchases.basket),
    product: pick(purchases.product),
    quantityMilli: pick(purchases.quantityMilli),
  };
}

export function linesBetween(purchases: PurchaseTable, first: number, end: number): PurchaseTable {
  return {
    count: end - first,
    customer: purchases.customer.subarray(first, end),
    day: purchases.day.subarray(first, end),
    basket: purchases.basket.subarray(first, end),
    product: purchases.product.subarray(first, end),
    quantityMilli: purchases.quantityMilli.subarray(first, end),
  };
}
