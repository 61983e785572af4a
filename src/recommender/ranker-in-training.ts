// One ranker while it is trained: what it learns at the earlier cut is judged at the latest, and only the best way comes into use.
import { addDays } from '../domain/calendar.ts';
import type { LocalDay } from '../domain/calendar.ts';
import { WAYS } from '../domain/judged-ranker.ts';
import type { GateFigures, Way } from '../domain/judged-ranker.ts';
import { Judgement } from './judgement.ts';
import { moveByLatestWeek, WEEK_DAYS } from './latest-week.ts';
import { Lesson } from './lesson.ts';
import type { Horizon } from './lesson.ts';
import type { Laid } from './look-back.ts';
import { fitCalibration } from './calibration.ts';
import type { Calibration, SeenCases } from './calibration.ts';
import { DEFAULT_CALIBRATIONS, firstRanker } from './model.ts';
import type { Ranker } from './model.ts';
import type { ShopDays } from './shop-days.ts';
import { shareOf } from './steps.ts';
import type { Steps } from './steps.ts';
import type { Cuts } from './training-cuts.ts';
import { FEATURE_NAMES, noWeights, QUESTIONS, weigh } from './weights.ts';
import type { RankerName, RankerWeights, ShippedWeights } from './weights.ts';

/** With fewer visits at a cut nothing is learned or judged, and what is shipped stands. */
export const FEWEST_VISITS = 150;
/** Of so many, each with tens of candidates, some sixty coefficients drawn towards others learn none by heart. */
const MANY_VISITS = 1000;

/**
 * How deep lists are judged, how deep chances are measured, and how many of the not bought are kept to learn from. Chances of habits
 * are measured little deeper than is printed: measured 20 deep, the same score meant another chance at the head of the lists (.03 on
 * average).
 */
const SIZES = {
  habitual: { depth: 4, calibrated: 6, keepOneOf: 1 },
  new: { depth: 10, calibrated: 10, keepOneOf: 3 },
} as const;
/** Cuts that leave fewer days behind them are those of a short memory. Counting for 28 days was better than for 14 or 7 in both rankers. */
const WHOLE_LABEL_DAYS = 28;

/** Lays out the first visits in the week after a cut, as of the cut. */
export type WeekAfter = (cut: LocalDay, each: (laid: Laid) => void) => Steps<void>;

type LearnedFrom = { readonly asOfDay: LocalDay; readonly shipped: ShippedWeights | null; readonly days: ShopDays };

export class RankerInTraining {
  lesson: Lesson;
  readonly #name: RankerName;
  readonly #input: LearnedFrom;
  readonly #cuts: Cuts;
  readonly #start: RankerWeights;
  readonly #judged: Record<Way, Judgement>;
  /** At the earlier cut, which nothing shipped was learned from. */
  readonly #judgedBefore: Record<'plain' | 'shipped', Judgement>;
  #trial: RankerWeights | null = null;
  #earlierCases = 0;
  #score = new Float64Array(1024);

  constructor(name: RankerName, input: LearnedFrom, cuts: Cuts) {
    this.#name = name;
    this.#input = input;
    this.#cuts = cuts;
    this.#start = startOf(name, input.shipped);
    const { depth, calibrated } = SIZES[name];
    this.lesson = lessonOf(name);
    const judgement = () => new Judgement({ depth, calibrated });
    this.#judged = { plain: judgement(), shipped: judgement(), blended: judgement(), learned: judgement() };
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
    const horizon: Horizon = { days: this.#cuts.labelDays, before: this.#cuts.latest + 1 };
    this.#trial = yield* this.lesson.learn({ towards: this.#start, horizon });
    // Before the visit before the last one a customer was known less; habits are learned better from the last one alone.
    if (this.#name !== 'habitual' || this.#input.days.cutBy !== 'visit') return;
    this.lesson = lessonOf(this.#name);
    this.#earlierCases = 0;
  }

  judge(laid: Laid): void {
    this.lesson.add(laid);
    const { labelDays: days } = this.#cuts;
    const against = { horizon: { ...this.#horizon(), days }, lastDay: this.#input.asOfDay };
    this.#judged.plain.add(laid, laid.plain, against);
    if (this.#input.shipped !== null) this.#judged.shipped.add(laid, this.#scores(laid, this.#start), against);
    if (this.#trial === null) return;
    this.#judged.learned.add(laid, this.#scores(laid, this.#trial), against);
    if (this.#input.shipped === null) return;
    this.#judged.blended.add(laid, this.#scores(laid, halfway(this.#start, this.#trial)), against);
  }

  /** @param weekAfter null: days say nothing, and chances stay as they were measured */
  *finish(weekAfter: WeekAfter | null): Steps<Ranker> {
    const { visits: cases } = this.#judged.plain;
    const way = cases < FEWEST_VISITS ? firstRanker(this.#name, this.#input.shipped).way : bestOf(this.#standing());
    const judged = this.#judged[way];
    const shipped = way === 'plain' ? undefined : this.#input.shipped?.[this.#name];
    const otherwise = shipped?.calibration ?? DEFAULT_CALIBRATIONS[this.#name];
    const weights =
      way === 'learned' || way === 'blended' ? yield* shareOf([0, 0.5], this.#learnAll(way)) : this.#start;
    const measuredOn = yield* shareOf([0.5, 0.55], this.#measuredOn(way, weights));
    const measured = fitCalibration(measuredOn, otherwise);
    const isMoved = weekAfter !== null && measured !== otherwise;
    return {
      way,
      weights,
      calibration: isMoved
        ? yield* shareOf([0.55, 1], this.#moved(measured, { measuredOn, way, weights, weekAfter }))
        : measured,
      gate: { ...this.#measured(), calibrationError: judged.calibrationError(otherwise) },
    };
  }

  /** All four at the same visits; and at the earlier ones the two that were there. */
  #measured(): Omit<GateFigures, 'calibrationError'> {
    const { plain, shipped, blended, learned } = this.#judged;
    const before = this.#judgedBefore;
    return {
      cases: plain.visits,
      gain: { plain: plain.gain(), shipped: shipped.gain(), blended: blended.gain(), learned: learned.gain() },
      earlier:
        this.#input.shipped === null
          ? { cases: 0, gain: { plain: 0, shipped: 0 } }
          : { cases: before.plain.visits, gain: { plain: before.plain.gain(), shipped: before.shipped.gain() } },
    };
  }

  /**
   * By what the way is chosen, and no figure of any visits. Plain counting and the shipped weights meet at both cuts. The learned
   * weights saw the earlier one: they, and those halfway to them, are judged at the latest by how far they are ahead of the shipped
   * ones, to which they are so alike that few visits tell.
   */
  #standing(): Record<Way, number> {
    const { plain, shipped, blended, learned } = this.#judged;
    const before = this.#judgedBefore;
    const atBoth = (way: 'plain' | 'shipped', latest: Judgement) => meanGain(before[way], latest);
    if (this.#input.shipped === null) {
      return { plain: plain.gain(), shipped: 0, blended: 0, learned: learned.gain() };
    }
    const ofShipped = atBoth('shipped', shipped);
    const ahead = (way: Judgement) => (this.#trial === null ? 0 : ofShipped + way.gain() - shipped.gain());
    return { plain: atBoth('plain', plain), shipped: ofShipped, blended: ahead(blended), learned: ahead(learned) };
  }

  /** From both cuts; its scores are moved to where those stood that the chances were measured on. */
  *#learnAll(way: 'blended' | 'learned'): Steps<RankerWeights> {
    const learned = yield* this.lesson.learn({ towards: this.#start, horizon: this.#horizon() });
    const chosen = (of: RankerWeights) => (way === 'learned' ? of : halfway(this.#start, of));
    const all = chosen(learned);
    if (this.#trial === null) return all;
    const { lesson } = this;
    const judged = lesson.meanScore(chosen(this.#trial), this.#earlierCases);
    return { ...all, intercept: all.intercept + judged - lesson.meanScore(all, this.#earlierCases) };
  }

  /** Weights learned from many visits know none of them by heart: then chances are measured by those in use, else by those tried out. */
  *#measuredOn(way: Way, weights: RankerWeights): Steps<SeenCases> {
    const judged = this.#judged[way];
    const isLearned = way === 'learned' || way === 'blended';
    const { calibrated: best, keepOneOf } = SIZES[this.#name];
    if (!isLearned || keepOneOf > 1 || judged.visits < MANY_VISITS) return judged.seen(this.#alsoSeen(way));
    return yield* this.lesson.headOfVisits(weights, { from: this.#earlierCases, best, lastDay: this.#input.asOfDay });
  }

  /** By what customers do lately with the same scores. */
  *#moved(
    measured: Calibration,
    of: { measuredOn: SeenCases; way: Way; weights: RankerWeights; weekAfter: WeekAfter },
  ): Steps<Calibration> {
    const firstWeek = yield* shareOf([0, 0.5], this.#week(this.#cuts.latest, of));
    const latestWeek = yield* shareOf([0.5, 1], this.#week(addDays(this.#input.asOfDay, -WEEK_DAYS - 1), of));
    return moveByLatestWeek(measured, { measuredOn: of.measuredOn, firstWeek, latestWeek });
  }

  /** As it was known at its end; ranked as the shop will be, so that what a longer memory does to a score counts as well. */
  *#week(cut: LocalDay, of: { way: Way; weights: RankerWeights; weekAfter: WeekAfter }): Steps<SeenCases> {
    const week = new Judgement(SIZES[this.#name]);
    const against = { horizon: this.#horizon(), lastDay: addDays(cut, WEEK_DAYS + 1) };
    yield* of.weekAfter(cut, (laid) => {
      week.add(laid, of.way === 'plain' ? laid.plain : this.#scores(laid, of.weights), against);
    });
    return week.seen(null);
  }

  /** A short memory leaves few visits of the latest cut with a coupon's whole validity behind them. */
  #alsoSeen(way: Way): Judgement | null {
    const isShort = this.#cuts.labelDays < WHOLE_LABEL_DAYS;
    return isShort && (way === 'plain' || way === 'shipped') ? this.#judgedBefore[way] : null;
  }

  #horizon(): Horizon {
    return { days: this.#cuts.labelDays, before: this.#input.asOfDay + 1 };
  }

  #scores(laid: Laid, weights: RankerWeights): Float64Array {
    const width = this.lesson.width;
    if (this.#score.length < laid.count) this.#score = new Float64Array(laid.count * 2);
    for (let i = 0; i < laid.count; i++) this.#score[i] = weigh(weights, laid.rows, i * width);
    return this.#score;
  }
}

function lessonOf(name: RankerName): Lesson {
  const { keepOneOf } = SIZES[name];
  return new Lesson({ width: FEATURE_NAMES[name].length, keepOneOf, question: QUESTIONS[name] });
}

function meanGain(a: Judgement, b: Judgement): number {
  return (a.gain() * a.visits + b.gain() * b.visits) / Math.max(1, a.visits + b.visits);
}

/** Scales are the same in both. */
function halfway(one: RankerWeights, other: RankerWeights): RankerWeights {
  return {
    ...one,
    coefficient: one.coefficient.map((value, i) => (value + other.coefficient[i]) / 2),
    intercept: (one.intercept + other.intercept) / 2,
  };
}

/** The learned way must be at least as good as the others; the shipped one at least as good as plain counting. */
function bestOf(gain: Readonly<Record<Way, number>>): Way {
  return WAYS.reduce((best, way) => (gain[way] > 0 && gain[way] >= gain[best] ? way : best));
}

export function startOf(name: RankerName, shipped: ShippedWeights | null): RankerWeights {
  return shipped === null ? noWeights(name) : shipped[name].weights;
}
