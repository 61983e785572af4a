// Every word on the strip, in the three languages of the shop's customers.
import type { Language } from '../domain/language.ts';
import type { StripReason } from '../domain/strip.ts';

export type Headline = {
  readonly coupons: number;
  /** The money of the strip, as text; null where every coupon is a percentage. */
  readonly total: string | null;
  /** Some coupon is a percentage, which comes on top of the total. */
  readonly hasPercent: boolean;
};

export type StripTexts = {
  /** The same thing said at length and shorter: the first that fits one line is printed. */
  headline(of: Headline): readonly string[];
  validity(range: string): string;
  readonly tearOff: string;
  readonly reason: Readonly<Record<StripReason, string>>;
  /** What the choice was made from; said only where the card's own purchases were used. */
  chosenFrom(memoryDays: number): string;
  readonly chosenForAll: string;
  readonly once: string;
  readonly optOut: string;
  readonly specimen: string;
  readonly copy: string;
};

export const STRIP_TEXTS: Readonly<Record<Language, StripTexts>> = {
  fi: {
    headline: ({ coupons, total, hasPercent }) => {
      const count = coupons === 1 ? '1 ETU' : `${coupons} ETUA`;
      if (total === null) return [count];
      if (hasPercent) return [`${count}, VÄH. ${total}`, `${count}, ${total}`];
      return coupons === 1 ? [`${count}, ${total}`] : [`${count}, YHT. ${total}`, `${count}, ${total}`];
    },
    validity: (range) => `Ensi käynnille, voimassa ${range}.`,
    tearOff: 'Repäise ja anna kassalla ENNEN maksamista.',
    reason: {
      'bought-often': 'Ostat tätä usein',
      'bought-before': 'Olet ostanut tätä',
      new: 'Uutta sinulle - samoin ostavien suosikki',
      popular: 'Suosittu tässä kaupassa',
    },
    chosenFrom: (days) => `Edut valittiin tämän kortin ${inWeeks(days, ['viikon', 'päivän'])} ostoksista.`,
    chosenForAll: 'Edut ovat kaupan suosituimpia tuotteita.',
    once: 'Yksi tuote, yhden kerran.',
    optOut: 'Et halua kuponkeja? Sano se kassalla.',
    specimen: 'MALLI - EI KELPAA KASSALLA',
    copy: 'KOPIO',
  },
  sv: {
    headline: ({ coupons, total, hasPercent }) => {
      const count = coupons === 1 ? '1 FÖRMÅN' : `${coupons} FÖRMÅNER`;
      if (total === null) return [count];
      if (hasPercent) return [`${count}, MINST ${total}`, `${count}, ${total}`];
      return coupons === 1 ? [`${count}, ${total}`] : [`${count}, TOT. ${total}`, `${count}, ${total}`];
    },
    validity: (range) => `För nästa besök, gäller ${range}.`,
    tearOff: 'Riv av och lämna i kassan FÖRE betalning.',
    reason: {
      'bought-often': 'Du köper ofta detta',
      'bought-before': 'Du har köpt detta',
      new: 'Nytt för dig - populärt i liknande korgar',
      popular: 'Populärt i butiken',
    },
    chosenFrom: (days) =>
      `Förmånerna valdes utifrån ${inWeeks(days, days === 7 || days === 1 ? ['veckas', 'dags'] : ['veckors', 'dagars'])} köp med detta kort.`,
    chosenForAll: 'Förmånerna gäller butikens populäraste produkter.',
    once: 'En produkt, en gång.',
    optOut: 'Vill du inte ha kuponger? Säg till i kassan.',
    specimen: 'PROV - GÄLLER INTE I KASSAN',
    copy: 'KOPIA',
  },
  en: {
    headline: ({ coupons, total, hasPercent }) => {
      const count = coupons === 1 ? '1 COUPON' : `${coupons} COUPONS`;
      if (total === null) return [count];
      if (hasPercent) return [`${count}, ${total}+ OFF`, `${count}, ${total}+`];
      return [`${count}, ${total} OFF`, `${count}, ${total}`];
    },
    validity: (range) => `For your next visit, ${range}.`,
    tearOff: 'Tear off and hand over BEFORE you pay.',
    reason: {
      'bought-often': 'You buy this often',
      'bought-before': 'You have bought this',
      new: 'New to you - popular in similar baskets',
      popular: 'Popular in this shop',
    },
    chosenFrom: (days) =>
      `Chosen from ${inWeeks(days, days === 7 || days === 1 ? ['week', 'day'] : ['weeks', 'days'])} of purchases on this card.`,
    chosenForAll: "Chosen from this shop's most popular products.",
    once: 'One item, once only.',
    optOut: "Don't want coupons? Just say so at the till.",
    specimen: 'SPECIMEN - NOT VALID AT THE TILL',
    copy: 'COPY',
  },
};

/** "8 viikon" where the days make whole weeks, else "10 päivän". */
function inWeeks(days: number, [week, day]: readonly [string, string]): string {
  return days % 7 === 0 ? `${days / 7} ${week}` : `${days} ${day}`;
}
