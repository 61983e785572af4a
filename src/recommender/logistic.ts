// Ridge logistic regression by Newton's method, drawn towards given coefficients: little data leaves them where they were.
import { addCurvature, BLOCK, solve } from './newton.ts';
import type { Steps } from './steps.ts';

export type LogisticCases = {
  /** Cases × width, standardised, in whole numbers of `unit`: half the memory of floats. */
  readonly rows: Int16Array;
  readonly unit: number;
  readonly width: number;
  readonly count: number;
  readonly hit: Uint8Array;
  /** How much each case counts. */
  readonly weight: Float32Array;
};

const MOST_ROUNDS = 12;
/** Newton's steps shorter than this change no ranking. */
const SMALL_ENOUGH = 2e-3;
/** Steepest single step: a first step too long can throw all chances to 0 or 1. */
const LONGEST_STEP = 4;
/** The intercept is free but for what keeps the equations solvable. */
const INTERCEPT_RIDGE = 1e-6;
const CASES_A_STEP = 4000;

/**
 * Coefficients, the intercept last. Cost: cases × width² / 2 additions a round, about eight rounds.
 * @param towards width + 1 numbers
 * @param ridge how many cases' worth the pull towards them is
 */
export function* fitLogistic(
  cases: LogisticCases,
  { towards, ridge }: { towards: Float64Array; ridge: number },
): Steps<Float64Array<ArrayBuffer>> {
  const { rows, unit, width, count, hit, weight } = cases;
  const size = width + 1;
  const found = Float64Array.from(towards);
  const curvature = new Float64Array(size * size);
  const slope = new Float64Array(size);
  const block = Array.from({ length: BLOCK }, () => new Float64Array(size));
  const spreads = new Float64Array(BLOCK);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    curvature.fill(0);
    for (let i = 0; i < size; i++) {
      const pull = i === width ? INTERCEPT_RIDGE : ridge;
      slope[i] = pull * (found[i] - towards[i]);
      curvature[i * size + i] = pull;
    }
    for (let of = 0; of < count; of++) {
      if (of % CASES_A_STEP === 0) yield (round + of / count) / MOST_ROUNDS;
      const place = of % BLOCK;
      const x = block[place];
      const base = of * width;
      let sum = found[width];
      for (let i = 0; i < width; i++) sum += (x[i] = rows[base + i] * unit) * found[i];
      x[width] = 1;
      const chance = 1 / (1 + Math.exp(-sum));
      const off = weight[of] * (chance - hit[of]);
      spreads[place] = weight[of] * chance * (1 - chance);
      for (let i = 0; i < size; i++) slope[i] += off * x[i];
      if (place < BLOCK - 1 && of < count - 1) continue;
      spreads.fill(0, place + 1);
      addCurvature(curvature, block, spreads);
    }
    const step = solve(curvature, slope, size);
    const longest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const scale = longest > LONGEST_STEP ? LONGEST_STEP / longest : 1;
    for (let i = 0; i < size; i++) found[i] -= scale * step[i];
    if (longest < SMALL_ENOUGH) break;
  }
  return found;
}
