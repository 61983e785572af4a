// Why these six, and why not the next: in words a clerk can say, in the customer's language.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';
import { LOSSES } from '../../src/domain/offer.ts';
import type { RankedProduct, RankingReason } from '../../src/domain/ranking.ts';
import { explainChoice } from '../../src/offers/explain-choice.ts';
import { furthestBehind } from '../../src/offers/fell-behind.ts';
import { lossWords, type Lost } from '../../src/offers/lost-words.ts';
import { reasonWords } from '../../src/offers/reason-words.ts';
import { HABITUAL_FEATURES } from '../../src/recommender/features/habitual-features.ts';
import { NEW_FEATURES } from '../../src/recommender/features/new-features.ts';
import { choose, list, productOf, ranked } from './small-shop.ts';

const because = (feature: string, value: number, contribution = 1): RankingReason => ({ feature, value, contribution });
const again = (value: number, days: number): RankingReason => ({ ...because('rebuy-rate', value), days });
const lost = ({ behindBy }: Pick<Lost, 'behindBy'>, language: Language): string =>
  lossWords({ loss: 'ranked-lower', behindBy, probability: 0.405, chosenProbability: 0.412 }, language);
const REASONS = [
  ...new Set([...HABITUAL_FEATURES, ...NEW_FEATURES].flatMap(({ reason }) => reason ?? [])),
  'lifestyle-share',
];

describe('what carried an offer', () => {
  it.each(LANGUAGES.flatMap((language) => REASONS.map((reason) => [language, reason] as const)))(
    'has words in %s for %s, and so has losing by it',
    (language, reason) => {
      expect(reasonWords([{ ...because(reason, 2), days: 56 }], language)).toMatch(/^[\p{Lu}\d].+\.$/u);
      const said = lost({ behindBy: because(reason, 0, -1) }, language);
      expect(said).not.toBe(lost({ behindBy: null }, language));
    },
  );

  it.each<[Language, RankingReason, string]>([
    ['en', because('days-bought', 1), 'Bought on one day.'],
    ['fi', because('days-bought', 1), 'Ostettu yhtenä päivänä.'],
    ['sv', because('days-bought', 1), 'Köpt en enda dag.'],
    ['en', because('days-bought', 6), 'Bought on 6 days.'],
    ['en', because('days-since-bought', 1), 'Last yesterday.'],
    ['fi', because('days-since-bought', 0), 'Viimeksi tänään.'],
    ['fi', because('days-since-bought', 3), 'Viimeksi 3 päivää sitten.'],
    ['sv', because('days-since-bought', 1), 'Senast i går.'],
    ['en', because('due', 1), 'Bought every day.'],
    // 34 of 50 days: 49 days from the first to the last, and 33 gaps between.
    ['en', because('due', 49 / 33), 'Bought on most days.'],
    ['fi', because('due', 49 / 33), 'Ostetaan useimpina päivinä.'],
    ['sv', because('due', 49 / 33), 'Köps de flesta dagar.'],
    ['en', because('due', 1.6), 'Usually bought every 2 days.'],
    ['fi', because('due', 7.2), 'Ostetaan yleensä 7 päivän välein.'],
    ['sv', because('due', 2), 'Köps vanligen med 2 dagars mellanrum.'],
    ['en', because('taken-up', 1), 'One new buyer in the last four weeks.'],
    ['en', again(0.4523, 56), '45 % of its buyers of the last 8 weeks bought it again.'],
    ['fi', again(0.4523, 56), '45 % viime 8 viikon ostajista osti uudelleen.'],
    ['sv', again(0.4523, 56), '45 % av de senaste 8 veckornas köpare köpte igen.'],
    ['en', again(0.5, 20), '50 % of its buyers of the last 20 days bought it again.'],
    ['sv', again(0.5, 7), '50 % av den senaste veckans köpare köpte igen.'],
    ['en', again(0.09, 56), ''],
    // As the log of an earlier version has it: smoothed, and of no time.
    ['en', because('rebuy-rate', 0.5), ''],
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
      { ...again(0.5, 56), contribution: 0.2 },
      because('days-bought', 6, 3),
      because('due', 4, -1),
      because('category-habit', 9, 2),
      because('shop-trend', 1.3, 0.1),
    ].sort((a, b) => b.contribution - a.contribution);
    expect(reasonWords(reasons, 'en')).toBe(
      'Bought on 6 days, 9 purchases of the same category, 50 % of its buyers of the last 8 weeks bought it again.',
    );
  });
});

describe('why a runner-up lost', () => {
  const of = (reasons: readonly RankingReason[]): RankedProduct => ({ ...ranked(1, 0.5), reasons });

  it('is told by what it fell furthest behind the last one chosen', () => {
    const chosen = of([
      because('days-bought', 9, 2),
      because('category-habit', 12, 1),
      because('rebuy-rate', 0.5, 0.5),
    ]);
    const runnerUp = of([
      because('days-bought', 8, 1.8),
      because('category-habit', 4, -1),
      because('rebuy-rate', 0.6, 0.6),
    ]);
    expect(furthestBehind(runnerUp, chosen)).toEqual(because('category-habit', 4, -2));
    expect(furthestBehind(chosen, chosen)).toBeNull();
  });

  // What weighed most against it comes first; the sentence would name the figures that follow, its own and the chosen one's.
  it.each<[string, own: number, chosen: number]>([
    ['shop-share', 0.13, 0.016],
    ['shop-trend', 1.18, 1.166],
    ['shop-trend', 1.1, 1.3],
    ['category-habit', 4, 2],
    ['category-interest', 4, 4],
    ['days-bought', 1, 1],
    ['days-since-bought', 3, 3],
    ['days-since-bought', 3, 9],
    ['rebuy-rate', 0.299, 0.3],
    ['similar-customers', 40, 12],
    ['goes-with-yours', 0.2, -0.1],
    ['taken-up', 9, 8],
  ])(
    'is not told by %s where its own is %s and the chosen one’s %s: the next that is so is told',
    (feature, own, theirs) => {
      const chosen = of([because(feature, theirs, 5), because('lifestyle-share', 0.2, 1)]);
      const runnerUp = of([because(feature, own, 0), because('lifestyle-share', 0.1, 0.5)]);
      expect(furthestBehind(runnerUp, chosen)).toEqual(because('lifestyle-share', 0.1, -0.5));
    },
  );

  it.each<[since: number, usual: number, chosenSince: number, isTold: boolean]>([
    [3, 10, 6, true],
    [3, 10, 2, false],
    [8, 10, 9, false],
    [12, 10, 30, false],
  ])(
    'is that it can hardly have run out %s days into its usual %s only where that is so',
    (since, usual, other, told) => {
      const chosen = of([because('due', 10, 2), because('days-since-bought', other, 0)]);
      const runnerUp = of([because('due', usual, 0), because('days-since-bought', since, 0)]);
      expect(furthestBehind(runnerUp, chosen)?.feature ?? null).toBe(told ? 'due' : null);
    },
  );

  it('is by no figure that is not known of both', () => {
    const chosen = of([because('days-bought', 3, 1), because('rebuy-rate', 0.5, 3)]);
    const runnerUp = of([because('days-bought', 3, 1), because('category-habit', 2, -1)]);
    expect(furthestBehind(runnerUp, chosen)).toBeNull();
  });

  it('never names a figure that is as good as the chosen one’s or better', () => {
    const figures = fc.record({ value: fc.integer({ min: 0, max: 9 }), contribution: fc.integer({ min: -9, max: 9 }) });
    const reasons = fc.tuple(...REASONS.map(() => figures));
    const make = (made: readonly { value: number; contribution: number }[]) =>
      of(made.map(({ value, contribution }, i) => because(REASONS[i] ?? '', value, contribution)));
    fc.assert(
      fc.property(reasons, reasons, (own, theirs) => {
        const behindBy = furthestBehind(make(own), make(theirs));
        if (behindBy === null || behindBy.feature === 'due') return;
        const chosen = theirs[REASONS.indexOf(behindBy.feature)]?.value ?? NaN;
        if (behindBy.feature === 'days-since-bought') expect(behindBy.value).toBeGreaterThan(chosen);
        else expect(behindBy.value).toBeLessThan(chosen);
        expect(behindBy.contribution).toBeLessThan(0);
      }),
    );
  });

  it.each<[Language, string]>([
    ['en', 'less likely all in all (40.5 % against 41.2 %)'],
    ['fi', 'kaiken kaikkiaan epätodennäköisempi (40,5 %, valittu 41,2 %)'],
    ['sv', 'mindre sannolik på det hela taget (40,5 % mot 41,2 %)'],
  ])('is in %s, where no single thing tells them apart: %s', (language, words) => {
    expect(lost({ behindBy: null }, language)).toBe(words);
  });

  it('is that it came in just behind where the chances are the same as they are told', () => {
    const just: Lost = { loss: 'ranked-lower', behindBy: null, probability: 0.4051, chosenProbability: 0.4054 };
    expect(lossWords(just, 'en')).toBe('came in just behind');
    expect(lossWords({ ...just, probability: 0.995, chosenProbability: 0.999 }, 'en')).toBe('came in just behind');
  });

  it('has words in every language for every loss', () => {
    const nothingElse = { behindBy: null, probability: 0.1, chosenProbability: null };
    for (const language of LANGUAGES)
      for (const loss of LOSSES) expect(lossWords({ loss, ...nothingElse }, language).length).toBeGreaterThan(5);
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
      'habitual 8: less likely all in all (83.0 % against 84.0 %)',
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
