// What share of cases is bought within so many days, where not all of those days have come for each of them.

/** By case: days from the visit to the purchase (0: at the visit; Infinity: not bought as far as is known), and how many days are known. */
export type Followed = { readonly boughtAfter: readonly number[]; readonly knownDays: readonly number[] };

/**
 * Day by day, of those still waiting and still known, the share that is bought (Kaplan and Meier 1958). To leave out every visit that
 * is too young instead would leave the customers who come soonest after a cut, and they come and buy more than others.
 */
export function shareInTime({ boughtAfter, knownDays }: Followed, of: readonly number[], days: number): number {
  const bought = new Float64Array(days);
  const leaves = new Float64Array(days + 1);
  for (const i of of) {
    const known = Math.min(days, knownDays[i]);
    const isBought = boughtAfter[i] < known;
    if (isBought) bought[boughtAfter[i]]++;
    leaves[isBought ? boughtAfter[i] + 1 : known]++;
  }
  let waiting = of.length;
  let missing = 1;
  for (let day = 0; day < days; day++) {
    waiting -= leaves[day];
    if (waiting > 0) missing *= 1 - bought[day] / waiting;
  }
  return 1 - missing;
}
