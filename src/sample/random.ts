// Chance that is the same every time: a small seeded generator, because the sample shop must be the same on every machine.

export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** Bell-shaped around 0 with deviation 1. */
  bell(): number;
  /** How often something happens that happens `mean` times on average. */
  times(mean: number): number;
};

/** mulberry32 by Tommy Ettinger (public domain): 32 bits of state are plenty for a shop of three hundred cards. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    // Sum of four even draws: deviation sqrt(4/12), tails that end, which suits habits better than endless ones.
    bell: () => (next() + next() + next() + next() - 2) * Math.sqrt(3),
    times: (mean) => {
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = next(); product > limit; product *= next()) count++;
      return count;
    },
  };
}

/** A seed of its own for each part of the shop, so that a change in one does not reshuffle the others. */
export function seedFor(seed: number, ...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const letter of parts.join('/')) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** Draws places by weight in the time of a binary search. */
export class WeightedChoice {
  readonly #sums: Float64Array;

  constructor(weights: readonly number[]) {
    this.#sums = new Float64Array(weights.length);
    let sum = 0;
    weights.forEach((weight, i) => (this.#sums[i] = sum += weight));
  }

  get total(): number {
    return this.#sums.at(-1) ?? 0;
  }

  /** @throws RangeError where nothing has any weight */
  draw(random: Random): number {
    if (!(this.total > 0)) throw new RangeError('There is nothing to choose from.');
    const at = random.next() * this.total;
    let low = 0;
    let high = this.#sums.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sums[middle] ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
