// Why a product was chosen, in words a clerk can say: the numbers of the ranking, read out.
import type { Language } from '../domain/language.ts';
import type { RankingReason } from '../domain/ranking.ts';

/** null: with this number there is nothing to say. */
type Phrase = (value: number) => string | null;

/** A share that rounds to nothing is not said. */
const LEAST_SHARE = 0.005;

const PHRASES: Readonly<Record<Language, Readonly<Record<string, Phrase>>>> = {
  fi: {
    'days-bought': (days) => (days < 1.5 ? 'ostettu kerran' : `ostettu ${whole(days)} päivänä`),
    'days-since-bought': (days) => (days < 0.5 ? 'viimeksi tänään' : `viimeksi ${whole(days)} päivää sitten`),
    'rebuy-rate': (share) => `${percent(share)} ostajista ostaa uudelleen`,
    'similar-customers': (count) => `${whole(count)} samoin ostavaa asiakasta ostaa tätä`,
    'lifestyle-share': (share) => `${percent(share)} samantapaisista talouksista ostaa tätä yhä uudelleen`,
    'shop-share': (share) =>
      share < LEAST_SHARE ? null : `${percent(share)} kaupan asiakkaista ostaa tätä yhä uudelleen`,
    due: (days) => `ostetaan yleensä ${whole(days)} päivän välein`,
    'shop-trend': (times) => (times > 1.05 ? 'menekki on nyt kasvussa' : null),
    'category-habit': (count) => `${whole(count)} ostosta samasta tuoteryhmästä`,
    'goes-with-yours': () => 'ostetaan usein yhdessä omien tuotteidesi kanssa',
    'taken-up': (count) => `${whole(count)} asiakasta kokeili tätä neljän viikon aikana`,
    'category-interest': (count) => `${whole(count)} ostosta samasta tuoteryhmästä`,
  },
  sv: {
    'days-bought': (days) => (days < 1.5 ? 'köpt en gång' : `köpt ${whole(days)} dagar`),
    'days-since-bought': (days) => (days < 0.5 ? 'senast i dag' : `senast för ${whole(days)} dagar sedan`),
    'rebuy-rate': (share) => `${percent(share)} av köparna köper igen`,
    'similar-customers': (count) => `${whole(count)} kunder med liknande korgar köper detta`,
    'lifestyle-share': (share) => `${percent(share)} av liknande hushåll köper detta om och om igen`,
    'shop-share': (share) =>
      share < LEAST_SHARE ? null : `${percent(share)} av butikens kunder köper detta om och om igen`,
    due: (days) => `köps vanligen var ${whole(days)}:e dag`,
    'shop-trend': (times) => (times > 1.05 ? 'köps allt mer just nu' : null),
    'category-habit': (count) => `${whole(count)} köp ur samma varugrupp`,
    'goes-with-yours': () => 'köps ofta ihop med dina varor',
    'taken-up': (count) => `${whole(count)} kunder provade detta på fyra veckor`,
    'category-interest': (count) => `${whole(count)} köp ur samma varugrupp`,
  },
  en: {
    'days-bought': (days) => (days < 1.5 ? 'bought once' : `bought on ${whole(days)} days`),
    'days-since-bought': (days) => (days < 0.5 ? 'last today' : `last ${whole(days)} days ago`),
    'rebuy-rate': (share) => `${percent(share)} of its buyers buy it again`,
    'similar-customers': (count) => `${whole(count)} customers with similar baskets buy it`,
    'lifestyle-share': (share) => `${percent(share)} of similar households buy it again and again`,
    'shop-share': (share) =>
      share < LEAST_SHARE ? null : `${percent(share)} of the shop's customers buy it again and again`,
    due: (days) => `usually bought every ${whole(days)} days`,
    'shop-trend': (times) => (times > 1.05 ? 'more and more in demand now' : null),
    'category-habit': (count) => `${whole(count)} purchases of the same category`,
    'goes-with-yours': () => 'often bought with what you buy',
    'taken-up': (count) => `${whole(count)} customers tried it within four weeks`,
    'category-interest': (count) => `${whole(count)} purchases of the same category`,
  },
};

/** "Bought on 6 days, last 3 days ago." The heaviest reasons first, three at most; reasons that speak against it are not said. */
export function reasonWords(reasons: readonly RankingReason[], language: Language): string {
  const spoken = [...reasons]
    .filter(({ value, contribution, feature }) => (value > 0 && contribution > 0) || feature === 'days-since-bought')
    .flatMap(({ feature, value }) => PHRASES[language][feature]?.(value) ?? [])
    .slice(0, 3)
    .join(', ');
  return spoken === '' ? '' : `${spoken.charAt(0).toUpperCase()}${spoken.slice(1)}.`;
}

function whole(value: number): string {
  return String(Math.round(value));
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
