// What a peer is, and the two plainest of them: what everybody buys, and what this customer buys most often.
import { productsOf, type Case, type Known, type Split } from './cases.ts';
import type { Shop } from './shop.ts';

export type Scores = { readonly habitual: Float64Array; readonly new: Float64Array | null };

/** A published or plain recommender: learns from what is known, then gives every product a score for a case. */
export type Peer = { readonly name: string; readonly learn: (shop: Shop, split: Split) => (item: Case) => Scores };

/** By how many customers bought it in the remembered time, however often. */
export const popularity: Peer = {
  name: 'popularity',
  learn: (shop, split) => {
    const scores = new Float64Array(shop.products.length);
    for (let customer = 0; customer < shop.customers.length; customer++) {
      const bought = new Set<number>();
      for (let basket = split.known.from[customer] ?? 0; basket < (split.known.to[customer] ?? 0); basket++) {
        for (const product of productsOf(shop, basket)) bought.add(product);
      }
      for (const product of bought) scores[product] = (scores[product] ?? 0) + 1;
    }
    return () => ({ habitual: scores, new: scores });
  },
};

export const personalFrequency: Peer = {
  name: 'personal frequency',
  learn: (shop) => {
    const scores = new Float64Array(shop.products.length);
    return (item) => {
      scores.fill(0);
      for (let basket = item.known.from[item.customer] ?? 0; basket < (item.known.to[item.customer] ?? 0); basket++) {
        for (const product of productsOf(shop, basket)) scores[product] = (scores[product] ?? 0) + 1;
      }
      return { habitual: scores, new: null };
    };
  },
};

/** In how many known baskets each product is. */
export function countBaskets(shop: Shop, known: Known): Float64Array {
  const counts = new Float64Array(shop.products.length);
  for (let customer = 0; customer < shop.customers.length; customer++) {
    for (let basket = known.from[customer] ?? 0; basket < (known.to[customer] ?? 0); basket++) {
      for (const product of productsOf(shop, basket)) counts[product] = (counts[product] ?? 0) + 1;
    }
  }
  return counts;
}
