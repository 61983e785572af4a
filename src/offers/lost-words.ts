// Why a runner-up is not on the strip, in words a clerk can say.
import type { Language } from '../domain/language.ts';
import type { Veto } from '../domain/offer.ts';
import type { RankedProduct } from '../domain/ranking.ts';

type Words = Readonly<Record<Language, string>>;

const LESS: Readonly<Record<string, Words>> = {
  'days-bought': { fi: 'ostettu harvemmin', sv: 'köpt mer sällan', en: 'bought less often' },
  'days-since-bought': { fi: 'ostosta on kauemmin', sv: 'längre sedan köpet', en: 'bought longer ago' },
  due: { fi: 'ei ole vielä lopussa', sv: 'tar inte slut än', en: 'not due yet' },
  'rebuy-rate': { fi: 'harvempi ostaa uudelleen', sv: 'färre köper igen', en: 'fewer buy it again' },
  'shop-trend': { fi: 'menekki on vähäisempää', sv: 'säljs mindre nu', en: 'less in demand now' },
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
    fi: 'harvempi samantapainen talous ostaa',
    sv: 'färre liknande hushåll köper',
    en: 'fewer similar households buy it',
  },
  'shop-share': { fi: 'harvempi asiakas ostaa', sv: 'färre kunder köper', en: 'fewer customers buy it' },
  'goes-with-yours': {
    fi: 'sopii huonommin omiin ostoksiin',
    sv: 'passar sämre ihop med köpen',
    en: 'goes less with what is bought',
  },
  'taken-up': { fi: 'harvempi on kokeillut', sv: 'färre har provat', en: 'fewer have tried it' },
  'category-interest': {
    fi: 'tuoteryhmä kiinnostaa vähemmän',
    sv: 'varugruppen intresserar mindre',
    en: 'less interest in its category',
  },
};

const VETOES: Readonly<Record<Veto, Words>> = {
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

export function vetoWords(veto: Veto, language: Language): string {
  return VETOES[veto][language];
}

/** By which reason it fell furthest behind the last one chosen; null where nothing tells them apart. */
export function lostBy(runnerUp: RankedProduct, chosen: RankedProduct | null, language: Language): string | null {
  if (chosen === null) return null;
  const ours = new Map(runnerUp.reasons.map(({ feature, contribution }) => [feature, contribution]));
  let words: string | null = null;
  let most = 0;
  for (const { feature, contribution } of chosen.reasons) {
    const behind = contribution - (ours.get(feature) ?? 0);
    if (behind > most && LESS[feature] !== undefined) {
      most = behind;
      words = LESS[feature][language];
    }
  }
  return words;
}
