// Who bought a product: the customers' table turned round, in blocks of 65,536 customers, so that a customer is a 16-bit number.
//
//   block 0 | p0 L0: 3 17 | p0 L1: 5 | … | p1 L0: …     customers 0 to 65,535
//   block 1 | p0 L0: 2    | p0 L1:   | … | p1 L0: …     customers 65,536 to 131,071, counted from 0 again
//
// 100,000 customers with 61 products each are 12 MB, and 0.6 MB of starts: half of what 32-bit numbers take, and what is
// added up for one block fits a processor's second cache.
import type { Steps } from '../steps.ts';
import { shareOf } from '../steps.ts';
import { rowsBetween, transposeInSteps } from './levelled-rows.ts';
import type { LevelledRows } from './levelled-rows.ts';
import { LEVELS } from './levels.ts';

export const BLOCK_CUSTOMERS = 65_536;

export type Postings = {
  readonly products: number;
  readonly customers: number;
  /** By block: product row → customer rows less the block's first. */
  readonly blocks: readonly LevelledRows[];
};

export function* turnRound(baskets: LevelledRows): Steps<Postings> {
  const blocks: LevelledRows[] = [];
  for (const [i, { from, to }] of blocksOf(baskets.rows).entries()) {
    const shares = [from / baskets.rows, to / baskets.rows] as const;
    blocks[i] = yield* shareOf(shares, transposeInSteps(rowsBetween(baskets, from, to)));
  }
  return { products: baskets.columns, customers: baskets.rows, blocks };
}

/** The rows of each block; the last may have fewer. */
export function blocksOf(customers: number): { readonly from: number; readonly to: number }[] {
  return Array.from({ length: Math.ceil(customers / BLOCK_CUSTOMERS) }, (_, i) => ({
    from: i * BLOCK_CUSTOMERS,
    to: Math.min(customers, (i + 1) * BLOCK_CUSTOMERS),
  }));
}

export function buyersOf({ blocks }: Postings, product: number): number {
  let count = 0;
  for (const { start } of blocks) count += start[(product + 1) * LEVELS] - start[product * LEVELS];
  return count;
}
