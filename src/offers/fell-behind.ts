// By what a runner-up fell behind the last one chosen: told only where the very figure it names is the worse one.
//
// A group of features may weigh against a product whose figure is the better one: several features stand behind one figure, and
// some count against it. What is told must be so all the same, or a clerk repeats to a customer what is not.
import type { RankedProduct, RankingReason } from '../domain/ranking.ts';

/** By feature. */
type Figures = ReadonlyMap<string, number>;
type Pair = { readonly own: Figures; readonly chosen: Figures };

/** A twentieth less is less; a hair less is nothing that anybody would say. */
const LEAST_DIFFERENCE = 0.05;
/** Of the usual time between two purchases: until then something has hardly run out. */
const HARDLY_OUT = 0.75;

/** What it fell furthest behind by of all that is so; null where nothing that can be said tells them apart. */
export function furthestBehind(runnerUp: RankedProduct, chosen: RankedProduct): RankingReason | null {
  const pair = { own: figuresOf(runnerUp), chosen: figuresOf(chosen) };
  const theirs = new Map(chosen.reasons.map(({ feature, contribution }) => [feature, contribution]));
  let most: RankingReason | null = null;
  for (const reason of runnerUp.reasons) {
    const behind = reason.contribution - (theirs.get(reason.feature) ?? 0);
    if (behind < (most?.contribution ?? 0) && isSo(reason.feature, pair)) most = { ...reason, contribution: behind };
  }
  return most;
}

/** Whether what `lost-words.ts` says of losing by it is true. */
function isSo(feature: string, { own, chosen }: Pair): boolean {
  switch (feature) {
    case 'days-since-bought':
      return isLess(feature, { own: chosen, chosen: own });
    case 'due':
      return isHardlyOut({ own, chosen });
    case 'shop-trend':
      return isLess(feature, { own, chosen }) && (own.get(feature) ?? 1) < 1 - LEAST_DIFFERENCE;
    default:
      return isLess(feature, { own, chosen });
  }
}

/** A figure that is not known bears nothing out. */
function isLess(feature: string, { own, chosen }: Pair): boolean {
  const [ours, theirs] = [own.get(feature), chosen.get(feature)];
  return ours !== undefined && theirs !== undefined && theirs - ours > LEAST_DIFFERENCE * Math.abs(theirs);
}

function isHardlyOut({ own, chosen }: Pair): boolean {
  const [ours, theirs] = [partGone(own), partGone(chosen)];
  return ours !== null && ours <= HARDLY_OUT && (theirs === null || ours < theirs);
}

/** How much of the usual time between two purchases has gone by; null where there is no usual one. */
function partGone(of: Figures): number | null {
  const [since, usual] = [of.get('days-since-bought'), of.get('due')];
  return since === undefined || usual === undefined ? null : since / usual;
}

function figuresOf({ reasons }: RankedProduct): Figures {
  return new Map(reasons.map(({ feature, value }) => [feature, value]));
}
