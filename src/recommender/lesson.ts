// What one ranker learns from: the candidates of past visits, and whether they were bought.
import type { SeenCases } from './calibration.ts';
import { fitChoice } from './conditional-logit.ts';
import { fitLogistic } from './logistic.ts';
import type { Laid } from './look-back.ts';
import { shareOf } from './steps.ts';
import type { Steps } from './steps.ts';
import type { RankerWeights } from './weights.ts';

/**
 * Cases' worth of the pull towards the shipped coefficients. 10 to 300 tested: a shop with thousands of cases learns the same,
 * one with few is held.
 */
const RIDGE = 100;
/** A candidate at rank r counts HEAD / (HEAD + r): what will never be printed need not be told apart. 2 to 20 and no weighing tested. */
const HEAD = 5;

/** A thousandth of a deviation tells no two products apart. */
const UNIT = 1 / 1024;

const CASES_A_STEP = 10_000;
/** Scores beyond which a chance is certain enough, in units of UNIT; and the least a score is taken to say. */
const [FARTHEST, FLATTEST] = [31_000, 0.2];

/** Which purchases count as bought: from the visit on for so many days, and before `before`. */
export type Horizon = { readonly days: number; readonly before: number };

/**
 * What is asked of a candidate. `each`: is it bought? `choice`: is it bought rather than the visit's other candidates? The second tells
 * them apart better where hardly any is bought; features that are the same for all of them are then fitted to the first.
 */
export type Question = { readonly asks: 'each' } | { readonly asks: 'choice'; readonly sameForAll: readonly number[] };

export class Lesson {
  readonly width: number;
  readonly #question: Question;
  readonly #keepOneOf: number;
  count = 0;
  visits = 0;
  /** Standardised features in units of UNIT. */
  rows: Int16Array<ArrayBuffer>;
  /** Day from the visit on (0 is the visit's), and the day itself; Infinity where not bought. */
  boughtAfter = new Float32Array(1024);
  boughtOn = new Float32Array(1024);
  visitOf = new Uint32Array(1024);
  /** By visit. */
  readonly #visitDay: number[] = [];
  weight = new Float32Array(1024);
  #passed = 0;

  /** `keepOneOf`: of the candidates that were not bought one in so many is kept, and counts for all. */
  constructor(of: { width: number; keepOneOf: number; question: Question }) {
    this.width = of.width;
    this.#question = of.question;
    this.#keepOneOf = of.keepOneOf;
    this.rows = new Int16Array(1024 * of.width);
  }

  add(laid: Laid): void {
    for (let i = 0; i < laid.count; i++) {
      const isBought = laid.boughtOn[i] < Infinity;
      if (!isBought && this.#passed++ % this.#keepOneOf !== 0) continue;
      if (this.count === this.weight.length) this.#grow();
      const at = this.count * this.width;
      for (let of = 0; of < this.width; of++) this.rows[at + of] = laid.rows[i * this.width + of] / UNIT;
      this.boughtAfter[this.count] = laid.boughtOn[i] - laid.visitDay;
      this.boughtOn[this.count] = laid.boughtOn[i];
      this.visitOf[this.count] = this.visits;
      this.weight[this.count] = isBought ? 1 : this.#keepOneOf;
      this.count++;
    }
    this.#visitDay.push(laid.visitDay);
    this.visits++;
  }

  /** @param of.ridge cases' worth of the pull towards `towards` */
  *learn(of: { towards: RankerWeights; horizon: Horizon; ridge?: number }): Steps<RankerWeights> {
    const { towards, horizon, ridge = RIDGE } = of;
    const hit = Uint8Array.from({ length: this.count }, (_, i) =>
      Number(this.boughtAfter[i] < horizon.days && this.boughtOn[i] < horizon.before),
    );
    return this.#question.asks === 'each'
      ? yield* this.#learnEach({ shipped: towards, ridge }, hit)
      : yield* this.#learnChoice({ towards, ridge, sameForAll: this.#question.sameForAll }, hit);
  }

  /** Two fits: the first finds who stands at the head of the lists, the second looks there most. */
  *#learnEach(of: { shipped: RankerWeights; ridge: number }, hit: Uint8Array): Steps<RankerWeights> {
    const { shipped, ridge } = of;
    const cases = { ...this.#kept(), hit };
    const towards = Float64Array.of(...shipped.coefficient, shipped.intercept);
    const plainly = yield* shareOf([0, 0.5], fitLogistic(cases, { towards, ridge }));
    const first = asWeights(shipped, plainly);
    const weight = yield* this.#weightsByRank(first);
    return asWeights(shipped, yield* shareOf([0.5, 1], fitLogistic({ ...cases, weight }, { towards: plainly, ridge })));
  }

  /** Two fits as well: what tells candidates apart, and how likely any of them is bought by such a customer. */
  *#learnChoice(
    of: { towards: RankerWeights; ridge: number; sameForAll: readonly number[] },
    hit: Uint8Array,
  ): Steps<RankerWeights> {
    const { towards, ridge, sameForAll } = of;
    const cases = { ...this.#kept(), hit, visitOf: this.visitOf };
    const coefficient = yield* shareOf([0, 0.9], fitChoice(cases, { towards: towards.coefficient, ridge }));
    for (const i of sameForAll) coefficient[i] = 0;
    const chosen = { ...towards, coefficient, intercept: 0 };

    const width = sameForAll.length + 1;
    const rows = new Int16Array(this.count * width);
    for (let of = 0; of < this.count; of++) {
      if (of % CASES_A_STEP === 0) yield 0.9;
      const score = this.#score(chosen, of) / UNIT;
      rows[of * width] = Math.max(-FARTHEST, Math.min(FARTHEST, score));
      for (const [i, column] of sameForAll.entries()) rows[of * width + i + 1] = this.rows[of * this.width + column];
    }
    const levels = Float64Array.of(1, ...sameForAll.map((column) => towards.coefficient[column]), towards.intercept);
    const each = { rows, unit: UNIT, width, count: this.count, hit, weight: this.weight };
    const found = yield* shareOf([0.9, 1], fitLogistic(each, { towards: levels, ridge }));
    const slope = Math.max(FLATTEST, found[0]);
    for (const [i, column] of sameForAll.entries()) coefficient[column] = found[i + 1] / slope;
    return { ...chosen, intercept: found[width] / slope };
  }

  #kept() {
    return { rows: this.rows, unit: UNIT, width: this.width, count: this.count, weight: this.weight };
  }

  /**
   * The `best` candidates of each visit by these weights, from the candidate `from` on, and what was bought of them before `lastDay`.
   * Only where all candidates are kept.
   */
  *headOfVisits(weights: RankerWeights, of: { from: number; best: number; lastDay: number }): Steps<SeenCases> {
    const seen = { score: [] as number[], boughtAfter: [] as number[], knownDays: [] as number[], visits: 0 };
    for (let at = of.from; at < this.count;) {
      const visit = this.visitOf[at];
      const cases: { score: number; on: number }[] = [];
      for (; at < this.count && this.visitOf[at] === visit; at++) {
        cases.push({ score: this.#score(weights, at), on: this.boughtOn[at] });
      }
      if (visit % 50 === 0) yield at / this.count;
      const day = this.#visitDay[visit];
      if (day >= of.lastDay) continue;
      seen.visits++;
      for (const { score, on } of cases.sort((a, b) => b.score - a.score).slice(0, of.best)) {
        seen.score.push(score);
        seen.boughtAfter.push(on < of.lastDay ? on - day : Infinity);
        seen.knownDays.push(of.lastDay - day);
      }
    }
    return seen;
  }

  /** Mean score of the candidates from `from` on. */
  meanScore(weights: RankerWeights, from: number): number {
    let sum = 0;
    for (let i = from; i < this.count; i++) sum += this.#score(weights, i);
    return sum / Math.max(1, this.count - from);
  }

  *#weightsByRank(weights: RankerWeights): Steps<Float32Array> {
    const { count } = this;
    const byRank = new Float32Array(count);
    let walked = 0;
    for (let from = 0; from < count;) {
      if (walked++ % 50 === 0) yield 0.5;
      let end = from + 1;
      while (end < count && this.visitOf[end] === this.visitOf[from]) end++;
      const score = Float64Array.from({ length: end - from }, (_, i) => this.#score(weights, from + i));
      const order = [...score.keys()].sort((a, b) => score[b] - score[a] || a - b);
      let rank = 0;
      for (const i of order) {
        byRank[from + i] = (this.weight[from + i] * HEAD) / (HEAD + rank);
        rank += this.weight[from + i];
      }
      from = end;
    }
    return byRank;
  }

  #score({ coefficient, intercept }: RankerWeights, at: number): number {
    let sum = 0;
    for (let i = 0; i < this.width; i++) sum += coefficient[i] * this.rows[at * this.width + i];
    return intercept + sum * UNIT;
  }

  #grow(): void {
    const length = Math.ceil(this.weight.length * 1.25);
    const rows = new Int16Array(length * this.width);
    rows.set(this.rows);
    this.rows = rows;
    this.boughtAfter = longer(this.boughtAfter, length);
    this.boughtOn = longer(this.boughtOn, length);
    this.weight = longer(this.weight, length);
    const visitOf = new Uint32Array(length);
    visitOf.set(this.visitOf);
    this.visitOf = visitOf;
  }
}

function asWeights({ mean, scale }: RankerWeights, found: Float64Array): RankerWeights {
  return { mean, scale, coefficient: found.slice(0, -1), intercept: found[found.length - 1] };
}

function longer(column: Float32Array, length: number): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(length);
  larger.set(column);
  return larger;
}
