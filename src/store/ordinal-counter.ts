// Counts equal lines of one source exactly, in eight bytes a slot: the n-th line of a product in a basket gets ordinal n-1.
import assert from 'node:assert';

/** Product numbers take the low 22 bits of a key, basket numbers the 31 above: together a double still holds them exactly. */
const PRODUCT_SPACE = 2 ** 22;
const BASKET_SPACE = 2 ** 31;
const FEWEST_SLOTS = 1 << 6;
/** Beyond this share of filled slots probing gets long. */
const FILL_LIMIT = 0.75;

export class OrdinalCounter {
  /** Open addressing, linear probing; 0 is an empty slot (basket numbers start at 1). */
  #keys: Float64Array<ArrayBuffer>;
  #filled = 0;
  /** How often a key came; only those that came more than once are here. */
  readonly #repeats = new Map<number, number>();

  /** @param expectedLines makes the room at once: growing holds the old and the new for a moment */
  constructor(expectedLines: number) {
    this.#keys = new Float64Array(Math.max(FEWEST_SLOTS, Math.ceil(expectedLines / FILL_LIMIT) + 1));
  }

  /** The ordinal of the next line of this product in this basket. */
  next(basket: number, product: number): number {
    assert(basket > 0 && basket < BASKET_SPACE && product >= 0 && product < PRODUCT_SPACE);
    const key = basket * PRODUCT_SPACE + product;
    if (this.#add(key)) return 0;
    const ordinal = this.#repeats.get(key) ?? 1;
    this.#repeats.set(key, ordinal + 1);
    return ordinal;
  }

  /** False where the key was there already. */
  #add(key: number): boolean {
    if (this.#filled >= this.#keys.length * FILL_LIMIT) this.#grow();
    const slot = slotOf(this.#keys, key);
    if (this.#keys[slot] === key) return false;
    this.#keys[slot] = key;
    this.#filled++;
    return true;
  }

  #grow(): void {
    const larger = new Float64Array(this.#keys.length * 2);
    for (const key of this.#keys) {
      if (key !== 0) larger[slotOf(larger, key)] = key;
    }
    this.#keys = larger;
  }
}

/** Where the key is, or the empty slot where it belongs. */
function slotOf(keys: Float64Array, key: number): number {
  const mixed = Math.imul(Math.floor(key / PRODUCT_SPACE), 0x9e3779b1) ^ Math.imul(key % PRODUCT_SPACE, 0x85ebca6b);
  let slot = ((mixed ^ (mixed >>> 15)) >>> 0) % keys.length;
  while (keys[slot] !== 0 && keys[slot] !== key) {
    slot++;
    if (slot === keys.length) slot = 0;
  }
  return slot;
}
