// The best of those left out, and why: kept with the decision, so that it can be explained when the customer asks.
import type { ProductId } from '../domain/ids.ts';
import type { Loss, RunnerUp, Veto } from '../domain/offer.ts';
import type { RankedProduct } from '../domain/ranking.ts';
import type { Candidate, Candidates } from './candidates.ts';
import { furthestBehind } from './fell-behind.ts';

/** For each kind of place. */
export const RUNNERS_UP = 4;

/** @param of.last the last one chosen and its rank; null where places stayed empty */
export function runnersUp(of: {
  candidates: Candidates;
  isChosen: (product: ProductId) => boolean;
  last: { readonly rank: number; readonly ranked: RankedProduct } | null;
  /** What keeps a fitting product off the strip as it stands; null: nothing. */
  vetoOf: (candidate: Candidate) => Veto | null;
}): RunnerUp[] {
  const { candidates, last } = of;
  const found: RunnerUp[] = [];
  const note = (candidate: Pick<Candidate, 'ranked' | 'product'>, loss: Loss): void => {
    const { ranked, product } = candidate;
    const behindBy = loss === 'ranked-lower' && last !== null ? furthestBehind(ranked, last.ranked) : null;
    found.push({ product, slot: candidates.slot, probability: ranked.probability, loss, behindBy });
  };
  for (let rank = 0; found.length < RUNNERS_UP; rank++) {
    const candidate = candidates.at(rank);
    if (candidate === null) break;
    if (of.isChosen(candidate.product.id)) continue;
    if (last === null || rank < last.rank) note(candidate, of.vetoOf(candidate) ?? 'not-drawn');
    else note(candidate, candidate.verdict === 'refused' ? candidate.veto : 'ranked-lower');
  }
  for (const candidate of candidates.unlikely(RUNNERS_UP - found.length)) note(candidate, 'too-unlikely');
  return found;
}
