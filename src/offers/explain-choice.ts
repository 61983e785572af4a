// Explains a strip: what carried each of the six, and by what the runners-up lost.
import type { Language } from '../domain/language.ts';
import type { ProductId } from '../domain/ids.ts';
import type { Choice, Slot, Veto } from '../domain/offer.ts';
import type { Product } from '../domain/product.ts';
import type { RankedProduct, Ranking, RankingReason } from '../domain/ranking.ts';
import { lostBy, vetoWords } from './lost-words.ts';
import { reasonWords } from './reason-words.ts';

export type ExplainedOffer = {
  readonly slot: Slot;
  readonly code: string;
  readonly name: string;
  readonly probability: number;
  readonly propensity: number;
  readonly words: string;
  readonly reasons: readonly RankingReason[];
};

export type RunnerUp = {
  readonly slot: Slot;
  readonly code: string;
  readonly name: string;
  readonly probability: number;
  /** "Bought less often than the last one chosen." or the rule that kept it off the strip. */
  readonly words: string;
  readonly veto: Veto | null;
};

export type ExplainedChoice = { readonly offers: readonly ExplainedOffer[]; readonly runnersUp: readonly RunnerUp[] };

/** Runners-up told for each kind of place. */
const RUNNERS_UP = 4;

export function explainChoice(given: {
  choice: Choice;
  ranking: Ranking;
  productOf: (id: ProductId) => Product | null;
  language: Language;
}): ExplainedChoice {
  const { choice, ranking, language } = given;
  const chosen = new Set(choice.offers.map(({ product }) => product.id));
  const runnersUp = (['habitual', 'new', 'popular'] as const).flatMap((slot): RunnerUp[] => {
    const last = choice.offers.filter((offer) => offer.slot === slot).at(-1);
    if (last === undefined) return [];
    const vetoed = new Map(choice.passedOver.map(({ product, veto }) => [product.id, veto]));
    return ranking[slot]
      .filter(({ product }) => !chosen.has(product))
      .slice(0, RUNNERS_UP)
      .flatMap((ranked) => {
        const product = given.productOf(ranked.product);
        if (product === null) return [];
        const veto = vetoed.get(ranked.product) ?? null;
        const words = veto === null ? lostBy(ranked, rankedOf(ranking[slot], last.product.id), language) : null;
        return [
          {
            slot,
            code: product.code,
            name: product.name,
            probability: ranked.probability,
            words: words ?? (veto === null ? '' : vetoWords(veto, language)),
            veto,
          },
        ];
      });
  });
  return {
    offers: choice.offers.map(({ slot, product, probability, propensity, reasons }) => ({
      slot,
      code: product.code,
      name: product.name,
      probability,
      propensity,
      words: reasonWords(reasons, language),
      reasons,
    })),
    runnersUp,
  };
}

function rankedOf(list: readonly RankedProduct[], product: ProductId): RankedProduct | null {
  return list.find((ranked) => ranked.product === product) ?? null;
}
