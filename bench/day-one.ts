// A young shop: a few hundred customers and three weeks are all there is. Trained and ranked by the program, judged beside counting.
//
//   node bench/day-one.ts FOLDER [--cuts 2008-03-14,…] [--customers 300] [--days 21] [--shops 3] [--skip 0]
//     FOLDER holds purchases.csv.gz; where days only count baskets, three weeks are three of them
//     of every cut so many shops are drawn, the first `skip` draws left out
//
// Frequency is judged both ways it can be meant: among products bought equally often the later one first, or the shop's more popular.
import { parseArgs } from 'node:util';
import { instant, localDay } from '../src/domain/calendar.ts';
import { customerId } from '../src/domain/ids.ts';
import { linesBetween, visitsAfter } from '../src/recommender/past-visits.ts';
import { createRecommender } from '../src/recommender/recommender.ts';
import { atOnce } from '../src/recommender/steps.ts';
import { trainAtOnce } from '../src/recommender/train.ts';
import { readShippedWeights } from '../src/shipped-weights.ts';
import { customersOf, ofCustomers, readTable, since, upTo } from './purchase-table.ts';
import type { ShopTable } from './purchase-table.ts';
import type { Case } from './quality/cases.ts';
import { measure } from './quality/metrics.ts';
import { dayOf } from './quality/shop.ts';
import { formatTables } from './quality/table.ts';

const WINDOW_DAYS = 56;
const LABEL_DAYS = 28;
const LIST_LENGTH = 10;
const MS_PER_DAY = 86_400_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cuts: { type: 'string', default: '2008-03-14,2008-04-11,2008-05-09' },
    customers: { type: 'string', default: '300' },
    days: { type: 'string', default: '21' },
    shops: { type: 'string', default: '3' },
    skip: { type: 'string', default: '0' },
  },
});
const [size, days, shops, skip] = [values.customers, values.days, values.shops, values.skip].map(Number);
const shipped = readShippedWeights(new URL('..', import.meta.url).pathname);
const whole = await readTable(positionals[0] ?? '');

type Lists = { readonly habitual: Int32Array[]; readonly new: Int32Array[] };
const cases: Case[] = [];
const lists = { TillCAT: none(), 'frequency, later first': none(), 'frequency, popular first': none() };
const popular = none();
const ways: string[] = [];
for (const date of values.cuts.split(',')) {
  const cut = dayOf(date);
  const around = upTo(since(whole, cut - days), cut + 2 * LABEL_DAYS);
  const customers = customersOf(upTo(around, cut - 1).purchases);
  for (let draw = skip; draw < skip + shops; draw++) {
    const drawn = customers.filter((_, i) => (i * 7919 + draw * 104_729) % customers.length < size);
    judge(ofCustomers(around, new Set(drawn)), cut);
  }
}
const rows = Object.entries(lists).map(([name, ranked]) => ({
  name,
  habitual: measure(ranked.habitual, cases, 'habitual'),
  new: name === 'TillCAT' ? measure(ranked.new, cases, 'new') : null,
}));
const counted = { habitual: measure(popular.habitual, cases, 'habitual'), new: measure(popular.new, cases, 'new') };
process.stdout.write(
  `${values.customers} customers, ${values.days} days, ${ways.length} shops, ${cases.length} visits; ways ${[...new Set(ways)].join(', ')}\n` +
    formatTables([{ name: 'popularity', ...counted }, ...rows], 'TillCAT'),
);

function none(): Lists {
  return { habitual: [], new: [] };
}

function judge(shop: ShopTable, cut: number): void {
  const known = upTo(shop, cut - 1);
  const model = trainAtOnce({
    ...{ purchases: known.purchases, asOf: instant(cut * MS_PER_DAY), asOfDay: localDay(cut) },
    ...{ memoryDays: WINDOW_DAYS, windowDays: WINDOW_DAYS, shipped },
    ...{ sensitive: () => false, categoryOf: shop.categoryOf },
  });
  ways.push(`${model.habitual.way}/${model.new.way}`);
  const recommender = createRecommender(model);
  const buyers = buyersIn(known);
  const byPopularity = [...buyers.keys()].sort((a, b) => buyersOf(b) - buyersOf(a) || a - b);
  const { purchases } = shop;
  const of = { cut: localDay(cut - 1), withinDays: LABEL_DAYS, most: Infinity, fewestVisits: 1 };
  const { count, first, next, end } = atOnce(visitsAfter(purchases, of));
  for (let visit = 0; visit < count; visit++) {
    const today = localDay(purchases.day[next[visit]]);
    const history = linesBetween(purchases, first[visit], next[visit]);
    const customer = customerId(purchases.customer[first[visit]]);
    const ranked = recommender.rank({ customer, history, today, windowDays: WINDOW_DAYS, listLength: LIST_LENGTH });
    const times = new Map<number, { times: number; last: number }>();
    for (let line = 0; line < history.count; line++) {
      const before = times.get(history.product[line])?.times ?? 0;
      times.set(history.product[line], { times: before + 1, last: history.day[line] });
    }
    cases.push(caseOf({ shop, next: next[visit], end: end[visit] }, { isHabit: (of) => times.has(of), buyers }));
    const counted = [...times].map(([product, seen]) => ({ product, ...seen, buyers: buyersOf(product) }));
    lists.TillCAT.habitual.push(Int32Array.from(ranked.habitual, ({ product }) => product));
    lists.TillCAT.new.push(Int32Array.from(ranked.new, ({ product }) => product));
    lists['frequency, later first'].habitual.push(
      listOf(counted.sort((a, b) => b.times - a.times || b.last - a.last || a.product - b.product)),
    );
    lists['frequency, popular first'].habitual.push(
      listOf(counted.sort((a, b) => b.times - a.times || b.buyers - a.buyers || a.product - b.product)),
    );
    popular.habitual.push(listOf(counted.sort((a, b) => b.buyers - a.buyers || a.product - b.product)));
    popular.new.push(Int32Array.from(byPopularity.filter((product) => !times.has(product)).slice(0, LIST_LENGTH)));
  }

  function buyersOf(product: number): number {
    return buyers.get(product)?.size ?? 0;
  }
}

function buyersIn({ purchases }: ShopTable): ReadonlyMap<number, ReadonlySet<number>> {
  const buyers = new Map<number, Set<number>>();
  for (let line = 0; line < purchases.count; line++) {
    const of = buyers.get(purchases.product[line]) ?? new Set();
    buyers.set(purchases.product[line], of.add(purchases.customer[line]));
  }
  return buyers;
}

function listOf(counted: readonly { readonly product: number }[]): Int32Array {
  return Int32Array.from(counted.slice(0, LIST_LENGTH), ({ product }) => product);
}

/** What was bought at the visit and in the 28 days from it on: of the customer's own products, and of the shop's others. */
function caseOf(
  { shop: { purchases }, next, end }: { shop: ShopTable; next: number; end: number },
  of: { isHabit: (product: number) => boolean; buyers: ReadonlyMap<number, unknown> },
): Case {
  const { customer, day, basket, product } = purchases;
  const boughtNext = new Set<number>();
  const later = new Set<number>();
  for (let line = next; line < end && day[line] < day[next] + LABEL_DAYS; line++) {
    if (basket[line] === basket[next]) boughtNext.add(product[line]);
    later.add(product[line]);
  }
  const task = (isCandidate: (product: number) => boolean) => ({
    candidates: () => new Int32Array(0),
    boughtNext: new Set([...boughtNext].filter(isCandidate)),
    boughtIn28Days: new Set([...later].filter(isCandidate)),
  });
  return {
    customer: customer[next],
    asOf: day[next],
    known: { from: new Int32Array(0), to: new Int32Array(0) },
    habitual: task(of.isHabit),
    new: task((one) => !of.isHabit(one) && of.buyers.has(one)),
  };
}
