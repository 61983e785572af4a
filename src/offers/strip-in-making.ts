// The strip while its places are being filled: what is on it, and how much of each category.
import type { ProductId } from '../domain/ids.ts';
import type { ChosenOffer, PassedOver, RunnerUp } from '../domain/offer.ts';
import type { Product } from '../domain/product.ts';

export class StripInMaking {
  readonly offers: ChosenOffer[] = [];
  readonly passedOver: PassedOver[] = [];
  readonly runnersUp: RunnerUp[] = [];
  readonly #maxPerCategory: number;
  readonly #products = new Set<ProductId>();
  readonly #perCategory = new Map<string, number>();

  constructor(maxPerCategory: number) {
    this.#maxPerCategory = maxPerCategory;
  }

  has(product: ProductId): boolean {
    return this.#products.has(product);
  }

  /** Products without a category do not crowd each other out: nothing is known of what they share. */
  isFullOf({ category }: Product): boolean {
    return category !== null && (this.#perCategory.get(category) ?? 0) >= this.#maxPerCategory;
  }

  /** Takes the product's place in its category; the offers themselves are listed once their order is known. */
  reserve({ id, category }: Product): void {
    this.#products.add(id);
    if (category !== null) this.#perCategory.set(category, (this.#perCategory.get(category) ?? 0) + 1);
  }
}
