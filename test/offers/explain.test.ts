// Why these six, and why not the next: in words a clerk can say, in the customer's language.
import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';
import { LOSSES } from '../../src/domain/offer.ts';
import type { RankedProduct, RankingReason } from '../../src/domain/ranking.ts';
import { explainChoice } from '../../src/offers/explain-choice.ts';
import { furthestBehind, lossWords } from '../../src/offers/lost-words.ts';
import { reasonWords } from '../../src/offers/reason-words.ts';
import { HABITUAL_FEATURES } from '../../src/recommender/features/habitual-features.ts';
import { NEW_FEATURES } from '../../src/recommender/features/new-features.ts';
import { choose, list, productOf, ranked } from './small-shop.ts';

const because = (feature: string, value: number, contribution = 1): RankingReason => ({ feature, value, contribution });
const REASONS = [
  ...new Set([...HABITUAL_FEATURES, ...NEW_FEATURES].flatMap(({ reason }) => reason ?? [])),
  'lifestyle-share',
];

describe('what carried an offer', () => {
  it.each(LANGUAGES.flatMap((language) => REASONS.map((reason) => [language, reason] as const)))(
    'has words in %s for %s, and so has losing by it',
    (language, reason) => {
      expect(reasonWords([because(reason, 2)], language)).toMatch(/^[\p{Lu}\d].+\.$/u);
      const just = lossWords('ranked-lower', null, language);
      expect(lossWords('ranked-lower', because(reason, 0, -1), language)).not.toBe(just);
    },
  );

  it.each<[Language, RankingReason, string]>([
    ['en', because('days-bought', 1), 'Bought once.'],
    ['en', because('days-bought', 6), 'Bought on 6 days.'],
    ['en', because('days-since-bought', 1), 'Last yesterday.'],
    ['fi', because('days-since-bought', 0), 'Viimeksi tänään.'],
    ['fi', because('days-since-bought', 3), 'Viimeksi 3 päivää sitten.'],
    ['sv', because('days-since-bought', 1), 'Senast i går.'],
    ['en', because('due', 1), 'Usually bought every day.'],
    ['fi', because('due', 7.2), 'Ostetaan yleensä 7 päivän välein.'],
    ['sv', because('due', 2), 'Köps vanligen med 2 dagars mellanrum.'],
    ['en', because('taken-up', 1), 'One customer has taken it up.'],
    ['fi', because('similar-customers', 1), 'Yksi samoin ostava asiakas ostaa tätä.'],
    ['sv', because('similar-customers', 41), '41 kunder med liknande korgar köper detta.'],
    ['en', because('shop-share', 0.004), ''],
    ['en', because('category-interest', 1), ''],
    ['en', because('shop-trend', 0.9), ''],
  ])('in %s, %o is said as: %s', (language, reason, words) => {
    expect(reasonWords([reason], language)).toBe(words);
  });

  it('says the three heaviest, and nothing that speaks against it', () => {
    const reasons = [
      because('rebuy-rate', 0.5, 0.2),
      because('days-bought', 6, 3),
      because('due', 4, -1),
      because('category-habit', 9, 2),
      because('shop-trend', 1.3, 0.1),
    ].sort((a, b) => b.contribution - a.contribution);
    expect(reasonWords(reasons, 'en')).toBe(
      'Bought on 6 days, 9 purchases of the same category, 50 % of its buyers buy it again.',
    );
  });
});

describe('why a runner-up lost', () => {
  it('is told by what it fell furthest behind the last one chosen', () => {
    const of = (reasons: readonly RankingReason[]): RankedProduct => ({ ...ranked(1, 0.5), reasons });
    const chosen = of([because('days-bought', 9, 2), because('due', 4, 1), because('rebuy-rate', 0.5, 0.5)]);
    const runnerUp = of([because('days-bought', 8, 1.8), because('due', 9, -1), because('rebuy-rate', 0.6, 0.6)]);
    expect(furthestBehind(runnerUp, chosen)).toEqual(because('due', 9, -2));
    expect(furthestBehind(chosen, chosen)).toBeNull();
  });

  it('has words in every language for every loss', () => {
    for (const language of LANGUAGES)
      for (const loss of LOSSES) expect(lossWords(loss, null, language).length).toBeGreaterThan(5);
  });

  it('is a rule, a lower rank, the draw, or that nobody needs it', () => {
    const products = [1, 2, 3, 4].map((id) => productOf({ id, category: 'Maito' }));
    products.push(productOf({ id: 5, category: 'Olut', flags: ['alcohol'] }));
    const choice = choose({
      ranking: {
        habitual: [...list(1, 9), ranked(50, 0.001)],
        new: [...list(101, 6), ranked(150, 0.0001)],
      },
      products,
      explorationShare: 1,
      draw: (label) => (label === 'pick:new:1' ? 0.4 : 0.99),
    });
    const { offers, runnersUp } = explainChoice({ choice, language: 'en' });
    expect(offers.map(({ code }) => code)).toEqual(['1', '2', '6', '7', '103', '106']);
    expect(runnersUp.map(({ slot, code, words }) => `${slot} ${code}: ${words}`)).toEqual([
      'habitual 3: two of its category are on the strip',
      'habitual 4: two of its category are on the strip',
      'habitual 5: a sensitive product',
      'habitual 8: came in just behind',
      'new 101: another new product is tried this time',
      'new 102: another new product is tried this time',
      'new 104: another new product is tried this time',
      'new 105: another new product is tried this time',
    ]);
  });

  it('is told too where places stayed empty', () => {
    const choice = choose({ ranking: { habitual: [...list(1, 2), ranked(50, 0.001)] }, explorationShare: 0 });
    expect(choice.runnersUp.map(({ product, loss }) => [product.code, loss])).toEqual([['50', 'too-unlikely']]);
  });
});
