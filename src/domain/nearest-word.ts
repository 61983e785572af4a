// The word somebody probably meant: fewest letters typed, left out, added or swapped.

/**
 * The nearest of `words`, or null where none is near: one slip in three letters is believed, more is another word,
 * unless it is the beginning of one ("baud").
 */
export function nearestWord(word: string, words: readonly string[]): string | null {
  let nearest: string | null = null;
  let fewest = Infinity;
  for (const candidate of words) {
    const slips = slipsBetween(word.toLowerCase(), candidate.toLowerCase());
    if (slips < fewest) [nearest, fewest] = [candidate, slips];
  }
  if (fewest <= Math.max(1, Math.ceil(word.length / 3))) return nearest;
  return word.length < 3 ? null : (words.find((longer) => longer.toLowerCase().startsWith(word.toLowerCase())) ?? null);
}

/** Edit distance with neighbouring letters swapped counted as one slip (optimal string alignment). */
export function slipsBetween(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const differs = from[i - 1] === to[j - 1] ? 0 : 1;
      let slips = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + differs);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        slips = Math.min(slips, at(beforeLast, j - 2) + 1);
      }
      row.push(slips);
    }
    [beforeLast, last] = [last, row];
  }
  return at(last, to.length);
}

const at = (row: readonly number[], place: number): number => row[place] ?? Infinity;
