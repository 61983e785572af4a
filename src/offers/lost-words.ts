// Why a runner-up is not on the strip, in words a clerk can say.
import type { Language } from '../domain/language.ts';
import type { Loss, Veto } from '../domain/offer.ts';
import type { RankingReason } from '../domain/ranking.ts';

type Words = Readonly<Record<Language, string>>;

const LESS: Readonly<Record<string, Words>> = {
  'days-bought': { fi: 'ostettu harvempana päivänä', sv: 'köpt färre dagar', en: 'bought on fewer days' },
  'days-since-bought': { fi: 'ostosta on kauemmin', sv: 'längre sedan köpet', en: 'bought longer ago' },
  due: { fi: 'tuskin vielä lopussa', sv: 'har knappast tagit slut än', en: 'can hardly have run out yet' },
  'rebuy-rate': { fi: 'harvempi ostaa uudelleen', sv: 'färre köper igen', en: 'fewer buy it again' },
  'shop-trend': {
    fi: 'myydään nyt tavallista vähemmän',
    sv: 'säljs mindre än vanligt just nu',
    en: 'sells less than usual just now',
  },
  'category-habit': {
    fi: 'tuoteryhmää ostetaan vähemmän',
    sv: 'varugruppen köps mindre',
    en: 'less of its category is bought',
  },
  'similar-customers': {
    fi: 'harvempi samoin ostava ostaa',
    sv: 'färre liknande kunder köper',
    en: 'fewer similar customers buy it',
  },
  'lifestyle-share': {
    fi: 'harvempi samantapainen talous ostaa yhä uudelleen',
    sv: 'färre liknande hushåll köper om och om igen',
    en: 'fewer similar households buy it again and again',
  },
  'shop-share': {
    fi: 'harvempi asiakas ostaa yhä uudelleen',
    sv: 'färre kunder köper om och om igen',
    en: 'fewer customers buy it again and again',
  },
  'goes-with-yours': {
    fi: 'sopii huonommin tavallisiin ostoksiin',
    sv: 'passar sämre ihop med de vanliga köpen',
    en: 'goes less well with the usual shopping',
  },
  'taken-up': {
    fi: 'vähemmän uusia ostajia viime viikkoina',
    sv: 'färre nya köpare de senaste veckorna',
    en: 'fewer new buyers in the last weeks',
  },
  'category-interest': {
    fi: 'tuoteryhmä kiinnostaa vähemmän',
    sv: 'varugruppen intresserar mindre',
    en: 'less interest in its category',
  },
};

const CHANCES: Readonly<Record<'not-drawn' | 'too-unlikely', Words>> = {
  'not-drawn': {
    fi: 'tällä kertaa kokeillaan toista uutuutta',
    sv: 'den här gången prövas en annan nyhet',
    en: 'another new product is tried this time',
  },
  'too-unlikely': {
    fi: 'tuskin tarpeen lähiviikkoina',
    sv: 'behövs knappast de närmaste veckorna',
    en: 'hardly needed in the next weeks',
  },
};

const VETO_WORDS: Readonly<Record<Veto, Words>> = {
  'forbidden-class': { fi: 'ei koskaan painettava', sv: 'trycks aldrig', en: 'never printed' },
  'sensitive-class': { fi: 'arkaluonteinen tuote', sv: 'känslig vara', en: 'a sensitive product' },
  'unmapped-category': {
    fi: 'tuoteryhmää ei ole sallittu',
    sv: 'varugruppen är inte tillåten',
    en: 'its category is not allowed',
  },
  'category-full': {
    fi: 'samasta tuoteryhmästä on jo kaksi',
    sv: 'redan två ur samma varugrupp',
    en: 'two of its category are on the strip',
  },
  'printed-lately': { fi: 'oli äskettäisellä lapulla', sv: 'fanns på en tidigare remsa', en: 'was on a recent strip' },
  'no-rule': { fi: 'tarjoussääntö puuttuu', sv: 'ingen erbjudanderegel', en: 'no offer rule fits' },
  'too-cheap': { fi: 'liian halpa alennettavaksi', sv: 'för billig att rabattera', en: 'too cheap to take money off' },
};

/** Nothing that can be said tells them apart: then only the chances do, the runner-up's and the chosen one's. */
const LESS_LIKELY: Readonly<Record<Language, (own: string, chosen: string) => string>> = {
  fi: (own, chosen) => `kaiken kaikkiaan epätodennäköisempi (${own}, valittu ${chosen})`,
  sv: (own, chosen) => `mindre sannolik på det hela taget (${own} mot ${chosen})`,
  en: (own, chosen) => `less likely all in all (${own} against ${chosen})`,
};
const JUST_BEHIND: Words = { fi: 'jäi niukasti jälkeen', sv: 'kom strax efter', en: 'came in just behind' };

export type Lost = {
  readonly loss: Loss;
  /** What it fell behind by, where it ranked lower and that can be said. */
  readonly behindBy: RankingReason | null;
  readonly probability: number;
  /** Of the last one chosen of its kind; null where there is none. */
  readonly chosenProbability: number | null;
};

export function lossWords({ loss, behindBy, ...chances }: Lost, language: Language): string {
  switch (loss) {
    case 'ranked-lower':
      return (behindBy === null ? undefined : LESS[behindBy.feature])?.[language] ?? lessLikely(chances, language);
    case 'not-drawn':
    case 'too-unlikely':
      return CHANCES[loss][language];
    case 'forbidden-class':
    case 'sensitive-class':
    case 'unmapped-category':
    case 'category-full':
    case 'printed-lately':
    case 'no-rule':
    case 'too-cheap':
      return VETO_WORDS[loss][language];
  }
}

function lessLikely(
  { probability, chosenProbability }: Pick<Lost, 'probability' | 'chosenProbability'>,
  language: Language,
): string {
  if (chosenProbability === null) return JUST_BEHIND[language];
  const [own, chosen] = [chance(probability, language), chance(chosenProbability, language)];
  return own === chosen ? JUST_BEHIND[language] : LESS_LIKELY[language](own, chosen);
}

/** Nothing a customer may do is certain: 100 % would be a lie of rounding. */
function chance(probability: number, language: Language): string {
  const text = Math.min(99, probability * 100).toFixed(1);
  return `${language === 'en' ? text : text.replace('.', ',')} %`;
}
