// What customers with few purchases are served best by: what the whole shop buys again, what their lifestyle does, or the ranking.
// Usage: node bench/lifestyles.ts FOLDER [CUT,…] [DAYS REMEMBERED]      FOLDER holds purchases.csv.gz and products.csv.gz
//
// Of one half of the customers the shop is made, and the regular ones of the other half, whom it has never seen, are cut down to the
// last visits before the cut and asked about at the next one; then the other way round. Judged by the next 28 days.
import { instant, localDay } from '../src/domain/calendar.ts';
import { customerId } from '../src/domain/ids.ts';
import { LifestyleClassifier, noLifestyles } from '../src/recommender/lifestyles.ts';
import type { Model } from '../src/recommender/model.ts';
import { LEVELS } from '../src/recommender/neighbours/levels.ts';
import { pairedInterval } from '../src/recommender/paired-interval.ts';
import { linesBetween, visitsAfter } from '../src/recommender/past-visits.ts';
import { repeatShare } from '../src/recommender/popular.ts';
import { createRecommender } from '../src/recommender/recommender.ts';
import { atOnce } from '../src/recommender/steps.ts';
import { trainAtOnce } from '../src/recommender/train.ts';
import { readShippedWeights } from '../src/shipped-weights.ts';
import { customersOf, ofCustomers, readTable, since, upTo } from './purchase-table.ts';
import type { ShopTable } from './purchase-table.ts';
import { dayOf } from './quality/shop.ts';

const PLACES = 2;
const WINDOW_DAYS = 56;
const LABEL_DAYS = 28;
const MS_PER_DAY = 86_400_000;
const KEPT_VISITS = [1, 2, 3];
/** Customers' worth of the shop's own share. */
const PRIORS = [20, 100, 300, 1000];
const SHOP = 'the whole shop';
const RANKED = 'the ranking, without lifestyles';

const [folder, dates = '2008-04-11', memory = '56'] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('node bench/lifestyles.ts FOLDER [2008-04-11] [56]\n');
  process.exit(2);
}
const memoryDays = Number(memory);
const shipped = readShippedWeights(new URL('..', import.meta.url).pathname);
const whole = await readTable(folder);

const gains = new Map(KEPT_VISITS.map((kept) => [kept, new Map<string, number[]>()]));
for (const cut of dates.split(',').map(dayOf)) {
  const shop = since(upTo(whole, cut - 1 + 2 * LABEL_DAYS), cut - memoryDays);
  const customers = customersOf(upTo(shop, cut - 1).purchases);
  for (const half of [0, 1]) {
    const ofHalf = (which: number) => ofCustomers(shop, new Set(customers.filter((_, i) => i % 2 === which)));
    judge(modelOf(ofHalf(half), cut), ofHalf(1 - half), cut);
  }
}
for (const [kept, byWay] of gains) {
  const ofShop = byWay.get(SHOP) ?? [];
  process.stdout.write(
    `${ofShop.length} visits of customers cut down to ${kept} before; of the first ${PLACES} new to them, bought within ${LABEL_DAYS} days\n`,
  );
  for (const [way, of] of byWay) {
    const { low, high } = pairedInterval(of, ofShop);
    const mean = of.reduce((sum, gain) => sum + gain, 0) / of.length;
    process.stdout.write(`  ${way.padEnd(40)} ${mean.toFixed(4)}   ahead by ${low.toFixed(4)} to ${high.toFixed(4)}\n`);
  }
}

function modelOf(shop: ShopTable, cut: number): Model {
  return trainAtOnce({
    ...{ purchases: upTo(shop, cut - 1).purchases, asOf: instant(cut * MS_PER_DAY), asOfDay: localDay(cut) },
    ...{ memoryDays, windowDays: WINDOW_DAYS, shipped },
    ...{ sensitive: () => false, categoryOf: shop.categoryOf },
  });
}

function judge(model: Model, { purchases }: ShopTable, cut: number): void {
  const { ids } = model.statistics.products;
  const lists = listsOf(model);
  const classifier = new LifestyleClassifier(model.lifestyles);
  const recommender = createRecommender({ ...model, lifestyles: noLifestyles(ids.length) });
  const of = { cut: localDay(cut - 1), withinDays: LABEL_DAYS, most: Infinity, fewestVisits: 3 };
  const visits = atOnce(visitsAfter(purchases, of));
  for (let visit = 0; visit < visits.count; visit++) {
    const [first, next, end] = [visits.first[visit], visits.next[visit], visits.end[visit]];
    const today = localDay(purchases.day[next]);
    const bought = new Set<number>();
    for (let line = next; line < end && purchases.day[line] < today + LABEL_DAYS; line++)
      bought.add(purchases.product[line]);
    for (const [kept, byWay] of gains) {
      const from = firstOfLast(kept, { first, next });
      if (from === null) continue;
      const own = new Set(purchases.product.subarray(from, next));
      const rows = [...own].map((product) => model.statistics.products.rowOf(product)).filter((row) => row >= 0);
      const lifestyle = classifier.place(rows);
      const firstNew = (list: readonly number[]) => list.filter((product) => !own.has(product)).slice(0, PLACES);
      const tell = (way: string, list: readonly number[]) => {
        const all = byWay.get(way) ?? [];
        byWay.set(way, all);
        all.push(firstNew(list).filter((product) => bought.has(product)).length / PLACES);
      };
      tell(SHOP, lists.ofShop);
      for (const [i, prior] of PRIORS.entries())
        tell(`lifestyle, the shop as ${prior} customers`, lists.byPrior[i][lifestyle] ?? lists.ofShop);
      const customer = customerId(purchases.customer[first]);
      const history = linesBetween(purchases, from, next);
      const ranking = recommender.rank({ customer, history, today, windowDays: WINDOW_DAYS, listLength: PLACES });
      tell(
        RANKED,
        ranking.new.map(({ product }) => product),
      );
    }
  }

  /** Null where there were not so many. */
  function firstOfLast(kept: number, { first, next }: { first: number; next: number }): number | null {
    let baskets = 1;
    let from = next - 1;
    for (; from > first; from--) if (purchases.basket[from - 1] !== purchases.basket[from] && ++baskets > kept) break;
    return baskets >= kept ? from : null;
  }
}

/** Products, what is bought again and again by most first: by the shop, and by each lifestyle with so much of the shop drawn in. */
function listsOf({ statistics, lifestyles, neighbours: { baskets } }: Model) {
  const products = statistics.products.length;
  const classifier = new LifestyleClassifier(lifestyles);
  const again = new Uint32Array(lifestyles.count * products);
  const members = new Uint32Array(lifestyles.count);
  for (let row = 0; row < baskets.rows; row++) {
    const end = baskets.start[(row + 1) * LEVELS];
    const lifestyle = classifier.place(baskets.item.subarray(baskets.start[row * LEVELS], end));
    if (lifestyle < 0) continue;
    members[lifestyle]++;
    for (let i = baskets.start[row * LEVELS + 1]; i < end; i++) again[lifestyle * products + baskets.item[i]]++;
  }
  const ofShop = Float64Array.from({ length: products }, (_, row) => repeatShare(statistics, row));
  const listBy = (share: (row: number) => number) =>
    Array.from({ length: products }, (_, row) => row)
      .sort((a, b) => share(b) - share(a) || a - b)
      .slice(0, 400)
      .map((row) => statistics.products.ids[row]);
  return {
    ofShop: listBy((row) => ofShop[row]),
    byPrior: PRIORS.map((prior) =>
      Array.from(members, (count, lifestyle) =>
        listBy((row) => (again[lifestyle * products + row] + prior * ofShop[row]) / (count + prior)),
      ),
    ),
  };
}
