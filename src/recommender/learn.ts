// Learns both rankers from the shop's own cuts, and lets each into use only where it beats what would rank without it.
import type { LocalDay } from '../domain/calendar.ts';
import { WAYS } from '../domain/judged-ranker.ts';
import type { Way } from '../domain/judged-ranker.ts';
import type { PurchaseTable } from '../domain/purchases.ts';
import { Judgement } from './judgement.ts';
import { Lesson } from './lesson.ts';
import type { Horizon } from './lesson.ts';
import { lookBack } from './look-back.ts';
import type { Laid } from './look-back.ts';
import { DEFAULT_CALIBRATIONS, firstRanker } from './model.ts';
import type { Ranker } from './model.ts';
import type { NewTables } from './new-desk.ts';
import { lastVisits, regularCustomers, visitsAfter, withoutLastVisits } from './past-visits.ts';
import type { PastVisits } from './past-visits.ts';
import { shareOf } from './steps.ts';
import type { Steps } from './steps.ts';
import { FEWEST_BEFORE } from './shop-days.ts';
import type { ShopDays } from './shop-days.ts';
import { cutsFor } from './training-cuts.ts';
import type { Cuts } from './training-cuts.ts';
import { FEATURE_NAMES, noWeights, weigh } from './weights.ts';
import type { RankerName, RankerWeights, ShippedWeights } from './weights.ts';

export type LearningInput = {
  readonly purchases: PurchaseTable;
  readonly asOfDay: LocalDay;
  readonly memoryDays: number;
  readonly windowDays: number;
  readonly shipped: ShippedWeights | null;
  readonly days: ShopDays;
  /** The shop as it stood at the end of a day, by these purchases. */
  readonly tablesAt: (purchases: PurchaseTable, day: LocalDay) => Steps<NewTables>;
};

/** Visits looked back at, a cut: about as many as give so many cases, which is what bounds the memory. */
const CASES_A_CUT = 160_000;
const [FEWEST_OF_MANY, MOST_VISITS] = [1500, 6000];
/** With fewer visits at a cut nothing is learned or judged, and what is shipped stands. */
const FEWEST_VISITS = 150;

/**
 * Customers a shop needs for the shipped weights to rank it unjudged. Few neighbours say less than the weights believe: of shops of
 * 300 and 1,000 customers the nearest customers alone knew better what is new, of 3,500 the weights did. Habits need nobody else.
 */
const FEWEST_FOR_SHIPPED = { habitual: 0, new: 1500 } as const;

const NAMES = ['habitual', 'new'] as const;
/**
 * How deep lists are judged, how deep chances are measured, how many of the not bought are kept to learn from, and for how many
 * days a purchase counts: 28 were better than 14 or 7 for habits, 14 better than 28 for what is new.
 */
const SIZES = {
  habitual: { depth: 4, calibrated: 20, keepOneOf: 1, labelDays: 28 },
  new: { depth: 10, calibrated: 10, keepOneOf: 3, labelDays: 14 },
} as const;

export function* learnRankers(input: LearningInput): Steps<Readonly<Record<RankerName, Ranker>>> {
  const cuts = cutsFor(input);
  const customers = yield* shareOf([0, 0.01], regularCustomers(input.purchases, 1));
  const rankers = {
    habitual: new RankerInTraining('habitual', input, { cuts, customers }),
    new: new RankerInTraining('new', input, { cuts, customers }),
  };
  const [earlier, latest] = yield* shareOf([0.01, 0.05], chooseCuts(input, { cuts, customers }));
  yield* shareOf(
    [0.05, 0.3],
    visitCut(input, earlier, (name, laid) => {
      rankers[name].begin(laid);
    }),
  );
  for (const [i, name] of NAMES.entries()) yield* shareOf([0.3 + i * 0.1, 0.4 + i * 0.1], rankers[name].tryOut());
  yield* shareOf(
    [0.5, 0.8],
    visitCut(input, latest, (name, laid) => {
      rankers[name].judge(laid);
    }),
  );
  return {
    habitual: yield* shareOf([0.8, 0.9], rankers.habitual.finish()),
    new: yield* shareOf([0.9, 1], rankers.new.finish()),
  };
}

/** Visits to look back at, and what was known before them. */
type Cut = { readonly purchases: PurchaseTable; readonly visits: PastVisits; readonly tables: () => Steps<NewTables> };

/** By day; or by each customer's last two visits. */
function* chooseCuts(
  input: LearningInput,
  { cuts, customers }: { cuts: Cuts; customers: number },
): Steps<readonly [earlier: Cut, latest: Cut]> {
  const { purchases, tablesAt, asOfDay, days } = input;
  const casesAVisit = purchases.count / Math.max(1, customers) / 2;
  const most = Math.round(Math.min(MOST_VISITS, Math.max(FEWEST_OF_MANY, CASES_A_CUT / casesAVisit)));
  const of = { most, fewestVisits: FEWEST_BEFORE };
  if (days.cutBy === 'day') {
    const after = (cut: LocalDay) => visitsAfter(purchases, { ...of, cut, withinDays: cuts.labelDays });
    const earlier = yield* shareOf([0, 0.5], after(cuts.earlier));
    const latest = yield* shareOf([0.5, 1], after(cuts.latest));
    return [
      { purchases, visits: earlier, tables: () => tablesAt(purchases, cuts.earlier) },
      { purchases, visits: latest, tables: () => tablesAt(purchases, cuts.latest) },
    ];
  }
  const before = withoutLastVisits(purchases);
  const longBefore = withoutLastVisits(before);
  return [
    { purchases: before, visits: lastVisits(before, of), tables: () => tablesAt(longBefore, asOfDay) },
    { purchases, visits: lastVisits(purchases, of), tables: () => tablesAt(before, asOfDay) },
  ];
}

function* visitCut(input: LearningInput, cut: Cut, each: (name: RankerName, laid: Laid) => void): Steps<void> {
  const { purchases, visits } = cut;
  if (visits.count < FEWEST_VISITS) return;
  const tables = yield* shareOf([0, 0.5], cut.tables());
  const scales = { habitual: startOf('habitual', input.shipped), new: startOf('new', input.shipped) };
  const { windowDays, memoryDays } = input;
  yield* shareOf([0.5, 1], lookBack({ purchases, windowDays, memoryDays, tables, scales, visits }, each));
}

class RankerInTraining {
  readonly lesson: Lesson;
  readonly #name: RankerName;
  readonly #input: LearningInput;
  readonly #cuts: Cuts;
  readonly #customers: number;
  readonly #start: RankerWeights;
  readonly #judged: Record<Way, Judgement>;
  /** At the earlier cut, which nothing shipped was learned from. */
  readonly #judgedBefore: Record<'plain' | 'shipped', Judgement>;
  #trial: RankerWeights | null = null;
  #earlierCases = 0;
  #score = new Float64Array(1024);

  constructor(name: RankerName, input: LearningInput, of: { cuts: Cuts; customers: number }) {
    this.#name = name;
    this.#input = input;
    this.#cuts = of.cuts;
    this.#customers = of.customers;
    this.#start = startOf(name, input.shipped);
    const { depth, calibrated, keepOneOf } = SIZES[name];
    this.lesson = new Lesson({ width: FEATURE_NAMES[name].length, keepOneOf });
    const judgement = () => new Judgement({ depth, calibrated });
    this.#judged = { plain: judgement(), shipped: judgement(), learned: judgement() };
    this.#judgedBefore = { plain: judgement(), shipped: judgement() };
  }

  begin(laid: Laid): void {
    this.lesson.add(laid);
    const { labelDays: days, latest } = this.#cuts;
    const against = { horizon: { days, before: latest + 1 }, lastDay: this.#input.asOfDay };
    this.#judgedBefore.plain.add(laid, laid.plain, against);
    if (this.#input.shipped !== null) this.#judgedBefore.shipped.add(laid, this.#scores(laid, this.#start), against);
  }

  /** What would have been learned before the latest cut: only this may be judged by it. */
  *tryOut(): Steps<void> {
    this.#earlierCases = this.lesson.count;
    if (this.lesson.visits < FEWEST_VISITS) return;
    const horizon: Horizon = { days: this.#labelDays(), before: this.#cuts.latest + 1 };
    this.#trial = yield* this.lesson.learn({ towards: this.#start, horizon });
  }

  judge(laid: Laid): void {
    this.lesson.add(laid);
    const { labelDays: days } = this.#cuts;
    const against = { horizon: { ...this.#horizon(), days }, lastDay: this.#input.asOfDay };
    this.#judged.plain.add(laid, laid.plain, against);
    if (this.#input.shipped !== null) this.#judged.shipped.add(laid, this.#scores(laid, this.#start), against);
    if (this.#trial !== null) this.#judged.learned.add(laid, this.#scores(laid, this.#trial), against);
  }

  *finish(): Steps<Ranker> {
    const isTooSmall = this.#customers < FEWEST_FOR_SHIPPED[this.#name];
    const first = firstRanker(this.#name, isTooSmall ? null : this.#input.shipped);
    const { visits: cases } = this.#judged.plain;
    const gain = this.#gains();
    const way = cases < FEWEST_VISITS ? first.way : bestOf(gain);
    const judged = this.#judged[way];
    const shipped = way === 'plain' ? undefined : this.#input.shipped?.[this.#name];
    const otherwise = shipped?.calibration ?? DEFAULT_CALIBRATIONS[this.#name];
    return {
      way,
      weights: way === 'learned' ? yield* this.#learnAll() : this.#start,
      calibration: judged.calibration(otherwise),
      gate: { cases, gain, calibrationError: judged.calibrationError(otherwise) },
    };
  }

  /**
   * Plain counting and the shipped weights meet at both cuts. The learned weights saw the earlier one: they are judged at the latest
   * by how far they are ahead of the shipped ones, to which they are so alike that few visits tell.
   */
  #gains(): Record<Way, number> {
    const { plain, shipped, learned } = this.#judged;
    const before = this.#judgedBefore;
    const atBoth = (way: 'plain' | 'shipped', latest: Judgement) => meanGain(before[way], latest);
    if (this.#input.shipped === null) return { plain: plain.gain(), shipped: 0, learned: learned.gain() };
    const ahead = this.#trial === null ? NaN : learned.gain() - shipped.gain();
    const ofShipped = atBoth('shipped', shipped);
    return { plain: atBoth('plain', plain), shipped: ofShipped, learned: Number.isNaN(ahead) ? 0 : ofShipped + ahead };
  }

  /** From both cuts; its scores are moved to where those stood that the chances were measured on. */
  *#learnAll(): Steps<RankerWeights> {
    const all = yield* this.lesson.learn({ towards: this.#start, horizon: this.#horizon() });
    if (this.#trial === null) return all;
    const { lesson } = this;
    const moved = lesson.meanScore(this.#trial, this.#earlierCases) - lesson.meanScore(all, this.#earlierCases);
    return { ...all, intercept: all.intercept + moved };
  }

  #horizon(): Horizon {
    return { days: this.#labelDays(), before: this.#input.asOfDay + 1 };
  }

  #labelDays(): number {
    return Math.min(SIZES[this.#name].labelDays, this.#cuts.labelDays);
  }

  #scores(laid: Laid, weights: RankerWeights): Float64Array {
    const width = this.lesson.width;
    if (this.#score.length < laid.count) this.#score = new Float64Array(laid.count * 2);
    for (let i = 0; i < laid.count; i++) this.#score[i] = weigh(weights, laid.rows, i * width);
    return this.#score;
  }
}

function meanGain(a: Judgement, b: Judgement): number {
  return (a.gain() * a.visits + b.gain() * b.visits) / Math.max(1, a.visits + b.visits);
}

/** The learned way must be at least as good as the others; the shipped one at least as good as plain counting. */
function bestOf(gain: Readonly<Record<Way, number>>): Way {
  return WAYS.reduce((best, way) => (gain[way] > 0 && gain[way] >= gain[best] ? way : best));
}

function startOf(name: RankerName, shipped: ShippedWeights | null): RankerWeights {
  return shipped === null ? noWeights(name) : shipped[name].weights;
}
