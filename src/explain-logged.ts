// Explains a decision out of the log: what carried each of the six then, and by what the runners-up lost.
import type { Language } from './domain/language.ts';
import { lossWords } from './offers/lost-words.ts';
import { reasonWords } from './offers/reason-words.ts';
import { RUNNERS_UP } from './offers/runners-up.ts';
import type { LoggedDecision } from './store/decisions.ts';
import type { Explanation, OfferReason, RunnerUpReason } from './web/desk.ts';

/** Products forgotten since are left out. */
export function explainLogged({ model, products }: LoggedDecision, language: Language): Explanation {
  const offers: OfferReason[] = [];
  const runnersUp: RunnerUpReason[] = [];
  for (const { productName, slot, probability, reasons, outcome } of products) {
    if (productName === null) continue;
    if (outcome.kind === 'chosen') {
      const { propensity } = outcome;
      offers.push({ productName, slot, probability, propensity, words: reasonWords(reasons, language), reasons });
      continue;
    }
    // They are logged first; what follows was passed over further down the list.
    if (runnersUp.filter((other) => other.slot === slot).length >= RUNNERS_UP) continue;
    const { veto, behindBy } = outcome;
    const chosenProbability = offers.findLast((offer) => offer.slot === slot)?.probability ?? null;
    const words = lossWords({ loss: veto, behindBy, probability, chosenProbability }, language);
    runnersUp.push({ productName, slot, probability, loss: veto, words });
  }
  return { model, offers, runnersUp };
}
