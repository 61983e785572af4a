// Explains a strip: what carried each of the six, and by what the runners-up lost.
import type { Language } from '../domain/language.ts';
import type { Choice, Loss, Slot } from '../domain/offer.ts';
import type { RankingReason } from '../domain/ranking.ts';
import { lossWords } from './lost-words.ts';
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

export type ExplainedRunnerUp = {
  readonly slot: Slot;
  readonly code: string;
  readonly name: string;
  readonly probability: number;
  /** "Bought less often" than the last one chosen, or the rule that kept it off the strip. */
  readonly words: string;
  readonly loss: Loss;
  readonly behindBy: RankingReason | null;
};

export type ExplainedChoice = {
  readonly offers: readonly ExplainedOffer[];
  readonly runnersUp: readonly ExplainedRunnerUp[];
};

export function explainChoice({ choice, language }: { choice: Choice; language: Language }): ExplainedChoice {
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
    runnersUp: choice.runnersUp.map(({ slot, product, probability, loss, behindBy }) => ({
      slot,
      code: product.code,
      name: product.name,
      probability,
      words: lossWords({ loss, behindBy, probability, chosenProbability: lastChance(choice, slot) }, language),
      loss,
      behindBy,
    })),
  };
}

/** Of the last one chosen of its kind. */
function lastChance({ offers }: Choice, slot: Slot): number | null {
  return offers.findLast((offer) => offer.slot === slot)?.probability ?? null;
}
