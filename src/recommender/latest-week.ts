// What the latest week's visits bought against what the chances, measured on older visits, said of them; and the chances moved by it.
import { CALIBRATION_DAYS, chanceOf } from './calibration.ts';
import type { Calibration, SeenCases } from './calibration.ts';
import { shareInTime } from './share-in-time.ts';

export const WEEK_DAYS = 7;
/**
 * Purchases' worth of the belief that customers buy as before: how keenly they buy differs by some .06 (as a logarithm) from week to
 * week, which 500 purchases in each tell as well as the belief does. 0 to 2,000 tested: a large shop's thousands move the chances nearly
 * as far as they say, a small shop's few hardly at all.
 */
const BELIEF = 500;
/** Weeks of which one had so many open days more than the other, a closed week in between say, are not alike. */
const MOST_DAYS_APART = 1;
/** Customers so many times as keen as before are a fault of the data. */
const KEENEST = 4;
/** Halvings: finer than a thousandth. */
const HALVINGS = 14;

/**
 * Two weeks' first visits, each week's known up to its end: those right after the cut that the chances were measured at, and the latest.
 * What both have in common, that who comes soonest buys most, cancels; what is left is that customers buy more or less of the same
 * score than they did, or that a score means less where more is remembered. Chance c becomes 1 - (1 - c)^keenness.
 * @param of.measuredOn all cases the chances were measured on: how purchases are spread over the days
 */
export function moveByLatestWeek(
  calibration: Calibration,
  of: { measuredOn: SeenCases; firstWeek: SeenCases; latestWeek: SeenCases },
): Calibration {
  const { firstWeek, latestWeek } = of;
  const openDays = (week: SeenCases) => new Set(week.knownDays).size;
  if (Math.abs(openDays(firstWeek) - openDays(latestWeek)) > MOST_DAYS_APART) return calibration;
  const hits = Math.min(hitsOf(firstWeek), hitsOf(latestWeek));
  const byDay = waitingEndsBy(of.measuredOn);
  const expected = (week: SeenCases) =>
    week.score.map((score, i) => {
      const chance = Math.min(1 - 1e-6, chanceOf(calibration, score));
      return -Math.log(1 - chance) * byDay[Math.min(CALIBRATION_DAYS, week.knownDays[i])];
    });
  const ratio = Math.log(keenness(expected(latestWeek), hitsOf(latestWeek)));
  const before = Math.log(keenness(expected(firstWeek), hitsOf(firstWeek)));
  const keener = Math.exp(((ratio - before) * hits) / (hits + BELIEF));
  const most = calibration.chance.reduce((most, chance) => Math.max(most, chance), 0);
  return {
    score: calibration.score,
    chance: calibration.chance.map((chance) => Math.min(most, 1 - (1 - chance) ** keener)),
  };
}

function hitsOf({ boughtAfter, knownDays }: SeenCases): number {
  return boughtAfter.filter((after, i) => after < knownDays[i]).length;
}

/** Of the cumulated hazard of a coupon's validity, the share that is behind a case after so many days. */
function waitingEndsBy(cases: SeenCases): readonly number[] {
  const all = [...cases.score.keys()];
  const hazard = Array.from({ length: CALIBRATION_DAYS + 1 }, (_, days) =>
    days === 0 ? 0 : -Math.log(1 - Math.min(1 - 1e-6, shareInTime(cases, all, days))),
  );
  return hazard.map((of) => of / Math.max(1e-9, hazard[CALIBRATION_DAYS]));
}

/** By how much each case's hazard must be multiplied that as many are expected to buy as did. */
function keenness(hazard: readonly number[], hits: number): number {
  let [low, high] = [-Math.log(KEENEST), Math.log(KEENEST)];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    const times = Math.exp(middle);
    const expected = hazard.reduce((sum, of) => sum + 1 - Math.exp(-of * times), 0);
    if (expected < hits) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
