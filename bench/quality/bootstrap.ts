// A 95 % interval of the mean difference of two recommenders on the same cases, by drawing the cases again and again.

const DRAWS = 1000;
const SEED = 20_080_509;

export type Interval = { readonly low: number; readonly high: number };

/** Cases without a value for either are left out; the same seed each time, so that a table can be made again. */
export function pairedInterval(ours: Float64Array, theirs: Float64Array): Interval {
  const differences = ours.map((value, at) => value - (theirs[at] ?? NaN)).filter((value) => !Number.isNaN(value));
  const random = seededRandom(SEED);
  const means = new Float64Array(DRAWS);
  for (let draw = 0; draw < DRAWS; draw++) {
    let sum = 0;
    for (let i = 0; i < differences.length; i++) sum += differences[Math.floor(random() * differences.length)] ?? 0;
    means[draw] = sum / differences.length;
  }
  means.sort();
  return { low: means[Math.floor(DRAWS * 0.025)] ?? NaN, high: means[Math.ceil(DRAWS * 0.975) - 1] ?? NaN };
}

/** Mulberry32: 32 bits of state, enough for drawing cases. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
