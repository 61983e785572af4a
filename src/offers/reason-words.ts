// Why a product was chosen, in words a clerk can say: the numbers of the ranking, read out.
import type { Language } from '../domain/language.ts';
import type { RankingReason } from '../domain/ranking.ts';

/** `days`: the last ones the number was counted in, where it was not counted in all. null: there is nothing to say. */
type Phrase = (value: number, days: number | undefined) => string | null;

/** A share that rounds to nothing is not said. */
const LEAST_SHARE = 0.005;
/** Buying again is told where it carried a product: a smaller part of the buyers recommends nothing. */
const LEAST_AGAIN = 0.1;
/** Days between two purchases: nine of ten days and more are every day. */
const EVERY_DAY = 1.1;

const PHRASES: Readonly<Record<Language, Readonly<Record<string, Phrase>>>> = {
  fi: {
    'days-bought': (days) => `ostettu ${counted(days, 'yhtenä', (n) => n)} päivänä`,
    'days-since-bought': (days) => `viimeksi ${ago(days, 'tänään', 'eilen', (n) => `${n} päivää sitten`)}`,
    'rebuy-rate': again((part, { weeks, days }) => {
      const time = weeks === null ? `${days} päivän` : weeks === 1 ? 'viikon' : `${weeks} viikon`;
      return `${part} viime ${time} ostajista osti uudelleen`;
    }),
    'similar-customers': (count) =>
      counted(count, 'yksi samoin ostava asiakas ostaa tätä', (n) => `${n} samoin ostavaa asiakasta ostaa tätä`),
    'lifestyle-share': (share) =>
      shared(share, (part) => `${part} samantapaisista talouksista ostaa tätä yhä uudelleen`),
    'shop-share': (share) => shared(share, (part) => `${part} kaupan asiakkaista ostaa tätä yhä uudelleen`),
    due: (days) => `ostetaan ${every(days, ['joka päivä', 'useimpina päivinä'], (n) => `yleensä ${n} päivän välein`)}`,
    'shop-trend': (times) => (times > 1.05 ? 'myydään nyt tavallista enemmän' : null),
    'category-habit': (count) => counted(count, null, (n) => `${n} ostosta samasta tuoteryhmästä`),
    'goes-with-yours': () => 'sopii tavallisiin ostoksiin',
    'taken-up': (count) =>
      counted(
        count,
        'yksi uusi ostaja viime neljän viikon aikana',
        (n) => `${n} uutta ostajaa viime neljän viikon aikana`,
      ),
    'category-interest': (count) => counted(count, null, (n) => `${n} ostosta samasta tuoteryhmästä`),
  },
  sv: {
    'days-bought': (days) => `köpt ${counted(days, 'en enda dag', (n) => `${n} olika dagar`)}`,
    'days-since-bought': (days) => `senast ${ago(days, 'i dag', 'i går', (n) => `för ${n} dagar sedan`)}`,
    'rebuy-rate': again((part, { weeks, days }) => {
      const time = weeks === null ? `de senaste ${days} dagarnas` : `de senaste ${weeks} veckornas`;
      return `${part} av ${weeks === 1 ? 'den senaste veckans' : time} köpare köpte igen`;
    }),
    'similar-customers': (count) =>
      counted(count, 'en kund med liknande korgar köper detta', (n) => `${n} kunder med liknande korgar köper detta`),
    'lifestyle-share': (share) => shared(share, (part) => `${part} av liknande hushåll köper detta om och om igen`),
    'shop-share': (share) => shared(share, (part) => `${part} av butikens kunder köper detta om och om igen`),
    due: (days) => `köps ${every(days, ['varje dag', 'de flesta dagar'], (n) => `vanligen med ${n} dagars mellanrum`)}`,
    'shop-trend': (times) => (times > 1.05 ? 'säljs mer än vanligt just nu' : null),
    'category-habit': (count) => counted(count, null, (n) => `${n} köp ur samma varugrupp`),
    'goes-with-yours': () => 'passar ihop med de vanliga köpen',
    'taken-up': (count) =>
      counted(count, 'en ny köpare de senaste fyra veckorna', (n) => `${n} nya köpare de senaste fyra veckorna`),
    'category-interest': (count) => counted(count, null, (n) => `${n} köp ur samma varugrupp`),
  },
  en: {
    'days-bought': (days) => `bought on ${counted(days, 'one day', (n) => `${n} days`)}`,
    'days-since-bought': (days) => `last ${ago(days, 'today', 'yesterday', (n) => `${n} days ago`)}`,
    'rebuy-rate': again((part, { weeks, days }) => {
      const time = weeks === null ? `${days} days` : weeks === 1 ? 'week' : `${weeks} weeks`;
      return `${part} of its buyers of the last ${time} bought it again`;
    }),
    'similar-customers': (count) =>
      counted(count, 'one customer with similar baskets buys it', (n) => `${n} customers with similar baskets buy it`),
    'lifestyle-share': (share) => shared(share, (part) => `${part} of similar households buy it again and again`),
    'shop-share': (share) => shared(share, (part) => `${part} of the shop's customers buy it again and again`),
    due: (days) => every(days, ['bought every day', 'bought on most days'], (n) => `usually bought every ${n} days`),
    'shop-trend': (times) => (times > 1.05 ? 'sells more than usual just now' : null),
    'category-habit': (count) => counted(count, null, (n) => `${n} purchases of the same category`),
    'goes-with-yours': () => 'goes with the usual shopping',
    'taken-up': (count) =>
      counted(count, 'one new buyer in the last four weeks', (n) => `${n} new buyers in the last four weeks`),
    'category-interest': (count) => counted(count, null, (n) => `${n} purchases of the same category`),
  },
};

/** "Bought on 6 days, last 3 days ago." The heaviest reasons first, three at most; reasons that speak against it are not said. */
export function reasonWords(reasons: readonly RankingReason[], language: Language): string {
  const spoken = [...reasons]
    .filter(({ value, contribution, feature }) => (value > 0 && contribution > 0) || feature === 'days-since-bought')
    .flatMap(({ feature, value, days }) => PHRASES[language][feature]?.(value, days) ?? [])
    .slice(0, 3)
    .join(', ');
  return spoken === '' ? '' : `${spoken.charAt(0).toUpperCase()}${spoken.slice(1)}.`;
}

/** One is said in its own words, or not at all. */
function counted<One extends string | null>(value: number, one: One, many: (count: string) => string): One | string {
  return value < 1.5 ? one : many(whole(value));
}

/** A gap of one day is every day only where hardly one is left out. */
function every(gap: number, [day, mostDays]: readonly [string, string], days: (count: string) => string): string {
  if (gap < EVERY_DAY) return day;
  return counted(gap, mostDays, days);
}

/** Of the buyers of some last days; not without the days, and not as a merit where it is a small part of them. */
function again(words: (part: string, of: { weeks: number | null; days: number }) => string): Phrase {
  return (share, days) => {
    if (days === undefined || share < LEAST_AGAIN) return null;
    return words(percent(share), { weeks: days % 7 === 0 ? days / 7 : null, days });
  };
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
