// Means and spreads of features over many candidates: what they are measured in before they are weighed.
import type { Laid } from '../src/recommender/look-back.ts';

export class FeatureSums {
  #count = 0;
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;

  constructor(width: number) {
    this.#sum = new Float64Array(width);
    this.#squares = new Float64Array(width);
  }

  add(laid: Laid): void {
    const width = this.#sum.length;
    for (let i = 0; i < laid.count; i++) {
      this.#count++;
      for (let of = 0; of < width; of++) {
        const value = laid.rows[i * width + of];
        this.#sum[of] += value;
        this.#squares[of] += value * value;
      }
    }
  }

  /** Three digits, or thousandths, are enough for a scale, and say nothing more of where they come from. */
  scales(): { mean: Float64Array; scale: Float64Array } {
    const mean = this.#sum.map((sum) => Number((sum / this.#count).toFixed(3)));
    const scale = this.#squares.map((squares, i) =>
      Number(Math.max(0.05, Math.sqrt(Math.max(0, squares / this.#count - mean[i] ** 2))).toPrecision(3)),
    );
    return { mean, scale };
  }
}
