// Whether a lifestyle knows more than the whole shop of customers with few purchases: lists alone, judged by the next 28 days.
// Usage: node bench/lifestyles.ts FOLDER [2008-04-11]      FOLDER holds purchases.csv.gz and products.csv.gz
//
// Each regular customer is cut down to the last one or two visits before the cut, and asked about at the cut. What the shop
// buys again and again stands against what the lifestyle they are placed in does, with the shop's share drawn in as so many customers.
import { localDay } from '../src/domain/calendar.ts';
import { findLifestyles, LifestyleClassifier } from '../src/recommender/lifestyles.ts';
import { LEVELS } from '../src/recommender/neighbours/levels.ts';
import { pairedInterval } from '../src/recommender/paired-interval.ts';
import { visitsAfter } from '../src/recommender/past-visits.ts';
import { repeatShare } from '../src/recommender/popular.ts';
import { atOnce } from '../src/recommender/steps.ts';
import { tablesOf } from '../src/recommender/train.ts';
import { readTable, since, upTo } from './purchase-table.ts';
import { dayOf } from './quality/shop.ts';

const PLACES = 2;
const MEMORY_DAYS = 56;
const LABEL_DAYS = 28;
/** Customers' worth of the shop's own share. */
const PRIORS = [20, 100, 300, 1000];

const [folder, date = '2008-04-11'] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('node bench/lifestyles.ts FOLDER [2008-04-11]\n');
  process.exit(2);
}
const cut = localDay(dayOf(date) - 1);
const shop = since(upTo(await readTable(folder), cut + 2 * LABEL_DAYS), cut - MEMORY_DAYS);
const { purchases, categoryOf } = shop;
const known = upTo(shop, cut).purchases;
const tables = atOnce(
  tablesOf({ purchases: known, windowDays: MEMORY_DAYS, clock: 'shop', sensitive: () => false, categoryOf }, cut),
);
const { statistics, neighbours, customers } = tables;
const { baskets } = neighbours;
const lifestyles = atOnce(findLifestyles({ customers, baskets, statistics, categoryOf }));
const classifier = new LifestyleClassifier(lifestyles);
const products = statistics.products.length;

const again = new Uint32Array(lifestyles.count * products);
const members = new Uint32Array(lifestyles.count);
for (let row = 0; row < baskets.rows; row++) {
  const lifestyle = classifier.place(
    baskets.item.subarray(baskets.start[row * LEVELS], baskets.start[(row + 1) * LEVELS]),
  );
  if (lifestyle < 0) continue;
  members[lifestyle]++;
  for (let i = baskets.start[row * LEVELS + 1]; i < baskets.start[(row + 1) * LEVELS]; i++)
    again[lifestyle * products + baskets.item[i]]++;
}

const ofShop = Float64Array.from({ length: products }, (_, row) => repeatShare(statistics, row));
const orderOf = (share: (row: number) => number) =>
  Array.from({ length: products }, (_, row) => row).sort((a, b) => share(b) - share(a) || a - b);
const shopList = orderOf((row) => ofShop[row]);
const listsOf = PRIORS.map((prior) =>
  Array.from(members, (count, lifestyle) =>
    orderOf((row) => (again[lifestyle * products + row] + prior * ofShop[row]) / (count + prior)),
  ),
);

const visits = atOnce(visitsAfter(purchases, { cut, withinDays: LABEL_DAYS, most: 20_000, fewestVisits: 3 }));
for (const keptVisits of [1, 2]) {
  const gains = [...PRIORS, 0].map((): number[] => []);
  for (let visit = 0; visit < visits.count; visit++) {
    const [first, next, end] = [visits.first[visit], visits.next[visit], visits.end[visit]];
    let from = next - 1;
    for (let kept = 1; from > first; from--) {
      if (purchases.basket[from - 1] !== purchases.basket[from] && ++kept > keptVisits) break;
    }
    const own = new Set(purchases.product.subarray(from, next));
    const bought = new Set<number>();
    for (let line = next; line < end && purchases.day[line] < purchases.day[next] + LABEL_DAYS; line++)
      bought.add(purchases.product[line]);
    const rows = [...own].map((product) => statistics.products.rowOf(product)).filter((row) => row >= 0);
    const lifestyle = classifier.place(rows);
    const ranked = [...listsOf.map((lists) => (lifestyle < 0 ? shopList : lists[lifestyle])), shopList];
    for (const [i, list] of ranked.entries()) gains[i].push(matchedOf(list, own, bought));
  }
  const shopGains = gains[PRIORS.length];
  const figure = (values: readonly number[]) =>
    (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(4);
  process.stdout.write(
    `${visits.count} customers cut down to ${keptVisits === 1 ? 'one visit' : 'two visits'}; of the first ${PLACES} new to them, bought within ${LABEL_DAYS} days\n`,
  );
  process.stdout.write(`  the whole shop                        ${figure(shopGains)}\n`);
  for (const [i, prior] of PRIORS.entries()) {
    const { low, high } = pairedInterval(gains[i], shopGains);
    const interval = `${low.toFixed(4)} to ${high.toFixed(4)}`;
    process.stdout.write(
      `  lifestyle, the shop as ${String(prior).padStart(4)} customers  ${figure(gains[i])}   ahead by ${interval}\n`,
    );
  }
}

function matchedOf(list: readonly number[], own: ReadonlySet<number>, bought: ReadonlySet<number>): number {
  let places = 0;
  let matched = 0;
  for (const row of list) {
    const product = statistics.products.ids[row];
    if (own.has(product)) continue;
    if (bought.has(product)) matched++;
    if (++places === PLACES) break;
  }
  return matched / PLACES;
}
