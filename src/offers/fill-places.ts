// Fills the strip's places of one kind by rank, within category and variety, and notes who was passed over.
import type { ProductId } from '../domain/ids.ts';
import type { ChosenOffer, Veto } from '../domain/offer.ts';
import type { Candidate, Candidates } from './candidates.ts';
import type { RankedProduct } from '../domain/ranking.ts';
import { EXPLORED_RANKS, explore, type Exploration } from './exploration.ts';
import { runnersUp } from './runners-up.ts';
import type { StripInMaking } from './strip-in-making.ts';

/** Runners-up kept for each kind of place, so that a decision can be explained without keeping the whole list. */
export const PASSED_OVER_PER_SLOT = 10;

type Places = {
  readonly strip: StripInMaking;
  readonly candidates: Candidates;
  readonly places: number;
  readonly printedLately: ReadonlySet<ProductId>;
  /** How many of the places may go to products printed lately, before everything else has been tried. */
  readonly repeats: number;
  /** null: nothing is left to chance. */
  readonly exploration: Exploration | null;
};

type FitCandidate = Extract<Candidate, { verdict: 'fit' }>;
type Ranked = { readonly rank: number; readonly candidate: FitCandidate };

export function fillPlaces(of: Places): void {
  const chosen: (ChosenOffer & { readonly rank: number; readonly ranked: RankedProduct })[] = [];
  let repeatsLeft = of.repeats;
  for (let place = 1; place <= of.places; place++) {
    // Unless nothing else is worth printing: then what was printed lately is printed again.
    const isRepeatable = repeatsLeft > 0;
    const pool = notEmpty(fitting(of, isRepeatable)) ?? notEmpty(fitting(of, true));
    if (pool === null) break;
    const { index, propensity } =
      of.exploration === null
        ? { index: 0, propensity: 1 }
        : explore({ count: pool.length, label: `${of.candidates.slot}:${place}`, exploration: of.exploration });
    const picked = pool[index];
    if (picked === undefined) break;
    const { ranked, product, rule, reward } = picked.candidate;
    of.strip.reserve(product);
    if (of.printedLately.has(product.id)) repeatsLeft--;
    const { probability, reasons } = ranked;
    chosen.push({
      rank: picked.rank,
      ranked,
      slot: of.candidates.slot,
      product,
      rule,
      reward,
      probability,
      propensity,
      reasons,
    });
  }
  chosen.sort((a, b) => a.rank - b.rank);
  of.strip.offers.push(...chosen.map(({ rank: _, ranked: __, ...offer }) => offer));
  const last = chosen.length < of.places ? null : (chosen.at(-1) ?? null);
  notePassedOver(of, last?.rank ?? Infinity);
  const { candidates, strip } = of;
  const isChosen = (product: ProductId) => strip.has(product);
  strip.runnersUp.push(...runnersUp({ candidates, isChosen, last, vetoOf: (candidate) => vetoOf(of, candidate) }));
}

/** The best candidates that fit the strip as it stands; one is enough where nothing is left to chance. */
function fitting(of: Places, isRepeatable: boolean): readonly Ranked[] {
  const wanted = of.exploration === null || of.exploration.share <= 0 ? 1 : EXPLORED_RANKS;
  const found: Ranked[] = [];
  for (let rank = 0; found.length < wanted; rank++) {
    const candidate = of.candidates.at(rank);
    if (candidate === null) break;
    if (candidate.verdict === 'refused' || of.strip.has(candidate.product.id)) continue;
    if (of.strip.isFullOf(candidate.product)) continue;
    if (!isRepeatable && of.printedLately.has(candidate.product.id)) continue;
    found.push({ rank, candidate });
  }
  return found;
}

/** Those ranked above the last one chosen, or all where places stayed empty. */
function notePassedOver(of: Places, endRank: number): void {
  let kept = 0;
  for (let rank = 0; rank < endRank && kept < PASSED_OVER_PER_SLOT; rank++) {
    const candidate = of.candidates.at(rank);
    if (candidate === null) break;
    const { product, ranked } = candidate;
    if (of.strip.has(product.id)) continue;
    const veto = vetoOf(of, candidate);
    if (veto === null) continue;
    of.strip.passedOver.push({ product, slot: of.candidates.slot, probability: ranked.probability, veto });
    kept++;
  }
}

/** null: it fitted, and only the draw went to another. */
function vetoOf(of: Places, candidate: Candidate): Veto | null {
  if (candidate.verdict === 'refused') return candidate.veto;
  const { product } = candidate;
  if (of.printedLately.has(product.id)) return 'printed-lately';
  return of.strip.isFullOf(product) ? 'category-full' : null;
}

function notEmpty(pool: readonly Ranked[]): readonly Ranked[] | null {
  return pool.length > 0 ? pool : null;
}
