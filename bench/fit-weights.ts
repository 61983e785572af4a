// Fits the weights the program ships, on published purchases: coefficients and scales come out, and nothing of any shop.
//
//   node bench/fit-weights.ts FOLDER [--sets lgsr,tafeng] [--only habitual|new] [--out models/default-weights.json]
//     --apart FOLDER   also writes what each set says by itself, to be judged on the other
//
// Lgsr is cut on days long before those it is judged on; of Ta-Feng each customer's last basket is left out.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { localDay } from '../src/domain/calendar.ts';
import type { Calibration } from '../src/recommender/calibration.ts';
import { Judgement } from '../src/recommender/judgement.ts';
import { Lesson } from '../src/recommender/lesson.ts';
import { lookBack } from '../src/recommender/look-back.ts';
import type { Laid } from '../src/recommender/look-back.ts';
import { lastVisits, visitsAfter, withoutLastVisits } from '../src/recommender/past-visits.ts';
import type { PastVisits } from '../src/recommender/past-visits.ts';
import { noLifestyles } from '../src/recommender/lifestyles.ts';
import { DEFAULT_CALIBRATIONS } from '../src/recommender/model.ts';
import { gatherBaskets } from '../src/recommender/neighbours/customer-baskets.ts';
import { noEase } from '../src/recommender/neighbours/ease.ts';
import { buildNeighbourTables } from '../src/recommender/neighbours/sparse-index.ts';
import type { NewTables } from '../src/recommender/new-desk.ts';
import { countProducts } from '../src/recommender/product-statistics.ts';
import { viewOf } from '../src/recommender/purchase-view.ts';
import { atOnce } from '../src/recommender/steps.ts';
import { tablesOf } from '../src/recommender/train.ts';
import { cutsFor } from '../src/recommender/training-cuts.ts';
import { FEATURE_NAMES, noWeights, QUESTIONS, weigh } from '../src/recommender/weights.ts';
import type { RankerName, RankerWeights } from '../src/recommender/weights.ts';
import { dayOf } from './quality/shop.ts';
import { FeatureSums } from './feature-sums.ts';
import { readTable, since, upTo } from './purchase-table.ts';
import type { ShopTable } from './purchase-table.ts';

const DEFAULT_WEIGHTS = 'models/default-weights.json';
const LGSR_DAYS = ['2007-02-01', '2007-06-01', '2007-10-01', '2007-12-10', '2008-02-01', '2008-03-13'];
const MEMORIES = [182, 56];
const VISITS_A_CUT = { lgsr: 1400, tafeng: 6000 } as const;
/** For means and spreads, and for the chances, some of the rounds are enough. */
const [ROUNDS_FOR_SCALES, ONE_FOR_CHANCES_OF] = [4, 3];
/** Days for which a purchase counts, as in the shop's own training. */
const LABEL_DAYS = { habitual: 28, new: 14 } as const;
/** Of what was not bought one in so many is learned from, and counts for all. */
const KEEP_ONE_OF = { habitual: 1, new: 2 } as const;
/**
 * The pull towards nothing. Weights of habits drawn in by a tenth of it were worse in the shop they were not fitted on, by .01 of N@4; by
 * ten times of it no better there and worse in their own.
 */
const RIDGE = { habitual: 1000, new: 100 } as const;
/** Ta-Feng's days are no days: what is asked is only what was in the next basket. */
const NEXT_BASKET = 1;

/** What is in fashion only a set with real days can say: Ta-Feng's fashions, taken along, made lgsr's list of new things a fifth worse. */
const BY_REAL_DAYS: Readonly<Record<RankerName, readonly string[]>> = {
  habitual: [],
  new: ['trend-28', 'trend-7', 'taken-up-trend'],
};

type Round = { readonly set: string; readonly shop: ShopTable; readonly known: ShopTable; readonly day: number } & {
  readonly visits: PastVisits;
  readonly windowDays: number;
  readonly memoryDays: number;
  readonly labelDays: number;
  readonly lastDay: number;
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sets: { type: 'string', default: 'lgsr,tafeng' },
    only: { type: 'string', default: 'habitual,new' },
    apart: { type: 'string' },
    out: { type: 'string', default: DEFAULT_WEIGHTS },
  },
});
const folder = positionals[0] ?? '';
const asked = values.only.split(',').filter(isRanker);
const rounds: Round[] = [];
for (const set of values.sets.split(',')) {
  const shop = await readTable(join(folder, set));
  rounds.push(...(set === 'tafeng' ? lastBasketRounds(set, shop) : cutRounds(set, shop)));
}
const scales = scalesOf();
const sets = [...new Set(rounds.map(({ set }) => set))];
const lessons = new Map(sets.map((set) => [set, { habitual: lessonFor('habitual'), new: lessonFor('new') }]));
for (const round of rounds) {
  const lesson = lessonOf(round.set);
  look(round, scales, (name, laid) => {
    if (asked.includes(name)) lesson[name].add(asKnown(name, laid, round));
  });
  process.stderr.write(
    `${round.set} ${round.day}: ${round.visits.count} visits, ${lesson.habitual.count} and ${lesson.new.count} cases\n`,
  );
}
const shipped: unknown = JSON.parse(readFileSync(DEFAULT_WEIGHTS, 'utf8'));
const saidBy = new Map(sets.map((set) => [set, { habitual: learn('habitual', set), new: learn('new', set) }]));
const found = { habitual: meanOf('habitual', sets), new: meanOf('new', sets) };
const chances = chancesOf(rounds.filter(({ set }, i) => set === sets[0] && i % ONE_FOR_CHANCES_OF === 0));
write(values.out, found);
for (const set of values.apart === undefined ? [] : sets) {
  write(join(values.apart ?? '', `${set}.json`), { habitual: meanOf('habitual', [set]), new: meanOf('new', [set]) });
}

/** Of the rankers that were not asked for, what is shipped stays. */
function write(file: string, weights: Readonly<Record<RankerName, RankerWeights>>): void {
  const anew = Object.fromEntries(asked.map((name) => [name, shown(name, weights[name])]));
  writeFileSync(file, `${JSON.stringify({ ...Object(shipped), ...anew }, null, 2)}\n`);
}

function isRanker(name: string): name is RankerName {
  return name in FEATURE_NAMES;
}

function lessonFor(name: RankerName): Lesson {
  return new Lesson({ width: FEATURE_NAMES[name].length, keepOneOf: KEEP_ONE_OF[name], question: QUESTIONS[name] });
}

function lessonOf(set: string): Readonly<Record<RankerName, Lesson>> {
  const lesson = lessons.get(set);
  if (lesson === undefined) throw new Error(`there is no lesson of ${set}`);
  return lesson;
}

function cutRounds(set: string, shop: ShopTable): Round[] {
  return LGSR_DAYS.flatMap((date) =>
    MEMORIES.map((memoryDays, i) => {
      const asOfDay = localDay(dayOf(date) - i * 9);
      const remembered = since(upTo(shop, asOfDay), asOfDay - memoryDays);
      const { latest: cut, labelDays } = cutsFor({ asOfDay, memoryDays });
      return {
        set,
        shop: remembered,
        known: remembered,
        day: cut,
        visits: atOnce(
          visitsAfter(remembered.purchases, { cut, withinDays: labelDays, most: VISITS_A_CUT.lgsr, fewestVisits: 2 }),
        ),
        windowDays: 56,
        memoryDays,
        labelDays,
        lastDay: asOfDay,
      };
    }),
  );
}

/** The basket before the last one is asked for; the last one is nowhere seen. */
function lastBasketRounds(set: string, whole: ShopTable): Round[] {
  const shop = { ...whole, purchases: withoutLastVisits(whole.purchases) };
  const known = { ...shop, purchases: withoutLastVisits(shop.purchases) };
  const lastDay = shop.purchases.day.reduce((latest, day) => Math.max(latest, day), 0);
  const visits = lastVisits(shop.purchases, { most: VISITS_A_CUT.tafeng, fewestVisits: 1 });
  return [
    {
      set,
      shop,
      known,
      day: lastDay,
      visits,
      windowDays: 365,
      memoryDays: 365,
      labelDays: NEXT_BASKET,
      lastDay: lastDay + 1,
    },
  ];
}

function look(
  round: Round,
  by: Readonly<Record<RankerName, RankerWeights>>,
  each: (name: RankerName, laid: Laid) => void,
): void {
  const { purchases } = round.shop;
  const tables = tablesFor(round);
  atOnce(
    lookBack(
      {
        purchases,
        windowDays: round.windowDays,
        memoryDays: round.memoryDays,
        tables,
        scales: by,
        visits: round.visits,
      },
      each,
    ),
  );
}

/** Who asks for habits alone waits for no inverse. */
function tablesFor({ known, windowDays, set, day }: Round): NewTables {
  const clock = set === 'tafeng' ? 'own' : 'shop';
  const { purchases, categoryOf } = known;
  const classes = { sensitive: () => false, categoryOf };
  if (asked.includes('new')) return atOnce(tablesOf({ purchases, windowDays, clock, ...classes }, localDay(day)));
  const view = viewOf({ purchases, lastDay: localDay(day), windowDays, clock });
  const statistics = atOnce(countProducts(view, classes));
  const { customers, baskets } = atOnce(gatherBaskets(view, statistics));
  const size = statistics.products.length;
  return {
    statistics,
    customers,
    neighbours: buildNeighbourTables(baskets),
    ease: noEase(size),
    lifestyles: noLifestyles(size),
  };
}

/** Means and spreads of the features as they are. */
function scalesOf(): Readonly<Record<RankerName, RankerWeights>> {
  const raw = { habitual: noWeights('habitual'), new: noWeights('new') };
  const sums = {
    habitual: new FeatureSums(FEATURE_NAMES.habitual.length),
    new: new FeatureSums(FEATURE_NAMES.new.length),
  };
  const first = rounds.slice(0, ROUNDS_FOR_SCALES);
  const ofOtherSets = rounds.filter(({ set }) => set !== rounds[0].set);
  for (const round of [...first, ...ofOtherSets]) {
    look(round, raw, (name, laid) => {
      if (name === 'habitual' || first.includes(round)) sums[name].add(laid);
    });
  }
  return { habitual: { ...raw.habitual, ...sums.habitual.scales() }, new: { ...raw.new, ...sums.new.scales() } };
}

/** Purchases count only within the set's own days, and up to its last one. */
function asKnown(name: RankerName, laid: Laid, { labelDays, lastDay }: Round): Laid {
  const days = Math.min(labelDays, LABEL_DAYS[name]);
  const boughtOn = laid.boughtOn.map((day) => (day < laid.visitDay + days && day <= lastDay ? day : Infinity));
  return { ...laid, boughtOn };
}

function learn(name: RankerName, set: string): RankerWeights {
  const start = { ...noWeights(name), ...scales[name] };
  if (!asked.includes(name)) return start;
  return atOnce(
    lessonOf(set)[name].learn({ towards: start, horizon: { days: 28, before: Infinity }, ridge: RIDGE[name] }),
  );
}

/** Weights that suit both hardly are weights of either shop alone. A set that does not know a feature says nothing of it: exactly 0. */
function meanOf(name: RankerName, of: readonly string[]): RankerWeights {
  const said = of.flatMap((set) => saidBy.get(set)?.[name] ?? []);
  const dated = of.filter((set) => set !== 'tafeng').flatMap((set) => saidBy.get(set)?.[name] ?? []);
  const whoSays = (i: number) =>
    dated.length > 0 && BY_REAL_DAYS[name].includes(FEATURE_NAMES[name][i]) ? dated : said;
  const mean = (read: (weights: RankerWeights) => number, among = said) => {
    const known = among.map(read).filter((value) => value !== 0);
    return Number((known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length)).toFixed(4));
  };
  return {
    ...said[0],
    coefficient: said[0].coefficient.map((_, i) => mean(({ coefficient }) => coefficient[i], whoSays(i))),
    intercept: mean(({ intercept }) => intercept),
  };
}

function chancesOf(some: readonly Round[]): Readonly<Record<RankerName, Calibration>> {
  const judged = {
    habitual: new Judgement({ depth: 4, calibrated: 20 }),
    new: new Judgement({ depth: 10, calibrated: 10 }),
  };
  for (const round of some) {
    look(round, scales, (name, laid) => {
      const width = scales[name].mean.length;
      const score = Float64Array.from({ length: laid.count }, (_, i) => weigh(found[name], laid.rows, i * width));
      judged[name].add(laid, score, { horizon: { days: 28, before: Infinity }, lastDay: round.lastDay });
    });
  }
  return {
    habitual: judged.habitual.calibration(DEFAULT_CALIBRATIONS.habitual, null),
    new: judged.new.calibration(DEFAULT_CALIBRATIONS.new, null),
  };
}

function shown(name: RankerName, { mean, scale, coefficient, intercept }: RankerWeights): unknown {
  const { score, chance } = chances[name];
  return {
    intercept,
    features: FEATURE_NAMES[name].map((feature, i) => ({
      name: feature,
      mean: mean[i],
      scale: scale[i],
      coefficient: coefficient[i],
    })),
    chances: Array.from(score, (of, i) => [Number(of.toFixed(3)), Number(chance[i].toFixed(3))]),
  };
}
