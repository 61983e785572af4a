// Fits the weights the program ships, on published purchases: coefficients and scales come out, and nothing of any shop.
//
//   node bench/fit-weights.ts FOLDER [--sets lgsr,tafeng] [--out models/default-weights.json]
//
// Lgsr is cut on days long before those it is judged on; of Ta-Feng each customer's last basket is left out.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addDays, localDay } from '../src/domain/calendar.ts';
import type { Calibration } from '../src/recommender/calibration.ts';
import { Judgement } from '../src/recommender/judgement.ts';
import { Lesson } from '../src/recommender/lesson.ts';
import { lookBack } from '../src/recommender/look-back.ts';
import type { Laid } from '../src/recommender/look-back.ts';
import { lastVisits, visitsAfter, withoutLastVisits } from '../src/recommender/past-visits.ts';
import type { PastVisits } from '../src/recommender/past-visits.ts';
import { DEFAULT_CALIBRATIONS } from '../src/recommender/model.ts';
import { atOnce } from '../src/recommender/steps.ts';
import { tablesOf } from '../src/recommender/train.ts';
import { cutsFor } from '../src/recommender/training-cuts.ts';
import { FEATURE_NAMES, noWeights, weigh } from '../src/recommender/weights.ts';
import type { RankerName, RankerWeights } from '../src/recommender/weights.ts';
import { dayOf } from './quality/shop.ts';
import { readTable, since, upTo } from './purchase-table.ts';
import type { ShopTable } from './purchase-table.ts';

const LGSR_DAYS = ['2007-02-01', '2007-06-01', '2007-10-01', '2007-12-10', '2008-02-01', '2008-03-13'];
const MEMORIES = [182, 56];
const VISITS_A_CUT = { lgsr: 700, tafeng: 5000 } as const;
/** Days for which a purchase counts, as in the shop's own training. */
const LABEL_DAYS = { habitual: 28, new: 14 } as const;
/** Ta-Feng's days are no days: what is asked is only what was in the next basket. */
const NEXT_BASKET = 1;

type Round = { readonly set: string; readonly shop: ShopTable; readonly known: ShopTable; readonly day: number } & {
  readonly visits: PastVisits;
  readonly windowDays: number;
  readonly memoryDays: number;
  readonly labelDays: number;
  readonly lastDay: number;
};

class Sums {
  #count = 0;
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;

  constructor(width: number) {
    this.#sum = new Float64Array(width);
    this.#squares = new Float64Array(width);
  }

  add(laid: Laid): void {
    const width = this.#sum.length;
    for (let i = 0; i < laid.count; i++) {
      this.#count++;
      for (let of = 0; of < width; of++) {
        const value = laid.rows[i * width + of];
        this.#sum[of] += value;
        this.#squares[of] += value * value;
      }
    }
  }

  /** Three digits are enough for a scale, and say nothing more of where they come from. */
  scales(): { mean: Float64Array; scale: Float64Array } {
    const mean = this.#sum.map((sum) => Number((sum / this.#count).toPrecision(3)));
    const scale = this.#squares.map((squares, i) =>
      Number(Math.max(0.05, Math.sqrt(Math.max(0, squares / this.#count - mean[i] ** 2))).toPrecision(3)),
    );
    return { mean, scale };
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sets: { type: 'string', default: 'lgsr,tafeng' },
    out: { type: 'string', default: 'models/default-weights.json' },
  },
});
const folder = positionals[0] ?? '';
const rounds: Round[] = [];
for (const set of values.sets.split(',')) {
  const shop = await readTable(join(folder, set));
  rounds.push(...(set === 'tafeng' ? lastBasketRounds(set, shop) : cutRounds(set, shop)));
}
const scales = scalesOf(rounds.slice(0, 4));
const lessons = {
  habitual: new Lesson({ width: scales.habitual.mean.length + 1, keepOneOf: 1 }),
  new: new Lesson({ width: scales.new.mean.length + 1, keepOneOf: 2 }),
};
for (const round of rounds) {
  look(round, scales, (name, laid) => {
    lessons[name].add(withSetColumn(name, laid, round));
  });
  process.stderr.write(
    `${round.set} ${round.day}: ${round.visits.count} visits, ${lessons.habitual.count} and ${lessons.new.count} cases\n`,
  );
}
const found = { habitual: learn('habitual'), new: learn('new') };
const chances = chancesOf(rounds.filter(({ set }) => set !== 'tafeng'));
writeFileSync(values.out, `${JSON.stringify({ habitual: shown('habitual'), new: shown('new') }, null, 2)}\n`);

function cutRounds(set: string, shop: ShopTable): Round[] {
  return LGSR_DAYS.flatMap((date) =>
    MEMORIES.flatMap((memoryDays, i) => {
      const asOfDay = localDay(dayOf(date) - i * 9);
      const remembered = since(upTo(shop, asOfDay), asOfDay - memoryDays);
      const { earlier, latest, labelDays } = cutsFor({ asOfDay, memoryDays });
      return [earlier, latest].map((cut) => ({
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
      }));
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
  const classes = { sensitive: () => false, categoryOf: round.known.categoryOf };
  const tables = atOnce(
    tablesOf(
      {
        purchases: round.known.purchases,
        windowDays: round.windowDays,
        clock: round.set === 'tafeng' ? 'own' : 'shop',
        ...classes,
      },
      addDays(localDay(round.day), 0),
    ),
  );
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

/** Means and spreads of the features as they are. */
function scalesOf(some: readonly Round[]): Readonly<Record<RankerName, RankerWeights>> {
  const raw = { habitual: noWeights('habitual'), new: noWeights('new') };
  const sums = { habitual: new Sums(FEATURE_NAMES.habitual.length), new: new Sums(FEATURE_NAMES.new.length) };
  for (const round of some) {
    look(round, raw, (name, laid) => {
      sums[name].add(laid);
    });
  }
  return { habitual: { ...raw.habitual, ...sums.habitual.scales() }, new: { ...raw.new, ...sums.new.scales() } };
}

/** One more column tells the sets apart, so that their different labels do not bend the other coefficients; it is not shipped. */
function withSetColumn(name: RankerName, laid: Laid, { set, labelDays, lastDay }: Round): Laid {
  const width = scales[name].mean.length;
  const rows = new Float64Array(laid.count * (width + 1));
  for (let i = 0; i < laid.count; i++) {
    rows.set(laid.rows.subarray(i * width, (i + 1) * width), i * (width + 1));
    rows[i * (width + 1) + width] = Number(set === 'tafeng');
  }
  const days = Math.min(labelDays, LABEL_DAYS[name]);
  const boughtOn = laid.boughtOn.map((day) => (day < laid.visitDay + days && day <= lastDay ? day : Infinity));
  return { ...laid, rows, boughtOn };
}

function learn(name: RankerName): RankerWeights {
  const { mean, scale } = scales[name];
  const one = (column: Float64Array, last: number) => Float64Array.of(...column, last);
  const towards = {
    mean: one(mean, 0),
    scale: one(scale, 1),
    coefficient: new Float64Array(mean.length + 1),
    intercept: 0,
  };
  const learned = atOnce(lessons[name].learn({ towards, horizon: { days: 28, before: Infinity } }));
  const rounded = learned.coefficient.slice(0, -1).map((value) => Number(value.toFixed(4)));
  return { mean, scale, coefficient: rounded, intercept: Number(learned.intercept.toFixed(4)) };
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
    habitual: judged.habitual.calibration(DEFAULT_CALIBRATIONS.habitual),
    new: judged.new.calibration(DEFAULT_CALIBRATIONS.new),
  };
}

function shown(name: RankerName): unknown {
  const { mean, scale, coefficient, intercept } = found[name];
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
