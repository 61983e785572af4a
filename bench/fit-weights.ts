// Fits the weights the program ships, on published purchases: coefficients and scales come out, and nothing of any shop.
//
//   node bench/fit-weights.ts FOLDER [--sets lgsr,tafeng] [--out models/default-weights.json]
//     --apart FOLDER   also writes what each set says by itself, to be judged on the other
//
// Lgsr is cut on days long before those it is judged on; of Ta-Feng each customer's last basket is left out.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Calibration } from '../src/recommender/calibration.ts';
import { Judgement } from '../src/recommender/judgement.ts';
import { Lesson } from '../src/recommender/lesson.ts';
import { lookBack } from '../src/recommender/look-back.ts';
import type { Laid } from '../src/recommender/look-back.ts';
import { DEFAULT_CALIBRATIONS } from '../src/recommender/model.ts';
import type { NewTables } from '../src/recommender/new-desk.ts';
import { atOnce } from '../src/recommender/steps.ts';
import { tablesOf } from '../src/recommender/train.ts';
import { FEATURE_NAMES, noWeights, QUESTIONS, weigh } from '../src/recommender/weights.ts';
import type { RankerName, RankerWeights } from '../src/recommender/weights.ts';
import { FeatureSums } from './feature-sums.ts';
import { AGES, roundsOf, UNDATED } from './fitting-rounds.ts';
import type { Age, Round } from './fitting-rounds.ts';
import { readTable } from './purchase-table.ts';

const NAMES = ['habitual', 'new'] as const;
/** For means and spreads, and for the chances, some of the rounds are enough. */
const [ROUNDS_FOR_SCALES, ONE_FOR_CHANCES_OF] = [4, 3];
/** Days for which a purchase counts, as in the shop's own training. */
const LABEL_DAYS = 28;
/** Of what was not bought one in so many is learned from, and counts for all. */
const KEEP_ONE_OF = { habitual: 1, new: 2 } as const;
/**
 * The pull towards nothing. Weights of habits drawn in by a tenth of it were worse in the shop they were not fitted on, by .01 of N@4; by
 * ten times of it no better there and worse in their own. Of what is new in young shops Ta-Feng's lists fall apart with a tenth of it.
 */
const RIDGE: Readonly<Record<Age, Readonly<Record<RankerName, number>>>> = {
  settled: { habitual: 1000, new: 100 },
  young: { habitual: 300, new: 1000 },
};

/** What is in fashion only a set with real days can say: Ta-Feng's fashions, taken along, made lgsr's list of new things a fifth worse. */
const BY_REAL_DAYS: Readonly<Record<RankerName, readonly string[]>> = {
  habitual: [],
  new: ['trend-28', 'trend-7', 'taken-up-trend'],
};

type Found = Readonly<Record<RankerName, RankerWeights>>;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sets: { type: 'string', default: 'lgsr,tafeng' },
    apart: { type: 'string' },
    out: { type: 'string', default: 'models/default-weights.json' },
  },
});
const sets = values.sets.split(',');
const rounds: Round[] = [];
for (const set of sets) rounds.push(...roundsOf(set, await readTable(join(positionals[0] ?? '', set))));
const tables = new Map<Round, NewTables>();
const scales = scalesOf();
const saidBy = new Map(sets.flatMap((set) => AGES.map((age) => [keyOf(set, age), saidIn(set, age)])));
const found = { settled: meanOf('settled', sets), young: meanOf('young', sets) };
const first = rounds.filter(({ set }) => set === sets[0]);
const chances = {
  settled: chancesOf(
    found.settled,
    first.filter(({ age }) => age === 'settled').filter((_, i) => i % ONE_FOR_CHANCES_OF === 0),
  ),
  young: chancesOf(
    found.young,
    first.filter(({ age }) => age === 'young'),
  ),
};
write(values.out, found);
for (const set of values.apart === undefined ? [] : sets) {
  write(join(values.apart ?? '', `${set}.json`), { settled: meanOf('settled', [set]), young: meanOf('young', [set]) });
}

function keyOf(set: string, age: Age): string {
  return `${age} ${set}`;
}

function look(round: Round, by: Found, each: (name: RankerName, laid: Laid) => void): void {
  const { shop, windowDays, memoryDays, visits } = round;
  const { purchases } = shop;
  atOnce(lookBack({ purchases, windowDays, memoryDays, tables: tablesFor(round), scales: by, visits }, each));
}

function tablesFor(round: Round): NewTables {
  const { known, windowDays, clock, day } = round;
  const { purchases, categoryOf } = known;
  const classes = { sensitive: () => false, categoryOf };
  const made = tables.get(round) ?? atOnce(tablesOf({ purchases, windowDays, clock, ...classes }, day));
  tables.set(round, made);
  return made;
}

/** Means and spreads of the features as they are, in settled shops. */
function scalesOf(): Found {
  const raw = { habitual: noWeights('habitual'), new: noWeights('new') };
  const sums = {
    habitual: new FeatureSums(FEATURE_NAMES.habitual.length),
    new: new FeatureSums(FEATURE_NAMES.new.length),
  };
  const settled = rounds.filter(({ age }) => age === 'settled');
  const first = settled.slice(0, ROUNDS_FOR_SCALES);
  const ofOtherSets = settled.filter(({ set }) => set !== settled[0].set);
  for (const round of [...first, ...ofOtherSets]) {
    look(round, raw, (name, laid) => {
      if (name === 'habitual' || first.includes(round)) sums[name].add(laid);
    });
  }
  return { habitual: { ...raw.habitual, ...sums.habitual.scales() }, new: { ...raw.new, ...sums.new.scales() } };
}

/** What one set says by itself. */
function saidIn(set: string, age: Age): Found {
  const lessons = { habitual: lessonFor('habitual'), new: lessonFor('new') };
  for (const round of rounds.filter((round) => round.set === set && round.age === age)) {
    look(round, scales, (name, laid) => {
      lessons[name].add(asKnown(laid, round));
    });
    const { visits, day } = round;
    process.stderr.write(
      `${age} ${set} ${day}: ${visits.count} visits, ${lessons.habitual.count} and ${lessons.new.count} cases\n`,
    );
  }
  const learn = (name: RankerName) => {
    const towards = { ...noWeights(name), ...scales[name] };
    const horizon = { days: LABEL_DAYS, before: Infinity };
    return atOnce(lessons[name].learn({ towards, horizon, ridge: RIDGE[age][name] }));
  };
  return { habitual: learn('habitual'), new: learn('new') };
}

function lessonFor(name: RankerName): Lesson {
  return new Lesson({ width: FEATURE_NAMES[name].length, keepOneOf: KEEP_ONE_OF[name], question: QUESTIONS[name] });
}

/** Purchases count only within the set's own days, and up to its last one. */
function asKnown(laid: Laid, { labelDays, lastDay }: Round): Laid {
  const days = Math.min(labelDays, LABEL_DAYS);
  const boughtOn = laid.boughtOn.map((day) => (day < laid.visitDay + days && day <= lastDay ? day : Infinity));
  return { ...laid, boughtOn };
}

/** Weights that suit both hardly are weights of either shop alone. A set that does not know a feature says nothing of it: exactly 0. */
function meanOf(age: Age, of: readonly string[]): Found {
  const mean = (name: RankerName): RankerWeights => {
    const saidIn = (some: readonly string[]) => some.flatMap((set) => saidBy.get(keyOf(set, age))?.[name] ?? []);
    const said = saidIn(of);
    const dated = saidIn(of.filter((set) => set !== UNDATED));
    const whoSays = (i: number) =>
      dated.length > 0 && BY_REAL_DAYS[name].includes(FEATURE_NAMES[name][i]) ? dated : said;
    return {
      ...said[0],
      coefficient: said[0].coefficient.map((_, i) => meanKnown(whoSays(i).map(({ coefficient }) => coefficient[i]))),
      intercept: meanKnown(said.map(({ intercept }) => intercept)),
    };
  };
  return { habitual: mean('habitual'), new: mean('new') };
}

function meanKnown(said: readonly number[]): number {
  const known = said.filter((value) => value !== 0);
  return Number((known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length)).toFixed(4));
}

function chancesOf(by: Found, some: readonly Round[]): Readonly<Record<RankerName, Calibration>> {
  const judged = {
    habitual: new Judgement({ depth: 4, calibrated: 20 }),
    new: new Judgement({ depth: 10, calibrated: 10 }),
  };
  for (const round of some) {
    look(round, scales, (name, laid) => {
      const width = scales[name].mean.length;
      const score = Float64Array.from({ length: laid.count }, (_, i) => weigh(by[name], laid.rows, i * width));
      judged[name].add(laid, score, { horizon: { days: 28, before: Infinity }, lastDay: round.lastDay });
    });
  }
  return {
    habitual: judged.habitual.calibration(DEFAULT_CALIBRATIONS.habitual, null),
    new: judged.new.calibration(DEFAULT_CALIBRATIONS.new, null),
  };
}

function write(file: string, by: Readonly<Record<Age, Found>>): void {
  const shown = Object.fromEntries(NAMES.map((name) => [name, shownOf(name, by)]));
  writeFileSync(file, `${JSON.stringify(shown, null, 2)}\n`);
}

function shownOf(name: RankerName, by: Readonly<Record<Age, Found>>): unknown {
  const [settled, young] = [by.settled[name], by.young[name]];
  return {
    intercept: settled.intercept,
    youngIntercept: young.intercept,
    features: FEATURE_NAMES[name].map((feature, i) => ({
      name: feature,
      mean: scales[name].mean[i],
      scale: scales[name].scale[i],
      coefficient: settled.coefficient[i],
      young: young.coefficient[i],
    })),
    chances: shownChances(chances.settled[name]),
    youngChances: shownChances(chances.young[name]),
  };
}

function shownChances({ score, chance }: Calibration): readonly (readonly [score: number, chance: number])[] {
  return Array.from(score, (of, i) => [Number(of.toFixed(3)), Number(chance[i].toFixed(3))]);
}
