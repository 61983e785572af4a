// How sure a difference of two rankings is: the visits are drawn again a thousand times, and the middle 95 % of the means kept.

export type Interval = { readonly low: number; readonly high: number };

const DRAWS = 1000;
const SEED = 7;

/** Pairs with a NaN are left out. The same values give the same interval. */
export function pairedInterval(ours: readonly number[], theirs: readonly number[]): Interval {
  const differences = ours.map((value, i) => value - theirs[i]).filter((value) => !Number.isNaN(value));
  if (differences.length === 0) return { low: 0, high: 0 };
  let state = SEED;
  const means = Float64Array.from({ length: DRAWS }, () => {
    let sum = 0;
    for (let i = 0; i < differences.length; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      sum += differences[Math.floor((state / 2 ** 32) * differences.length)];
    }
    return sum / differences.length;
  }).sort();
  return { low: means[Math.floor(DRAWS * 0.025)], high: means[Math.ceil(DRAWS * 0.975) - 1] };
}
