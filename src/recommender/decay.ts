// How purchases count less with time: by days, with four half-lives, and by visits.
/** Days after which a purchase counts half, for plain counting. 30 to 150 tested: shorter forgets who comes fortnightly, 90 to 150 are equally good. */
const HALF_LIFE_DAYS = 120;
export const LONGEST_AGE_DAYS = 4000;
export const DECAY = decayTable(HALF_LIFE_DAYS);
/** Lately, over a month, over a season: three views of one history, between which the learned ranker weighs. */
export const DECAY_7 = decayTable(7);
export const DECAY_21 = decayTable(21);
export const DECAY_60 = decayTable(60);
/** By visit instead of by day: for whoever comes daily and whoever comes monthly alike. */
export const FADE_SLOW = 0.9;
export const FADE = 0.7;
export const FADE_FAST = 0.5;

/** What is left of a purchase so many visits later, by each of the three. */
export const slowlyFaded = fadedBy(FADE_SLOW);
export const faded = fadedBy(FADE);
export const fastFaded = fadedBy(FADE_FAST);

/** By number of days: their decays added up. */
const DECAYED_LENGTH = new Float64Array(LONGEST_AGE_DAYS + 1);
for (let days = 1; days <= LONGEST_AGE_DAYS; days++) DECAYED_LENGTH[days] = DECAYED_LENGTH[days - 1] + DECAY[days - 1];

/** What a purchase on every one of so many days would come to: turns decayed days into a rate that does not depend on the memory's length. */
export function decayedLength(days: number): number {
  return DECAYED_LENGTH[Math.min(days, LONGEST_AGE_DAYS)];
}

/** What a purchase at every one of so many visits would come to, faded: the sums above over these are rates. */
export function fadedVisits(visits: number): { slow: number; middle: number; fast: number } {
  const length = (fade: number) => (1 - fade ** visits) / (1 - fade);
  return { slow: length(FADE_SLOW), middle: length(FADE), fast: length(FADE_FAST) };
}

/** A power is a long way to work out, and a training asks for three a line: nearly all of them are looked up. */
function fadedBy(fade: number): (visits: number) => number {
  const power = Float64Array.from({ length: 256 }, (_, visits) => fade ** visits);
  return (visits) => (visits < power.length ? power[visits] : fade ** visits);
}

function decayTable(halfLifeDays: number): Float64Array {
  return Float64Array.from({ length: LONGEST_AGE_DAYS }, (_, age) => 2 ** (-age / halfLifeDays));
}
