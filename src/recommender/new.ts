// What the nearest customers buy, the regular ones among them most: the plain way to what is new, and a signal for the learned one.
import type { RankingReason } from '../domain/ranking.ts';
import { bySize } from './habitual.ts';
import { LEVELS } from './neighbours/levels.ts';
import type { RowsAtHand } from './neighbours/levelled-rows.ts';
import type { NearestHeap } from './neighbours/nearest-heap.ts';
import type { GrownRow } from './neighbours/sparse-index.ts';

/** How many nearest customers are asked. 100 to 500 tested; 200 to 500 are equally good, and the number costs no time. */
export const NEAREST_CUSTOMERS = 300;
/** What a neighbour who bought on 1, 2, 3–4, 5 or more days says for a product. Flat to steep tested, little between them. */
const LEVEL_VOTE: readonly number[] = [0.8, 1, 1.1, 1.2];
/** Weight of what the shop buys again and again beside the neighbours' votes. 0 to 4 tested, little between 0 and 1. */
const SHOP_WEIGHT = 0.2;

/**
 * Four numbers a product row, side by side because they are counted together: the weighed share of the neighbours who buy it
 * (SHARE), of those who buy it on two days or more (AGAIN), the share with the nearest weighing by the cube of their likeness
 * (CLOSE), and how many of the neighbours buy it (BUYERS).
 */
export type Votes = Float64Array<ArrayBuffer>;
export const [SHARE, AGAIN, CLOSE, BUYERS] = [0, 1, 2, 3] as const;
export const VOTE_WIDTH = 4;

export function votesFor(products: number): Votes {
  return new Float64Array(products * VOTE_WIDTH);
}

/** Counts anew: a few additions per product of each neighbour. Allocates nothing. */
export function countVotes(
  votes: Votes,
  nearest: NearestHeap,
  { baskets, grown }: { baskets: RowsAtHand; grown: ReadonlyMap<number, GrownRow> },
): void {
  votes.fill(0);
  let all = 0;
  let allCubed = 0;
  for (let place = 0; place < nearest.count; place++) {
    all += nearest.score[place];
    allCubed += nearest.score[place] ** 3;
  }
  for (let place = 0; place < nearest.count; place++) {
    const weight = nearest.score[place] / all;
    const cubed = nearest.score[place] ** 3 / allCubed;
    const row = grown.get(nearest.row[place]);
    if (row !== undefined) {
      voteOfGrown(votes, row, { weight, cubed });
      continue;
    }
    const base = nearest.row[place] * LEVELS;
    const moved = baskets.find(nearest.row[place]) - baskets.start[base];
    for (let level = 0; level < LEVELS; level++) {
      const added = weight * LEVEL_VOTE[level];
      const again = level > 0 ? weight : 0;
      const end = moved + baskets.start[base + level + 1];
      for (let i = moved + baskets.start[base + level]; i < end; i++) {
        const at = baskets.item[i] * VOTE_WIDTH;
        votes[at] += added;
        votes[at + AGAIN] += again;
        votes[at + CLOSE] += cubed;
        votes[at + BUYERS]++;
      }
    }
  }
}

function voteOfGrown(votes: Votes, { product, level }: GrownRow, of: { weight: number; cubed: number }): void {
  for (let i = 0; i < product.length; i++) {
    const at = product[i] * VOTE_WIDTH;
    votes[at] += of.weight * LEVEL_VOTE[level[i]];
    votes[at + AGAIN] += level[i] > 0 ? of.weight : 0;
    votes[at + CLOSE] += of.cubed;
    votes[at + BUYERS]++;
  }
}

export function newScore(vote: number, shopShare: number): number {
  return vote + SHOP_WEIGHT * shopShare;
}

/** `buyers`: how many of the nearest customers buy the product. */
export function newReasons(given: { vote: number; shopShare: number; buyers: number }): RankingReason[] {
  const reasons: RankingReason[] = [
    { feature: 'similar-customers', value: given.buyers, contribution: given.vote },
    { feature: 'shop-share', value: given.shopShare, contribution: SHOP_WEIGHT * given.shopShare },
  ];
  return reasons.sort(bySize);
}
