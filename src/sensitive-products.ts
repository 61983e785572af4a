// Which products may not speak for their buyer: judged once each by the shop's policy, because every line of every history asks.
import type { ProductId } from './domain/ids.ts';

const [UNKNOWN, OPEN, SENSITIVE] = [0, 1, 2];

export class SensitiveProducts {
  readonly #judge: (product: ProductId) => boolean;
  /** By ProductId. */
  #judged = new Uint8Array(1024);

  constructor(judge: (product: ProductId) => boolean) {
    this.#judge = judge;
  }

  has(product: ProductId): boolean {
    if (product >= this.#judged.length) this.#grow(product);
    if (this.#judged[product] === UNKNOWN) this.#judged[product] = this.#judge(product) ? SENSITIVE : OPEN;
    return this.#judged[product] === SENSITIVE;
  }

  /** The products may have been renamed or reclassified. */
  forget(): void {
    this.#judged.fill(UNKNOWN);
  }

  #grow(product: number): void {
    const larger = new Uint8Array(Math.max(product + 1, this.#judged.length * 2));
    larger.set(this.#judged);
    this.#judged = larger;
  }
}
