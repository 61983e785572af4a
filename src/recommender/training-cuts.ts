// The cuts a training looks back at: days on which the shop stood as if the rest had not happened, and the visits that followed.
import { addDays } from '../domain/calendar.ts';
import type { LocalDay } from '../domain/calendar.ts';
import type { PurchaseTable } from '../domain/purchases.ts';
import { CALIBRATION_DAYS } from './calibration.ts';
import { eachCustomer } from './purchase-view.ts';
import type { Steps } from './steps.ts';

export type Cuts = {
  /** Purchases of this day and before are known; earlier and latest cut. */
  readonly earlier: LocalDay;
  readonly latest: LocalDay;
  /** Purchases are looked for from the visit on for so many days, as far as they are known. */
  readonly labelDays: number;
};

/** Remembering at least this long, two cuts of four weeks leave enough behind them to learn from. */
const LONG_MEMORY_DAYS = 112;

/** 28 and 56 days back with labels of 28 days; with less remembered 14 and 21 days back with labels of 14 and 7 days. */
export function cutsFor({ asOfDay, memoryDays }: { asOfDay: LocalDay; memoryDays: number }): Cuts {
  if (memoryDays >= LONG_MEMORY_DAYS) {
    return { earlier: addDays(asOfDay, -57), latest: addDays(asOfDay, -29), labelDays: 28 };
  }
  return { earlier: addDays(asOfDay, -25), latest: addDays(asOfDay, -CALIBRATION_DAYS - 4), labelDays: 14 };
}

/** A customer who stayed away longer before the visit has no habits to be offered. */
const LONGEST_ABSENCE_DAYS = 56;

export type PastVisits = {
  readonly count: number;
  /** Lines of the table: the customer's first, the first one of the visit, and behind the customer's last. */
  readonly first: Uint32Array;
  readonly next: Uint32Array;
  readonly end: Uint32Array;
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
  const step = Math.max(1, found.length / of.most);
  const count = Math.floor(found.length / step);
  const pick = (part: 0 | 1 | 2) => Uint32Array.from({ length: count }, (_, i) => found[Math.floor(i * step)][part]);
  return { count, first: pick(0), next: pick(1), end: pick(2) };
}

function hasVisited(day: Int32Array, of: { first: number; next: number; times: number }): boolean {
  let visits = 0;
  for (let line = of.first; line < of.next && visits < of.times; line++) {
    if (line === of.first || day[line] !== day[line - 1]) visits++;
  }
  return visits >= of.times;
}
