// The cards a newcomer is invited to hold up, one for each thing that can come of it.
import type { CardNumber } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { HouseholdKind } from './household-kinds.ts';

export type CardToTryKey = 'family' | 'student' | 'retired' | 'twice' | 'opted-out' | 'vegan' | 'blocked' | 'unknown';

export type CardToTry = {
  readonly key: CardToTryKey;
  readonly card: CardNumber;
  readonly label: Readonly<Record<Language, string>>;
};

/** How a card to try is made; in the order in which they are offered, the first one is served at the first start. */
export type Cast = {
  readonly key: CardToTryKey;
  readonly kind: HouseholdKind;
  readonly language: Language;
  readonly status: 'active' | 'blocked';
  readonly optedOut: boolean;
  /** Days before today on which this one came; null: by its own rhythm. */
  readonly cameDaysAgo: readonly number[] | null;
};

const usual = { status: 'active', optedOut: false, cameDaysAgo: null } as const;

/** Everybody but the unknown, who has a card of the right form and no customer. */
export const CAST: readonly Cast[] = [
  { ...usual, key: 'family', kind: 'family', language: 'fi' },
  { ...usual, key: 'student', kind: 'student', language: 'en' },
  { ...usual, key: 'retired', kind: 'retired', language: 'sv' },
  { ...usual, key: 'twice', kind: 'seldom', language: 'fi', cameDaysAgo: [33, 12] },
  { ...usual, key: 'opted-out', kind: 'single', language: 'fi', optedOut: true },
  { ...usual, key: 'vegan', kind: 'vegan', language: 'fi' },
  { ...usual, key: 'blocked', kind: 'single', language: 'fi', status: 'blocked' },
];

export const CARD_LABELS: Readonly<Record<CardToTryKey, Readonly<Record<Language, string>>>> = {
  family: { fi: 'lapsiperhe', sv: 'barnfamilj', en: 'family' },
  student: { fi: 'opiskelija', sv: 'studerande', en: 'student' },
  retired: { fi: 'eläkeläispari', sv: 'pensionärspar', en: 'retired couple' },
  twice: { fi: 'käynyt kahdesti', sv: 'har kommit två gånger', en: 'came twice' },
  'opted-out': { fi: 'ei halua kuponkeja', sv: 'vill inte ha kuponger', en: 'opted out' },
  vegan: { fi: 'vegaanipari', sv: 'veganpar', en: 'vegan couple' },
  blocked: { fi: 'suljettu kortti', sv: 'spärrat kort', en: 'blocked card' },
  unknown: { fi: 'tuntematon kortti', sv: 'okänt kort', en: 'unknown card' },
};
