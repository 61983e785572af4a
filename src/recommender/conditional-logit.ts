// Which of a visit's candidates were bought rather than the others: a choice among them, by Newton's method, drawn towards given
// coefficients. How much a customer buys in all says nothing here, so that all of it is left to tell the candidates apart.
//
//   loss of a visit = - Σ over what was bought of ( x·θ - ln Σ over its candidates of e^(x·θ) )
import { addCurvature, BLOCK, solve } from './newton.ts';
import type { Steps } from './steps.ts';

export type ChoiceCases = {
  /** Candidates × width, standardised, in whole numbers of `unit`; a visit's candidates follow each other. */
  readonly rows: Int16Array;
  readonly unit: number;
  readonly width: number;
  readonly count: number;
  readonly visitOf: Uint32Array;
  readonly hit: Uint8Array;
  /** How many candidates each one stands for, where only some of those that were not bought are kept. */
  readonly weight: Float32Array;
};

const MOST_ROUNDS = 12;
/** Newton's steps shorter than this change no ranking. */
const SMALL_ENOUGH = 2e-3;
/** Steepest single step, as in the logistic fit. */
const LONGEST_STEP = 4;
const CASES_A_STEP = 4000;

/**
 * Coefficients without an intercept; visits with nothing bought are left out. Cost: as the logistic fit's.
 * @param ridge how many cases' worth the pull towards `towards` is
 */
export function* fitChoice(
  cases: ChoiceCases,
  { towards, ridge }: { towards: Float64Array; ridge: number },
): Steps<Float64Array<ArrayBuffer>> {
  const { count, width, visitOf } = cases;
  const found = Float64Array.from(towards);
  const before = Float64Array.from(towards);
  let leastLoss = Infinity;
  const sums = new Sums(width);
  const visit = new Visit(cases);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    sums.clear();
    let loss = 0;
    for (let i = 0; i < width; i++) loss += sums.pull(i, { pull: ridge, by: found[i] - towards[i] });
    let stepped = 0;
    for (let from = 0; from < count;) {
      let end = from + 1;
      while (end < count && visitOf[end] === visitOf[from]) end++;
      if (visit.choose(from, end, found)) loss += visit.addTo(sums);
      if (end - stepped > CASES_A_STEP) {
        stepped = end;
        yield (round + end / count) / MOST_ROUNDS;
      }
      from = end;
    }
    // A step that went too far is taken back by half, until it gains.
    if (loss > leastLoss) {
      for (let i = 0; i < width; i++) found[i] = (found[i] + before[i]) / 2;
      continue;
    }
    leastLoss = loss;
    before.set(found);
    const step = sums.solve();
    const longest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const scale = longest > LONGEST_STEP ? LONGEST_STEP / longest : 1;
    for (let i = 0; i < width; i++) found[i] -= scale * step[i];
    if (longest < SMALL_ENOUGH) break;
  }
  return found;
}

/** Slope and curvature of the loss, added up row by row. */
class Sums {
  readonly #curvature: Float64Array;
  readonly #slope: Float64Array;
  readonly #block: readonly Float64Array[];
  readonly #spreads = new Float64Array(BLOCK);
  #place = 0;

  constructor(width: number) {
    this.#curvature = new Float64Array(width * width);
    this.#slope = new Float64Array(width);
    this.#block = Array.from({ length: BLOCK }, () => new Float64Array(width));
  }

  clear(): void {
    this.#curvature.fill(0);
    this.#slope.fill(0);
    this.#place = 0;
  }

  /** Says the loss. */
  pull(i: number, { pull, by }: { pull: number; by: number }): number {
    this.#slope[i] += pull * by;
    this.#curvature[i * this.#slope.length + i] += pull;
    return (pull * by * by) / 2;
  }

  /** `off`: of the slope, `spread`: of the curvature. */
  add(row: Float64Array, off: number, spread: number): void {
    const slope = this.#slope;
    if (off !== 0) for (let i = 0; i < slope.length; i++) slope[i] += off * row[i];
    this.#block[this.#place].set(row);
    this.#spreads[this.#place++] = spread;
    if (this.#place === BLOCK) this.#flush();
  }

  solve(): Float64Array {
    this.#flush();
    return solve(this.#curvature, this.#slope, this.#slope.length);
  }

  #flush(): void {
    this.#spreads.fill(0, this.#place);
    addCurvature(this.#curvature, this.#block, this.#spreads);
    this.#place = 0;
  }
}

/** The candidates of one visit and the chance of each to be the next one bought; overwritten by the next. */
class Visit {
  readonly #cases: ChoiceCases;
  readonly #row: Float64Array;
  readonly #mean: Float64Array;
  #chance = new Float64Array(256);
  #from = 0;
  #end = 0;
  #bought = 0;

  constructor(cases: ChoiceCases) {
    this.#cases = cases;
    this.#row = new Float64Array(cases.width);
    this.#mean = new Float64Array(cases.width);
  }

  /** False where nothing was bought. */
  choose(from: number, end: number, coefficient: Float64Array): boolean {
    const { rows, unit, width, hit, weight } = this.#cases;
    this.#from = from;
    this.#end = end;
    this.#bought = 0;
    for (let of = from; of < end; of++) this.#bought += hit[of];
    if (this.#bought === 0) return false;
    if (this.#chance.length < end - from) this.#chance = new Float64Array(2 * (end - from));
    const chance = this.#chance;
    let highest = -Infinity;
    for (let of = from; of < end; of++) {
      let sum = 0;
      for (let i = 0, at = of * width; i < width; i++) sum += rows[at + i] * coefficient[i];
      chance[of - from] = sum * unit + Math.log(weight[of]);
      if (chance[of - from] > highest) highest = chance[of - from];
    }
    let all = 0;
    for (let i = 0; i < end - from; i++) all += chance[i] = Math.exp(chance[i] - highest);
    for (let i = 0; i < end - from; i++) chance[i] /= all;
    return true;
  }

  /** Says the loss. */
  addTo(sums: Sums): number {
    const { rows, unit, width, hit } = this.#cases;
    const mean = this.#mean.fill(0);
    let loss = 0;
    for (let of = this.#from; of < this.#end; of++) {
      const chance = this.#chance[of - this.#from];
      for (let i = 0, at = of * width; i < width; i++) mean[i] += chance * (this.#row[i] = rows[at + i] * unit);
      sums.add(this.#row, this.#bought * chance - hit[of], this.#bought * chance);
      if (hit[of] === 1) loss -= Math.log(Math.max(Number.MIN_VALUE, chance));
    }
    sums.add(mean, 0, -this.#bought);
    return loss;
  }
}
