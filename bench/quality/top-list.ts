// The best candidates of a case, in order.

/** How deep lists are judged. */
export const LIST_DEPTH = 10;

/** By score, then by popularity, then by product: the same scores give the same list. */
export function topList(candidates: Int32Array, scores: Float64Array, popularity: Float64Array): Int32Array {
  const isBefore = (a: number, b: number): boolean => {
    const byScore = (scores[b] ?? 0) - (scores[a] ?? 0);
    const byPopularity = (popularity[b] ?? 0) - (popularity[a] ?? 0);
    return byScore !== 0 ? byScore < 0 : byPopularity !== 0 ? byPopularity < 0 : a < b;
  };
  const top = new Int32Array(Math.min(LIST_DEPTH, candidates.length));
  let filled = 0;
  for (const product of candidates) {
    if (filled === top.length && (filled === 0 || !isBefore(product, top[filled - 1] ?? 0))) continue;
    let place = filled < top.length ? filled++ : filled - 1;
    while (place > 0 && isBefore(product, top[place - 1] ?? 0)) {
      top[place] = top[place - 1] ?? 0;
      place--;
    }
    top[place] = product;
  }
  return top;
}
