// How good a list was: matches among the first k, and the same with the upper places weighing more.
import type { Case } from './cases.ts';

/** The measures of one recommender; each has one value per case, NaN where the case has nothing to find. */
export type Measures = ReadonlyMap<MeasureName, Float64Array>;

export const HABITUAL_MEASURES = ['next P@4', 'next N@4', 'next N@10', '28 d P@4', '28 d N@10'] as const;
export const NEW_MEASURES = ['next P@2', 'next N@10', '28 d P@2', '28 d N@10'] as const;
export type MeasureName = (typeof HABITUAL_MEASURES)[number] | (typeof NEW_MEASURES)[number];

export type TaskName = 'habitual' | 'new';

export function measureNames(task: TaskName): readonly MeasureName[] {
  return task === 'habitual' ? HABITUAL_MEASURES : NEW_MEASURES;
}

/** One list per case, best first. */
export function measure(lists: readonly Int32Array[], cases: readonly Case[], task: TaskName): Measures {
  const measures = new Map<MeasureName, Float64Array>();
  for (const name of measureNames(task)) {
    const depth = Number(name.slice(name.indexOf('@') + 1));
    const values = cases.map((item, at) => {
      const bought = name.startsWith('next') ? item[task].boughtNext : item[task].boughtIn28Days;
      const list = lists[at] ?? new Int32Array(0);
      if (bought === null) return NaN;
      return name.includes('P@') ? matchedShare(list, bought, depth) : discountedGain(list, bought, depth);
    });
    measures.set(name, Float64Array.from(values));
  }
  return measures;
}

/** Matches among the first `depth`, over `depth`: an empty place is a miss. */
export function matchedShare(list: Int32Array, bought: ReadonlySet<number>, depth: number): number {
  let matches = 0;
  for (const product of list.subarray(0, depth)) if (bought.has(product)) matches++;
  return matches / depth;
}

/** NDCG with one point per match; NaN when nothing could have been found. */
export function discountedGain(list: Int32Array, bought: ReadonlySet<number>, depth: number): number {
  if (bought.size === 0) return NaN;
  let gain = 0;
  for (const [place, product] of list.subarray(0, depth).entries()) {
    if (bought.has(product)) gain += 1 / Math.log2(place + 2);
  }
  let best = 0;
  for (let place = 0; place < Math.min(depth, bought.size); place++) best += 1 / Math.log2(place + 2);
  return gain / best;
}

/** Over the cases that have a value. */
export function mean(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}
