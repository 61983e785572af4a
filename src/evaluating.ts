// Measures the recommender on the shop's own purchases: trained as of each cut, judged by what came after it.
import { addDays, isoDay, instant, type Instant, type LocalDay, type ShopCalendar } from './domain/calendar.ts';
import type { Customer } from './domain/customer.ts';
import { customerId, type CustomerId } from './domain/ids.ts';
import { TillError } from './domain/till-error.ts';
import { calibrationErrorOf, reliability, type ReliabilityRow } from './recommender/calibration.ts';
import { chancesOfCut, type ChancesOfCut } from './recommender/chances-of-cut.ts';
import { evaluateModel, JUDGED, MEASURES } from './recommender/evaluation.ts';
import type { Evaluation, Judged, ListName, Measure } from './recommender/evaluation.ts';
import { lastVisits, withoutLastVisits } from './recommender/past-visits.ts';
import type { Model } from './recommender/model.ts';
import { createRecommender } from './recommender/recommender.ts';
import type { Way } from './domain/judged-ranker.ts';
import { modelFrom, readPurchases, stepByStep, type TrainingOrder, type TrainingRoom } from './training.ts';
import { varietyWords, weeklyStrips, type Variety, type WeeklyVisits } from './weekly-strips.ts';
import { pairedInterval, type Interval } from './recommender/paired-interval.ts';

const LISTS = ['habitual', 'new'] as const;
/** Two habits make nobody a regular. */
const FEWEST_VISITS_BEFORE = 1;
const MOST_VISITS = 20_000;

export type JudgedRow = {
  readonly name: Judged;
  readonly means: Readonly<Record<Measure, number>>;
  /** TillCAT's mean less this one's, with 95 % certainty; null for TillCAT itself. */
  readonly behindBy: Readonly<Record<Measure, Interval>> | null;
};

export type EvaluationReport = {
  readonly cuts: readonly {
    readonly cut: string;
    readonly ways: Readonly<Record<ListName, Way>>;
    readonly visits: number;
    /** Of this cut alone: what goes wrong one way at one cut and the other way at the next would not show in all together. */
    readonly chances: Readonly<Record<ListName, ChancesOfCut | null>>;
  }[];
  readonly visits: number;
  /** Of the weeks after the first cut; null where each customer's last visit was held out. */
  readonly variety: Variety | null;
  readonly lists: Readonly<
    Record<
      ListName,
      {
        readonly rows: readonly JudgedRow[];
        readonly reliability: readonly ReliabilityRow[];
        /** null: no chance was told whose fourteen days are all known. */
        readonly calibrationError: number | null;
        /** Share of the shop's products that were on anybody's first places. */
        readonly coverage: number;
      }
    >
  >;
};

export type EvaluationRoom = TrainingRoom & {
  readonly shopkeeper: WeeklyVisits['shopkeeper'];
  /** null: not a customer any more. */
  readonly customerOf: (id: CustomerId) => Customer | null;
};

/** Nothing is put in place: the model in use stays. */
export async function evaluateShop(
  room: EvaluationRoom,
  order: TrainingOrder & { readonly cuts: readonly Instant[]; readonly isLastBasket: boolean },
): Promise<EvaluationReport> {
  const judged: JudgedCut[] = [];
  const cuts = order.isLastBasket ? [order.asOf] : order.cuts;
  mustJudgeOtherVisits(cuts, room.calendar);
  for (const [i, cut] of cuts.entries()) {
    const onProgress = (step: string, share: number) => {
      order.onProgress(`${isoDay(room.calendar.dayOf(cut))}: ${step}`, (i + share) / cuts.length);
    };
    judged.push(await judgeCut(room, { ...order, asOf: cut, onProgress }));
  }
  // With each customer's last visit held out there is nothing after it, week by week.
  const variety = order.isLastBasket || judged[0] === undefined ? null : await varietyAfter(room, order, judged[0]);
  return { ...reportOf(judged), variety };
}

/** A visit judged twice would count twice. @throws TillError WRONG_USE */
function mustJudgeOtherVisits(cuts: readonly Instant[], calendar: ShopCalendar): void {
  const days = cuts.map((cut) => firstDayAfter(cut, calendar));
  const twice = days.find((day, i) => days.indexOf(day) < i);
  if (twice === undefined) return;
  throw new TillError('WRONG_USE', {
    problem: `two instants of --cut judge the visits from ${isoDay(twice)} on; leave one out`,
  });
}

/** Of what was bought on it nothing was bought before the instant: a day cut in two is known by its first part. */
function firstDayAfter(at: Instant, calendar: ShopCalendar): LocalDay {
  const day = calendar.dayOf(at);
  return calendar.startOf(day) === at ? day : addDays(day, 1);
}

type JudgedCut = {
  readonly asOf: Instant;
  readonly cut: string;
  readonly ways: Record<ListName, Way>;
  readonly evaluation: Evaluation;
  readonly model: Model;
  /** Whose purchases it was trained on. */
  readonly customers: readonly CustomerId[];
};

/** Evenly thinned to so many: 12 strips of each cost about 20 ms. */
const MOST_CUSTOMERS = 500;

async function varietyAfter(room: EvaluationRoom, order: TrainingOrder, cut: JudgedCut): Promise<Variety> {
  const { asOf, model, customers } = cut;
  const recommender = createRecommender(model);
  const step = Math.max(1, customers.length / MOST_CUSTOMERS);
  const thinned = Array.from(
    { length: Math.floor(customers.length / step) },
    (_, i) => customers[Math.floor(i * step)],
  );
  const visits = weeklyStrips({
    calendar: room.calendar,
    shopkeeper: { ...room.shopkeeper, model: () => ({ name: 'evaluated', recommender }) },
    customers: thinned.flatMap((id) => room.customerOf(id) ?? []),
    from: room.calendar.startOf(firstDayAfter(asOf, room.calendar)),
    lastDay: addDays(room.calendar.dayOf(order.asOf), -1),
    productsKnown: model.statistics.products.length,
  });
  return stepByStep(visits, order, (share) => {
    order.onProgress('weekly strips', share);
  });
}

async function judgeCut(room: TrainingRoom, order: TrainingOrder & { isLastBasket: boolean }): Promise<JudgedCut> {
  const { asOf, isLastBasket } = order;
  const asOfDay = room.calendar.dayOf(asOf);
  // Two doors: what the model may see, and what is looked at only to see what was bought.
  const all = isLastBasket
    ? readPurchases(room, order)
    : room.allBefore({
        before: daysLater(asOf, LOOK_AHEAD_DAYS),
        firstDay: addDays(asOfDay, -room.memoryDays),
        onProgress: () => undefined,
      });
  const known = isLastBasket ? withoutLastVisits(all) : readPurchases(room, order);
  const model = await modelFrom(room, { ...order, purchases: known, asOfDay });
  const visits = isLastBasket
    ? lastVisits(all, { most: MOST_VISITS, fewestVisits: FEWEST_VISITS_BEFORE })
    : { firstDay: firstDayAfter(asOf, room.calendar) };
  const ranked = await stepByStep(evaluateModel({ model, purchases: all, visits }), order, () => {
    order.onProgress('ranking', 1);
  });
  // Whose last visit lies fourteen days back has stayed away since: those alone say nothing of what the others do.
  const evaluation = isLastBasket ? { ...ranked, chances: NO_CHANCES } : ranked;
  if (evaluation.visits === 0) {
    throw new TillError('WRONG_USE', {
      problem: `nobody came back within 28 days after ${isoDay(addDays(asOfDay, 0))}; choose an earlier --cut, or use --last-basket`,
    });
  }
  const ways = { habitual: model.habitual.way, new: model.new.way };
  const cut = room.calendar.startOf(asOfDay) === asOf ? isoDay(asOfDay) : room.calendar.isoLocal(asOf);
  const customers = [...new Set(known.customer.subarray(0, known.count))].map(customerId);
  return { asOf, cut, ways, evaluation, model, customers };
}

const NO_CHANCES: Evaluation['chances'] = { habitual: { chance: [], hit: [] }, new: { chance: [], hit: [] } };

/** Visits within 28 days, and what is bought in the 28 days from them on. */
const LOOK_AHEAD_DAYS = 56;
const DAY_MS = 86_400_000;

function daysLater(at: Instant, days: number): Instant {
  return instant(at + days * DAY_MS);
}

function reportOf(judged: readonly JudgedCut[]): Omit<EvaluationReport, 'variety'> {
  const listOf = (list: ListName): EvaluationReport['lists'][ListName] => {
    const all = (name: Judged, measure: Measure) =>
      judged.flatMap(({ evaluation }) => evaluation.gains[list].get(name)?.[measure] ?? []);
    const chance = judged.flatMap(({ evaluation }) => evaluation.chances[list].chance);
    const hit = judged.flatMap(({ evaluation }) => evaluation.chances[list].hit);
    const covered = new Set(judged.flatMap(({ evaluation }) => [...evaluation.covered[list]]));
    const products = Math.max(1, ...judged.map(({ evaluation }) => evaluation.products));
    return {
      rows: JUDGED.filter((name) => all(name, 'next P').length > 0).map((name) => ({
        name,
        means: byMeasure((measure) => meanOf(all(name, measure))),
        behindBy:
          name === 'TillCAT'
            ? null
            : byMeasure((measure) => pairedInterval(all('TillCAT', measure), all(name, measure))),
      })),
      reliability: reliability(chance, hit),
      calibrationError: chance.length === 0 ? null : calibrationErrorOf(chance, hit),
      coverage: covered.size / products,
    };
  };
  return {
    cuts: judged.map(({ cut, ways, evaluation }) => {
      const { habitual, new: news } = evaluation.chances;
      const chances = { habitual: chancesOfCut(habitual), new: chancesOfCut(news) };
      return { cut, ways, visits: evaluation.visits, chances };
    }),
    visits: judged.reduce((sum, { evaluation }) => sum + evaluation.visits, 0),
    lists: { habitual: listOf('habitual'), new: listOf('new') },
  };
}

function byMeasure<Value>(of: (measure: Measure) => Value): Record<Measure, Value> {
  const [nextP, nextN, nextN10, laterP, laterN10] = MEASURES.map(of);
  return { 'next P': nextP, 'next N': nextN, 'next N@10': nextN10, '28 d P': laterP, '28 d N@10': laterN10 };
}

function meanOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
}

/** For people: a table a list, and the chances beside what came. */
export function evaluationText(report: EvaluationReport): string {
  const lines = report.cuts.map(
    ({ cut, ways, visits }) => `${cut}  ${visits} visits, habitual ${ways.habitual}, new ${ways.new}`,
  );
  for (const list of LISTS) {
    const { rows, reliability: groups, calibrationError, coverage } = report.lists[list];
    const places = list === 'habitual' ? 4 : 2;
    const head = [`next P@${places}`, `next N@${places}`, 'next N@10', `28 d P@${places}`, '28 d N@10'];
    lines.push('', line(list, head));
    for (const { name, means } of rows)
      lines.push(
        line(
          name,
          MEASURES.map((measure) => figure(means[measure])),
        ),
      );
    for (const { name, behindBy } of rows) {
      if (behindBy === null) continue;
      const cells = MEASURES.map((measure) => `${signed(behindBy[measure].low)}${signed(behindBy[measure].high)}`);
      lines.push(line(`ahead of ${name}`, cells));
    }
    lines.push(
      `first ${places} places: ${figure(coverage)} of the products; chance within 14 days ${calibrationError === null ? 'not measured' : `off by ${figure(calibrationError)}`}`,
    );
    lines.push(
      ...groups.map(({ cases, chance, share }) => `  said ${figure(chance)}  came ${figure(share)}  (${cases})`),
      ...report.cuts.flatMap(({ cut, chances: { [list]: of } }) => {
        if (of === null) return [];
        return [
          `  as of ${cut}  said ${figure(of.said)}  came ${figure(of.came)}  off by ${figure(of.calibrationError)}`,
        ];
      }),
    );
  }
  const variety = report.variety === null ? '' : `\n${varietyWords(report.variety)}`;
  return `${lines.join('\n')}\n${variety}`;
}

function line(name: string, cells: readonly string[]): string {
  return `${name.padEnd(22)}${cells.map((cell) => cell.padStart(14)).join('')}`;
}

function figure(value: number): string {
  return value.toFixed(4).replace(/^0/, '');
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3).replace(/^0/, '')}`;
}
