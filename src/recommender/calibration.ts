// From a ranker's score to the chance of a purchase, as it was seen on purchases the score did not know.
import { shareInTime } from './share-in-time.ts';
import type { Followed } from './share-in-time.ts';

/** Knots by ascending score; between them the chance is drawn straight, outside them the last one holds. */
export type Calibration = {
  readonly score: Float64Array<ArrayBuffer>;
  readonly chance: Float64Array<ArrayBuffer>;
};

/** Gives the score back: for a ranker that is still to be calibrated. */
export const SCORE_ITSELF: Calibration = { score: Float64Array.of(0, 1e9), chance: Float64Array.of(0, 1e9) };

/** Days over which a hit is counted: the usual validity of a coupon. */
export const CALIBRATION_DAYS = 14;
/** Fewer cases or hits say less than the defaults. */
const FEWEST_CASES = 400;
const FEWEST_HITS = 40;
/** At most so many bins, of at least so many cases each where there are enough. */
const [BINS, CASES_A_BIN] = [24, 100];
/** Added to each bin, so that a bin without hits is not called impossible. */
const PRIOR_CASES = 4;

export type SeenCases = Followed & {
  readonly score: readonly number[];
  /** At how many visits: one visit's cases stand or fall together. */
  readonly visits: number;
};

/**
 * Equal-sized bins by score, merged until the chance never falls as the score rises (pool adjacent violators). No chance is above
 * what so many visits without a miss would bear out (the rule of succession). `otherwise` stands where there are too few cases.
 */
export function fitCalibration(cases: SeenCases, otherwise: Calibration): Calibration {
  const { score } = cases;
  const order = score.map((_, i) => i).sort((a, b) => score[a] - score[b] || a - b);
  const hits = order.filter((i) => cases.boughtAfter[i] < CALIBRATION_DAYS).length;
  if (order.length < FEWEST_CASES || hits < FEWEST_HITS) return otherwise;

  const overall = shareInTime(cases, order, CALIBRATION_DAYS);
  const count = Math.min(BINS, Math.floor(order.length / CASES_A_BIN));
  const bins: { cases: number; hits: number; score: number }[] = [];
  for (let bin = 0; bin < count; bin++) {
    const of = part(order, { of: bin, in: count });
    const share = shareInTime(cases, of, CALIBRATION_DAYS);
    const merged = {
      cases: of.length + PRIOR_CASES,
      hits: of.length * share + PRIOR_CASES * overall,
      score: meanOf(of, (i) => score[i]),
    };
    let last = bins.at(-1);
    while (last !== undefined && last.hits / last.cases >= merged.hits / merged.cases) {
      const all = last.cases + merged.cases;
      merged.score = (last.score * last.cases + merged.score * merged.cases) / all;
      merged.hits += last.hits;
      merged.cases = all;
      bins.pop();
      last = bins.at(-1);
    }
    bins.push(merged);
  }
  const most = (cases.visits + 1) / (cases.visits + 2);
  return {
    score: Float64Array.from(bins, (bin) => bin.score),
    chance: Float64Array.from(bins, (bin) => Math.min(most, bin.hits / bin.cases)),
  };
}

export function chanceOf({ score, chance }: Calibration, of: number): number {
  const last = score.length - 1;
  if (last < 0) return 0;
  if (of <= score[0]) return chance[0];
  if (of >= score[last]) return chance[last];
  let right = 1;
  while (score[right] < of) right++;
  const share = (of - score[right - 1]) / (score[right] - score[right - 1]);
  return chance[right - 1] + share * (chance[right] - chance[right - 1]);
}

/** Mean distance between chance and what came, over ten groups of cases of like chance, each weighing by its cases. */
export function calibrationError(calibration: Calibration, cases: SeenCases): number {
  const chance = cases.score.map((of) => chanceOf(calibration, of));
  return distance(reliabilityBy(chance, (of) => shareInTime(cases, of, CALIBRATION_DAYS)));
}

/** The same of chances told, where all of the validity's days are known. */
export function calibrationErrorOf(chance: readonly number[], hit: readonly boolean[]): number {
  return distance(reliability(chance, hit));
}

export type ReliabilityRow = { readonly cases: number; readonly chance: number; readonly share: number };

const RELIABILITY_GROUPS = 10;

/** Ten equal groups by chance: what was foretold on average, and what came. */
export function reliability(chance: readonly number[], hit: readonly boolean[]): readonly ReliabilityRow[] {
  return reliabilityBy(chance, (of) => meanOf(of, (i) => Number(hit[i])));
}

function reliabilityBy(chance: readonly number[], share: (of: readonly number[]) => number): readonly ReliabilityRow[] {
  const order = chance.map((_, i) => i).sort((a, b) => chance[a] - chance[b] || a - b);
  return Array.from({ length: RELIABILITY_GROUPS }, (_, group) => {
    const of = part(order, { of: group, in: RELIABILITY_GROUPS });
    return { cases: of.length, chance: meanOf(of, (i) => chance[i]), share: share(of) };
  }).filter(({ cases }) => cases > 0);
}

function distance(rows: readonly ReliabilityRow[]): number {
  const cases = rows.reduce((sum, row) => sum + row.cases, 0);
  return rows.reduce((sum, row) => sum + (row.cases / cases) * Math.abs(row.chance - row.share), 0);
}

function part(order: readonly number[], which: { of: number; in: number }): readonly number[] {
  const end = (of: number) => Math.floor((of * order.length) / which.in);
  return order.slice(end(which.of), end(which.of + 1));
}

function meanOf(cases: readonly number[], of: (i: number) => number): number {
  return cases.reduce((sum, i) => sum + of(i), 0) / Math.max(1, cases.length);
}
