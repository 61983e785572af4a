// The kinds of household that come to the sample shop, and what each is fond of.

export const HOUSEHOLD_KINDS = [
  'family',
  'teenagers',
  'student',
  'retired',
  'single',
  'vegan',
  'gourmet',
  'seldom',
] as const;
export type HouseholdKind = (typeof HOUSEHOLD_KINDS)[number];

export type KindOfHousehold = {
  /** Of a hundred households, how many are of this kind. */
  readonly share: number;
  readonly visitsPerWeek: readonly [number, number];
  /** How many products a household buys again and again. */
  readonly habits: readonly [number, number];
  /** Things bought on a visit that are no habit yet. */
  readonly impulses: number;
  /** Pieces bought at once, as a share of a usual household's. */
  readonly appetite: number;
  readonly usualHour: number;
  /** How much of the week's shopping falls on Monday to Sunday. */
  readonly weekdays: readonly [number, number, number, number, number, number, number];
  /** Category or department -> how many times the usual share of the basket; category beats department, 1 where silent. */
  readonly tastes: Readonly<Record<string, number>>;
};

const WORKING_WEEK = [11, 11, 12, 14, 21, 20, 11] as const;
const QUIET_WEEK = [17, 17, 18, 18, 17, 10, 3] as const;
const EVEN_WEEK = [14, 14, 14, 15, 17, 14, 12] as const;

export const KINDS: Readonly<Record<HouseholdKind, KindOfHousehold>> = {
  family: {
    share: 22,
    visitsPerWeek: [3, 4.4],
    habits: [42, 62],
    impulses: 2,
    appetite: 1.5,
    usualHour: 17,
    weekdays: WORKING_WEEK,
    tastes: {
      Maidot: 2,
      Jogurtit: 1.8,
      'Vanukkaat ja välipalat': 3,
      Jauhelihat: 1.8,
      'Makkarat ja nakit': 1.8,
      'Hiutaleet ja murot': 1.6,
      Mehut: 1.8,
      Lapset: 4,
      'Kala ja äyriäiset': 0.5,
      Energiajuomat: 0.2,
      Kasvipohjaiset: 0.3,
      Lehdet: 0.3,
      'Miedot viinit': 0.6,
    },
  },
  teenagers: {
    share: 13,
    visitsPerWeek: [3, 4.2],
    habits: [42, 62],
    impulses: 2,
    appetite: 1.8,
    usualHour: 17,
    weekdays: WORKING_WEEK,
    tastes: {
      Rahkat: 2.2,
      Broileri: 2.2,
      Pakasteruoat: 2.2,
      'Vaaleat leivät': 1.8,
      'Texmex ja etniset': 3,
      'Pastat ja riisit': 1.6,
      'Sipsit ja naksut': 2.2,
      Energiajuomat: 2.5,
      Virvoitusjuomat: 1.8,
      Hiustenhoito: 2,
      Lapset: 0,
      Kasvipohjaiset: 0.4,
      'Piimät ja hapanmaidot': 0.3,
    },
  },
  student: {
    share: 12,
    visitsPerWeek: [2, 3.4],
    habits: [20, 34],
    impulses: 1.2,
    appetite: 0.8,
    usualHour: 18.5,
    weekdays: EVEN_WEEK,
    tastes: {
      'Pastat ja riisit': 3,
      Säilykkeet: 2,
      Pakasteruoat: 3,
      Energiajuomat: 4,
      'Texmex ja etniset': 2,
      Kasviproteiinit: 1.6,
      'Sipsit ja naksut': 2,
      Oluet: 2,
      'Siiderit ja lonkerot': 2.5,
      Nikotiinituotteet: 2,
      Lapset: 0,
      Lemmikit: 0.2,
      Kukat: 0.1,
      'Kala ja äyriäiset': 0.2,
      'Possu ja nauta': 0.3,
      Lehdet: 0.1,
      Kahvit: 0.7,
    },
  },
  retired: {
    share: 18,
    visitsPerWeek: [2.6, 4],
    habits: [28, 42],
    impulses: 1.1,
    appetite: 0.8,
    usualHour: 10.5,
    weekdays: QUIET_WEEK,
    tastes: {
      'Piimät ja hapanmaidot': 5,
      Ruisleivät: 2,
      'Pullat ja leivonnaiset': 2.2,
      Kahvit: 2,
      'Kala ja äyriäiset': 2.2,
      Juurekset: 1.8,
      Leikkeleet: 1.6,
      Jauhot: 2,
      'Possu ja nauta': 1.6,
      Lehdet: 5,
      Kukat: 2,
      Veikkaus: 2.5,
      Käsikauppalääkkeet: 2.5,
      'Vitamiinit ja lisäravinteet': 2.5,
      Lapset: 0,
      Energiajuomat: 0,
      Kasvipohjaiset: 0.2,
      'Texmex ja etniset': 0.1,
      'Sipsit ja naksut': 0.3,
      Pakasteruoat: 0.5,
      Nikotiinituotteet: 0,
    },
  },
  single: {
    share: 14,
    visitsPerWeek: [2.4, 4],
    habits: [26, 42],
    impulses: 1.2,
    appetite: 0.7,
    usualHour: 17.5,
    weekdays: EVEN_WEEK,
    tastes: {
      Valmisruoat: 3.5,
      'Salaatit ja dipit': 2.2,
      Rahkat: 2,
      Leikkeleet: 1.5,
      Pakasteruoat: 1.6,
      Oluet: 2,
      Virvoitusjuomat: 1.5,
      Lapset: 0,
      Jauhot: 0.2,
      'Leivonta ja makeutus': 0.3,
      Juurekset: 0.5,
    },
  },
  vegan: {
    share: 6,
    visitsPerWeek: [2.4, 3.6],
    habits: [34, 52],
    impulses: 1.4,
    appetite: 1,
    usualHour: 17,
    weekdays: EVEN_WEEK,
    tastes: {
      Kasvijuomat: 8,
      'Kasvipohjaiset välipalat': 8,
      Kasviproteiinit: 9,
      'Hedelmät ja vihannekset': 1.7,
      'Pähkinät ja kuivahedelmät': 3,
      'Texmex ja etniset': 2,
      Säilykkeet: 1.6,
      Maitotuotteet: 0,
      Liha: 0,
      Kala: 0,
      Valmisruoat: 0.1,
      Lapset: 0,
    },
  },
  gourmet: {
    share: 9,
    visitsPerWeek: [2.4, 3.6],
    habits: [32, 48],
    impulses: 2,
    appetite: 1,
    usualHour: 16.5,
    weekdays: WORKING_WEEK,
    tastes: {
      Juustot: 2.2,
      'Kala ja äyriäiset': 2.6,
      'Possu ja nauta': 2.2,
      'Mausteet ja öljyt': 2,
      Vihannekset: 1.6,
      'Miedot viinit': 4,
      Suklaat: 1.6,
      Kukat: 2,
      Kermat: 1.6,
      Lapset: 0,
      Pakasteruoat: 0.2,
      Energiajuomat: 0.2,
      'Makkarat ja nakit': 0.4,
    },
  },
  seldom: {
    share: 6,
    visitsPerWeek: [0.1, 0.35],
    habits: [6, 12],
    impulses: 3,
    appetite: 1,
    usualHour: 15,
    weekdays: WORKING_WEEK,
    tastes: { Lapset: 0, Makeiset: 1.5, Juomat: 1.5 },
  },
};
