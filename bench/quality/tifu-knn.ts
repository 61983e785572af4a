// TIFU-KNN (Hu et al., SIGIR 2020): decayed basket frequencies of the customer, mixed with those of the nearest customers.
import { productsOf, type Known } from './cases.ts';
import { dotWithAll, layOutVectors, type CustomerVectors } from './customer-vectors.ts';
import type { Peer } from './peers.ts';
import type { Shop } from './shop.ts';

export type TifuSettings = {
  /** Baskets in a group; the earliest group may be smaller. */
  readonly groupSize: number;
  readonly withinGroupDecay: number;
  readonly acrossGroupDecay: number;
  readonly neighbours: number;
  /** Share of the customer's own vector in the mix. */
  readonly ownShare: number;
};

export function tifuKnn(name: string, settings: TifuSettings): Peer {
  return {
    name,
    learn: (shop, split) => {
      const count = shop.customers.length;
      const rows: Map<number, number>[] = [];
      for (let customer = 0; customer < count; customer++)
        rows.push(customerVector(shop, split.known, customer, settings));
      const vectors = layOutVectors(rows, shop.products.length);
      const distance = new Float64Array(count);
      const scores = new Float64Array(shop.products.length);
      return (item) => {
        dotWithAll(vectors, item.customer, distance);
        for (let other = 0; other < count; other++) {
          const isKnown = (vectors.start[other + 1] ?? 0) > (vectors.start[other] ?? 0);
          const isOther = other !== item.customer && isKnown;
          // The customer's own squared length is the same for all and left out.
          distance[other] = isOther ? (vectors.squaredNorm[other] ?? 0) - 2 * (distance[other] ?? 0) : Infinity;
        }
        const nearest = smallest(distance, settings.neighbours);
        scores.fill(0);
        addRow(scores, vectors, item.customer, settings.ownShare);
        for (const other of nearest) addRow(scores, vectors, other, (1 - settings.ownShare) / nearest.length);
        return { habitual: scores, new: scores };
      };
    },
  };
}

function customerVector(shop: Shop, known: Known, customer: number, settings: TifuSettings): Map<number, number> {
  const vector = new Map<number, number>();
  const from = known.from[customer] ?? 0;
  const to = known.to[customer] ?? 0;
  const groups = Math.ceil((to - from) / settings.groupSize);
  for (let basket = from; basket < to; basket++) {
    const age = to - 1 - basket;
    const groupAge = Math.floor(age / settings.groupSize);
    const sizeOfGroup = groupAge === groups - 1 ? to - from - groupAge * settings.groupSize : settings.groupSize;
    const weight =
      (settings.withinGroupDecay ** (age % settings.groupSize) / sizeOfGroup) *
      (settings.acrossGroupDecay ** groupAge / groups);
    for (const product of productsOf(shop, basket)) vector.set(product, (vector.get(product) ?? 0) + weight);
  }
  return vector;
}

/** Places of the `count` smallest finite values; of equal ones the earlier. */
function smallest(values: Float64Array, count: number): readonly number[] {
  const limit = values.toSorted()[count - 1] ?? Infinity;
  const below: number[] = [];
  const atLimit: number[] = [];
  for (const [place, value] of values.entries()) {
    if (value < limit) below.push(place);
    else if (value === limit && value < Infinity) atLimit.push(place);
  }
  return [...below, ...atLimit].slice(0, count);
}

function addRow(scores: Float64Array, vectors: CustomerVectors, customer: number, share: number): void {
  for (let at = vectors.start[customer] ?? 0; at < (vectors.start[customer + 1] ?? 0); at++) {
    const product = vectors.product[at] ?? 0;
    scores[product] = (scores[product] ?? 0) + share * (vectors.weight[at] ?? 0);
  }
}
