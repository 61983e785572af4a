// A small, logged share of chance in the new places, so that what would have happened otherwise can be worked out later.

/** An even draw from 0 up to, not including, 1: the same for the same label. */
export type Draw = (label: string) => number;

export type Exploration = { readonly share: number; readonly draw: Draw };

/** An exploring place draws evenly from this many of the best that fit. */
export const EXPLORED_RANKS = 10;

/**
 * Which of the candidates that fit, best first, takes the place, and the chance with which this rule picks it: the best with
 * 1 - share + share / n, any other with share / n.
 */
export function explore(of: { count: number; label: string; exploration: Exploration }): {
  index: number;
  propensity: number;
} {
  const { count, label } = of;
  const { share, draw } = of.exploration;
  const isExploring = draw(`explore:${label}`) < share;
  const index = isExploring ? Math.min(count - 1, Math.floor(draw(`pick:${label}`) * count)) : 0;
  return { index, propensity: (index === 0 ? 1 - share : 0) + share / count };
}
