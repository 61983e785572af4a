// A ranked list as candidates for one kind of place, each judged once and only when somebody gets that far down.
import type { ProductId } from '../domain/ids.ts';
import type { Reward, RewardRule, Slot, Veto } from '../domain/offer.ts';
import type { Product } from '../domain/product.ts';
import type { RankedProduct } from '../domain/ranking.ts';
import { policyVeto, type Policy } from './policy.ts';
import { rewardAtIssue, ruleFor } from './rewards.ts';

export type Candidate = { readonly ranked: RankedProduct; readonly product: Product } & (
  | { readonly verdict: 'fit'; readonly rule: RewardRule; readonly reward: Reward }
  /** Refused whatever else is on the strip. */
  | { readonly verdict: 'refused'; readonly veto: Veto }
);

type Source = {
  readonly slot: Slot;
  /** Best first. */
  readonly ranked: readonly RankedProduct[];
  readonly leastProbability: number;
  readonly productOf: (id: ProductId) => Product | null;
  readonly policy: Policy;
  readonly rules: readonly RewardRule[];
};

export class Candidates {
  readonly slot: Slot;
  readonly #source: Source;
  readonly #judged: Candidate[] = [];
  #next = 0;

  constructor(source: Source) {
    this.slot = source.slot;
    this.#source = source;
  }

  /** The candidate at this rank among those that exist and are likely enough, or null at the end of the list. */
  at(rank: number): Candidate | null {
    while (this.#judged.length <= rank) {
      const ranked = this.#source.ranked[this.#next++];
      if (ranked === undefined) return null;
      if (!(ranked.probability >= this.#source.leastProbability)) continue;
      const product = this.#source.productOf(ranked.product);
      if (product !== null) this.#judged.push(this.#judge(ranked, product));
    }
    return this.#judged[rank] ?? null;
  }

  /** The first so many that may be printed and are not likely enough. */
  unlikely(most: number): readonly Pick<Candidate, 'ranked' | 'product'>[] {
    const found: Candidate[] = [];
    for (const ranked of this.#source.ranked) {
      if (found.length >= most) break;
      if (ranked.probability >= this.#source.leastProbability) continue;
      const product = this.#source.productOf(ranked.product);
      if (product === null) continue;
      const candidate = this.#judge(ranked, product);
      if (candidate.verdict === 'fit') found.push(candidate);
    }
    return found;
  }

  #judge(ranked: RankedProduct, product: Product): Candidate {
    const { slot, policy, rules } = this.#source;
    const veto = policyVeto(product, policy);
    if (veto !== null) return { ranked, product, verdict: 'refused', veto };
    const rule = ruleFor({ rules, slot, product });
    if (rule === null) return { ranked, product, verdict: 'refused', veto: 'no-rule' };
    const reward = rewardAtIssue(rule.reward, product.priceCents);
    if (reward === 'too-cheap') return { ranked, product, verdict: 'refused', veto: 'too-cheap' };
    return { ranked, product, verdict: 'fit', rule, reward };
  }
}
