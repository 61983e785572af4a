// Why a runner-up is not on the strip, in words a clerk can say.
import type { Language } from '../domain/language.ts';
import type { Loss, Veto } from '../domain/offer.ts';
import type { RankedProduct, RankingReason } from '../domain/ranking.ts';

type Words = Readonly<Record<Language, string>>;

const LESS: Readonly<Record<string, Words>> = {
  'days-bought': { fi: 'ostettu harvemmin', sv: 'köps mer sällan', en: 'bought less often' },
  'days-since-bought': { fi: 'ostosta on kauemmin', sv: 'längre sedan köpet', en: 'bought longer ago' },
  due: { fi: 'tuskin vielä lopussa', sv: 'har knappast tagit slut än', en: 'can hardly have run out yet' },
  'rebuy-rate': { fi: 'harvempi ostaa uudelleen', sv: 'färre köper igen', en: 'fewer buy it again' },
  'shop-trend': { fi: 'myydään nyt vähemmän', sv: 'säljs mindre just nu', en: 'sells less just now' },
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
    fi: 'sopii huonommin tavallisiin ostoksiin',
    sv: 'passar sämre ihop med de vanliga köpen',
    en: 'goes less well with the usual shopping',
  },
  'taken-up': { fi: 'harvempi on kokeillut', sv: 'färre har provat', en: 'fewer have tried it' },
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

const LOWER: Words = { fi: 'jäi niukasti jälkeen', sv: 'kom strax efter', en: 'came in just behind' };

/** @param behindBy what it fell behind by, where it ranked lower */
export function lossWords(loss: Loss, behindBy: RankingReason | null, language: Language): string {
  switch (loss) {
    case 'ranked-lower':
      return ((behindBy === null ? undefined : LESS[behindBy.feature]) ?? LOWER)[language];
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

/** By what a runner-up fell furthest behind the last one chosen; null where nothing that can be said tells them apart. */
export function furthestBehind(runnerUp: RankedProduct, chosen: RankedProduct): RankingReason | null {
  const ours = new Map(runnerUp.reasons.map((reason) => [reason.feature, reason]));
  let most: RankingReason | null = null;
  for (const { feature, contribution } of chosen.reasons) {
    const own = ours.get(feature);
    const behind = (own?.contribution ?? 0) - contribution;
    if (behind < (most?.contribution ?? 0) && LESS[feature] !== undefined)
      most = { feature, value: own?.value ?? 0, contribution: behind };
  }
  return most;
}
