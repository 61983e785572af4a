// How a ranker came into use: what it ranks by, and how each way did at the shop's own past visits.

/**
 * Plain counting (frequency, and the votes of the nearest customers), weights shipped with the program, learned in this shop, or
 * halfway between these two.
 */
export const WAYS = ['plain', 'shipped', 'blended', 'learned'] as const;
export type Way = (typeof WAYS)[number];

/** As measured: mean NDCG of what was bought, of the first four habits or the first ten news; 0 of a way that was not there. */
export type GateFigures = {
  /** Visits after the latest cut; 0 where there were too few to judge by. */
  readonly cases: number;
  /** At these visits. */
  readonly gain: Readonly<Record<Way, number>>;
  /** Of visits after the earlier cut, where nothing was learned yet: these two ways are judged by both. 0 where they are not. */
  readonly earlier: { readonly cases: number; readonly gain: Readonly<Record<'plain' | 'shipped', number>> };
  /** Of the way in use: how far chances fitted on half of the visits were from what came at the other half. */
  readonly calibrationError: number;
};

export type JudgedRanker = { readonly way: Way } & GateFigures;
export type JudgedRankers = Readonly<Record<'habitual' | 'new', JudgedRanker>>;

/** "at 1592 visits .585 learned, .591 blended, .593 shipped, .576 plain; at 1504 earlier ones .530 shipped, .520 plain" */
export function gateWords({ cases, gain, earlier }: Omit<GateFigures, 'calibrationError'>): string {
  if (cases === 0) return 'too few visits to judge by';
  const latest = `at ${cases} visits ${figures(gain)}`;
  return earlier.cases === 0 ? latest : `${latest}; at ${earlier.cases} earlier ones ${figures(earlier.gain)}`;
}

function figures(gain: Readonly<Partial<Record<Way, number>>>): string {
  const known = WAYS.toReversed().flatMap((way) => {
    const value = gain[way] ?? 0;
    return value === 0 ? [] : [`${value.toFixed(3).replace(/^0/, '')} ${way}`];
  });
  return known.length === 0 ? 'nothing found by any' : known.join(', ');
}
