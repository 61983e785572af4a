// UP-CF@r (Faggioli et al., UMAP 2020): shares of the last r baskets, summed over customers by a power of asymmetric cosine.
import { productsOf, type Known } from './cases.ts';
import { dotWithAll, layOutVectors } from './customer-vectors.ts';
import type { Peer } from './peers.ts';
import type { Shop } from './shop.ts';

export type UpCfSettings = {
  /** r: how many of the last baskets the share is taken over. */
  readonly recentBaskets: number;
  /** q: the power of the similarity; the higher, the closer the neighbourhood. */
  readonly locality: number;
  /** Weight of the customer's own length in the cosine; one half is the plain cosine. */
  readonly asymmetry: number;
};

export function upCf(name: string, settings: UpCfSettings): Peer {
  return {
    name,
    learn: (shop, split) => {
      const count = shop.customers.length;
      const bought: Map<number, number>[] = [];
      const shares: Map<number, number>[] = [];
      for (let customer = 0; customer < count; customer++) {
        const share = recentShares(shop, split.known, customer, settings.recentBaskets);
        shares.push(share);
        bought.push(new Map([...share.keys()].map((product) => [product, 1])));
      }
      const sets = layOutVectors(bought, shop.products.length);
      const weights = layOutVectors(shares, shop.products.length);
      const similarity = new Float64Array(count);
      const scores = new Float64Array(shop.products.length);
      return (item) => {
        dotWithAll(sets, item.customer, similarity);
        scores.fill(0);
        const own = (sets.squaredNorm[item.customer] ?? 0) ** settings.asymmetry;
        for (let other = 0; other < count; other++) {
          const common = similarity[other] ?? 0;
          if (common === 0) continue;
          const cosine = common / (own * (sets.squaredNorm[other] ?? 0) ** (1 - settings.asymmetry));
          const weight = cosine ** settings.locality;
          for (let at = weights.start[other] ?? 0; at < (weights.start[other + 1] ?? 0); at++) {
            const product = weights.product[at] ?? 0;
            scores[product] = (scores[product] ?? 0) + weight * (weights.weight[at] ?? 0);
          }
        }
        return { habitual: scores, new: scores };
      };
    },
  };
}

function recentShares(shop: Shop, known: Known, customer: number, recentBaskets: number): Map<number, number> {
  const to = known.to[customer] ?? 0;
  const from = Math.max(known.from[customer] ?? 0, to - recentBaskets);
  const shares = new Map<number, number>();
  for (let basket = from; basket < to; basket++) {
    for (const product of productsOf(shop, basket)) shares.set(product, (shares.get(product) ?? 0) + 1 / (to - from));
  }
  return shares;
}
