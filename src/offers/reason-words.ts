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
    'days-since-bought': (days) => `viimeksi ${ago(days, 'tänään', 'eilen', (n) => `${n} päivää sitten`)}`,
    'rebuy-rate': (share) => `${percent(share)} ostajista ostaa uudelleen`,
    'similar-customers': (count) =>
      counted(count, 'yksi samoin ostava asiakas ostaa tätä', (n) => `${n} samoin ostavaa asiakasta ostaa tätä`),
    'lifestyle-share': (share) =>
      shared(share, (part) => `${part} samantapaisista talouksista ostaa tätä yhä uudelleen`),
    'shop-share': (share) => shared(share, (part) => `${part} kaupan asiakkaista ostaa tätä yhä uudelleen`),
    due: (days) => `ostetaan yleensä ${counted(days, 'joka päivä', (n) => `${n} päivän välein`)}`,
    'shop-trend': (times) => (times > 1.05 ? 'myydään nyt tavallista enemmän' : null),
    'category-habit': (count) => counted(count, null, (n) => `${n} ostosta samasta tuoteryhmästä`),
    'goes-with-yours': () => 'sopii tavallisiin ostoksiin',
    'taken-up': (count) =>
      counted(count, 'yksi asiakas on alkanut ostaa', (n) => `${n} asiakasta kokeili neljän viikon aikana`),
    'category-interest': (count) => counted(count, null, (n) => `${n} ostosta samasta tuoteryhmästä`),
  },
  sv: {
    'days-bought': (days) => (days < 1.5 ? 'köpt en gång' : `köpt ${whole(days)} olika dagar`),
    'days-since-bought': (days) => `senast ${ago(days, 'i dag', 'i går', (n) => `för ${n} dagar sedan`)}`,
    'rebuy-rate': (share) => `${percent(share)} av köparna köper igen`,
    'similar-customers': (count) =>
      counted(count, 'en kund med liknande korgar köper detta', (n) => `${n} kunder med liknande korgar köper detta`),
    'lifestyle-share': (share) => shared(share, (part) => `${part} av liknande hushåll köper detta om och om igen`),
    'shop-share': (share) => shared(share, (part) => `${part} av butikens kunder köper detta om och om igen`),
    due: (days) => `köps vanligen ${counted(days, 'varje dag', (n) => `med ${n} dagars mellanrum`)}`,
    'shop-trend': (times) => (times > 1.05 ? 'säljs mer än vanligt just nu' : null),
    'category-habit': (count) => counted(count, null, (n) => `${n} köp ur samma varugrupp`),
    'goes-with-yours': () => 'passar ihop med de vanliga köpen',
    'taken-up': (count) => counted(count, 'en kund har börjat köpa', (n) => `${n} kunder provade på fyra veckor`),
    'category-interest': (count) => counted(count, null, (n) => `${n} köp ur samma varugrupp`),
  },
  en: {
    'days-bought': (days) => (days < 1.5 ? 'bought once' : `bought on ${whole(days)} days`),
    'days-since-bought': (days) => `last ${ago(days, 'today', 'yesterday', (n) => `${n} days ago`)}`,
    'rebuy-rate': (share) => `${percent(share)} of its buyers buy it again`,
    'similar-customers': (count) =>
      counted(count, 'one customer with similar baskets buys it', (n) => `${n} customers with similar baskets buy it`),
    'lifestyle-share': (share) => shared(share, (part) => `${part} of similar households buy it again and again`),
    'shop-share': (share) => shared(share, (part) => `${part} of the shop's customers buy it again and again`),
    due: (days) => `usually bought every ${counted(days, 'day', (n) => `${n} days`)}`,
    'shop-trend': (times) => (times > 1.05 ? 'sells more than usual just now' : null),
    'category-habit': (count) => counted(count, null, (n) => `${n} purchases of the same category`),
    'goes-with-yours': () => 'goes with the usual shopping',
    'taken-up': (count) =>
      counted(count, 'one customer has taken it up', (n) => `${n} customers tried it within four weeks`),
    'category-interest': (count) => counted(count, null, (n) => `${n} purchases of the same category`),
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

/** One is said in its own words, or not at all. */
function counted<One extends string | null>(value: number, one: One, many: (count: string) => string): One | string {
  return value < 1.5 ? one : many(whole(value));
}

function ago(days: number, today: string, yesterday: string, earlier: (days: string) => string): string {
  return days < 0.5 ? today : days < 1.5 ? yesterday : earlier(whole(days));
}

function shared(share: number, words: (part: string) => string): string | null {
  return share < LEAST_SHARE ? null : words(percent(share));
}

function whole(value: number): string {
  return String(Math.round(value));
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
