// What households of one kind like: the shelves they go to and the products they take from them.
import type { HouseholdKind } from './household-kinds.ts';
import { KINDS } from './household-kinds.ts';
import { shelves, type Shelf, type ShelfProduct } from './catalogue.ts';
import { seedFor, seededRandom, WeightedChoice, type Random } from './random.ts';
import { SEASONS, type Season } from './seasons.ts';
import { hasUseFor, type Traits } from './traits.ts';

/** How far the kinds' favourites lie apart: a product may be a few times more popular with one kind than with another. */
const KIND_SPREAD = 1.0;

export type Liked = { readonly shelf: Shelf; readonly product: ShelfProduct };

/** One kind's taste, drawn from once for every household of it: this is what makes them resemble each other. */
export class KindTastes {
  readonly #weights: readonly number[];
  readonly #within: readonly (WeightedChoice | null)[];
  readonly #seasonal: ReadonlyMap<Season, { readonly liked: readonly Liked[]; readonly choice: WeightedChoice }>;

  constructor(kind: HouseholdKind, seed: number) {
    const { tastes } = KINDS[kind];
    const random = seededRandom(seedFor(seed, 'tastes', kind));
    const bySeason = new Map<Season, { liked: Liked[]; weights: number[] }>(
      SEASONS.map((season) => [season, { liked: [], weights: [] }]),
    );
    this.#weights = shelves().map((shelf) => shelf.weight * (tastes[shelf.category] ?? tastes[shelf.department] ?? 1));
    this.#within = shelves().map((shelf, place) => {
      const weights = shelf.products.map((product) => {
        const weight = product.popularity * Math.exp(KIND_SPREAD * random.bell());
        if (product.season === null) return weight;
        const season = bySeason.get(product.season);
        season?.liked.push({ shelf, product });
        season?.weights.push(weight * (this.#weights[place] ?? 0));
        return 0;
      });
      return weights.some((weight) => weight > 0) ? new WeightedChoice(weights) : null;
    });
    this.#seasonal = new Map(
      [...bySeason].map(([season, { liked, weights }]) => [season, { liked, choice: new WeightedChoice(weights) }]),
    );
  }

  /** The shelves as one household sees them. */
  shelvesFor(traits: Traits): WeightedChoice {
    return new WeightedChoice(shelves().map((shelf, i) => (hasUseFor(traits, shelf) ? (this.#weights[i] ?? 0) : 0)));
  }

  /** Something from a shelf, all the year round; null where the shelf has nothing. */
  draw(shelvesSeen: WeightedChoice, random: Random): Liked | null {
    const place = shelvesSeen.draw(random);
    const shelf = shelves()[place];
    const product = shelf?.products[this.#within[place]?.draw(random) ?? -1];
    return shelf === undefined || product === undefined ? null : { shelf, product };
  }

  /** Something of the season; null where this kind does not care for any of it. */
  drawSeasonal(season: Season, traits: Traits, random: Random): Liked | null {
    const found = this.#seasonal.get(season);
    if (found === undefined || found.choice.total <= 0) return null;
    const liked = found.liked[found.choice.draw(random)];
    return liked !== undefined && hasUseFor(traits, liked.shelf) ? liked : null;
  }
}
