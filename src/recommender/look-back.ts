// Ranks the visits after a cut as they would have been ranked then, and looks at what was bought.
import { addDays, localDay } from '../domain/calendar.ts';
import type { LocalDay } from '../domain/calendar.ts';
import type { PurchaseTable } from '../domain/purchases.ts';
import { CustomerHistory } from './customer-history.ts';
import { HabitualDesk } from './habitual-desk.ts';
import { NewDesk } from './new-desk.ts';
import type { NewTables } from './new-desk.ts';
import type { Steps } from './steps.ts';
import type { PastVisits } from './past-visits.ts';
import type { RankerName, RankerWeights } from './weights.ts';

/** One customer's candidates of one ranker at one visit. Overwritten by the next. */
export type Laid = {
  count: number;
  /** Standardised features, one row a candidate. */
  rows: Float64Array;
  /** What the plain way says. */
  plain: Float64Array;
  /** First day on or after the visit on which it was bought; Infinity: never. */
  boughtOn: Float64Array;
  /** Days on which products were bought that could have been candidates and were not. */
  missed: number[];
  visitDay: LocalDay;
};

/** Calls `each` for every visit, first with the habits, then, where there are tables for it, with what was new. About a millisecond a visit. */
export function* lookBack(
  given: {
    purchases: PurchaseTable;
    windowDays: number;
    memoryDays: number;
    tables: NewTables | Pick<NewTables, 'statistics'>;
    scales: Readonly<Record<RankerName, RankerWeights>>;
    visits: PastVisits;
  },
  each: (name: RankerName, laid: Laid, visit: number) => void,
): Steps<void> {
  const { purchases, tables, visits, memoryDays } = given;
  const { statistics } = tables;
  const history = new CustomerHistory();
  const habits = new HabitualDesk({ history, statistics, scales: given.scales.habitual, memoryDays });
  const news =
    'neighbours' in tables ? new NewDesk({ history, tables, scales: given.scales.new, mostWanted: 0 }) : null;
  const bought = new Map<number, number>();
  const laid: Laid = {
    count: 0,
    rows: habits.rows,
    plain: habits.plain,
    boughtOn: new Float64Array(1024),
    missed: [],
    visitDay: localDay(0),
  };
  for (let visit = 0; visit < visits.count; visit++) {
    if (visit % 4 === 0) yield visit / visits.count;
    const [first, next, end] = [visits.first[visit], visits.next[visit], visits.end[visit]];
    const visitDay = localDay(purchases.day[next]);
    const windowStart = addDays(visitDay, -given.windowDays);
    history.read(
      { purchases, lastDay: visitDay, windowStart, windowDays: given.windowDays, clock: 'shop' },
      first,
      next,
    );
    bought.clear();
    for (let line = next; line < end; line++) {
      const product = purchases.product[line];
      if (!bought.has(product)) bought.set(product, purchases.day[line]);
    }
    laid.visitDay = visitDay;

    habits.lay(visitDay);
    take(laid, habits, (i) => bought.get(history.product[habits.place[i]]) ?? Infinity);
    laid.missed.length = 0;
    each('habitual', laid, visit);

    if (news === null) continue;
    news.lay({ customer: purchases.customer[first], today: visitDay });
    for (const [product, day] of bought) {
      const row = statistics.products.rowOf(product);
      if (row >= 0 && statistics.sensitive[row] === 0 && !history.has(product)) laid.missed.push(day);
    }
    take(laid, news, (i) => bought.get(statistics.products.ids[news.row[i]]) ?? Infinity);
    for (let i = 0; i < laid.count; i++) {
      if (laid.boughtOn[i] < Infinity) laid.missed.splice(laid.missed.indexOf(laid.boughtOn[i]), 1);
    }
    each('new', laid, visit);
  }
}

function take(
  laid: Laid,
  desk: { count: number; rows: Float64Array; plain: Float64Array },
  boughtOn: (i: number) => number,
): void {
  laid.count = desk.count;
  laid.rows = desk.rows;
  laid.plain = desk.plain;
  if (laid.boughtOn.length < desk.count) laid.boughtOn = new Float64Array(desk.count * 2);
  for (let i = 0; i < desk.count; i++) laid.boughtOn[i] = boughtOn(i);
}
