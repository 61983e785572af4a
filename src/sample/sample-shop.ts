// Kulmakauppa, the invented corner shop: its products, its customers, and what they bought in the last twelve weeks.
import { addDays, instant, isoDay, type Instant, type LocalDay, type ShopCalendar } from '../domain/calendar.ts';
import type { Language } from '../domain/language.ts';
import { cents } from '../domain/money.ts';
import type { HardClass } from '../domain/product.ts';
import type { CustomerRow, ProductRow, PurchaseRow } from '../domain/shop-rows.ts';
import { sampleCard } from './cards.ts';
import { CARD_LABELS, CAST, type CardToTry, type Cast } from './cards-to-try.ts';
import { shelves } from './catalogue.ts';
import { HOUSEHOLD_KINDS, KINDS, type HouseholdKind } from './household-kinds.ts';
import { Household, type BasketLine } from './household.ts';
import { KindTastes } from './kind-tastes.ts';
import { seededRandom, seedFor, WeightedChoice, type Random } from './random.ts';
import { seasonsOn } from './seasons.ts';

export type SampleCustomer = CustomerRow & { readonly kind: HouseholdKind };

export type SampleShop = {
  readonly shop: { readonly name: string; readonly address: string };
  readonly products: readonly ProductRow[];
  /** `policy.categories` for this shop: every category has its word. */
  readonly policy: Readonly<Record<string, 'ok' | HardClass>>;
  /** A row per card; some customers have two. */
  readonly customers: readonly SampleCustomer[];
  readonly cardsToTry: readonly CardToTry[];
  readonly firstDay: LocalDay;
  readonly lastDay: LocalDay;
  /** A sale at a time in order of time; may be asked for again, and is the same each time. */
  baskets(): Generator<readonly PurchaseRow[], void, void>;
};

/** Twelve weeks: the eight that count and four to learn from. */
export const SAMPLE_DAYS = 84;
export const SAMPLE_CARDS = 300;
/** Customers with a second card in the household. */
const SECOND_CARDS = 8;
/** Today's sales end here, so that whoever starts the program during the day is not served the future. */
const TODAY_UNTIL_HOUR = 9;
const DEFAULT_SEED = 2002;
/** Of a hundred customers: Swedish and English speakers; the rest leaves the language to the shop or says Finnish. */
const SWEDISH_PERCENT = 6;
const ENGLISH_PERCENT = 4;
const HOUR_MS = 3_600_000;

/**
 * @param of.notAfter no sale is later than this; without it, than nine o'clock today
 * @returns the same shop for the same day and seed, on any machine
 */
export function makeSampleShop(of: {
  today: LocalDay;
  calendar: ShopCalendar;
  seed?: number;
  notAfter?: Instant;
}): SampleShop {
  const { today, calendar, seed = DEFAULT_SEED } = of;
  const firstDay = addDays(today, 1 - SAMPLE_DAYS);
  const nine = instant(midnightOf(today, calendar) + TODAY_UNTIL_HOUR * HOUR_MS);
  const notAfter = of.notAfter === undefined ? nine : instant(Math.min(nine, of.notAfter));
  const people = castAll(seed);
  return {
    shop: { name: 'Kulmakauppa', address: 'Kuusitie 4' },
    products: shelves().flatMap(({ products }) => products.map(({ row }) => row)),
    policy: Object.fromEntries(shelves().map((shelf) => [shelf.category, shelf.class])),
    customers: customersOf(people, seed),
    cardsToTry: cardsToTry(seed),
    firstDay,
    lastDay: today,
    baskets: () => salesOf({ people, firstDay, notAfter, calendar, seed }),
  };
}

type Person = Omit<Cast, 'key' | 'language'> & { readonly language: Language | null };

/** The cards to try first, then everybody else by the shares of the kinds. */
function castAll(seed: number): readonly Person[] {
  const random = seededRandom(seedFor(seed, 'people'));
  const kinds = new WeightedChoice(HOUSEHOLD_KINDS.map((kind) => KINDS[kind].share));
  const people: Person[] = [...CAST];
  while (people.length < SAMPLE_CARDS - SECOND_CARDS) {
    const kind = HOUSEHOLD_KINDS[kinds.draw(random)] ?? 'single';
    const language = drawLanguage(random);
    people.push({ kind, language, status: 'active', optedOut: random.next() < 0.01, cameDaysAgo: null });
  }
  return people;
}

function drawLanguage(random: Random): Language | null {
  const percent = random.next() * 100;
  if (percent < SWEDISH_PERCENT) return 'sv';
  if (percent < SWEDISH_PERCENT + ENGLISH_PERCENT) return 'en';
  return percent < 50 ? null : 'fi';
}

function customersOf(people: readonly Person[], seed: number): readonly SampleCustomer[] {
  const rowOf = (index: number, cardIndex: number): SampleCustomer[] => {
    const person = people[index];
    if (person === undefined) return [];
    const { kind, language, status, optedOut } = person;
    const card = sampleCard(cardIndex, seed);
    return [{ customerCode: customerCode(index), card, language, status, optedOut, kind }];
  };
  const first = people.flatMap((_, index) => rowOf(index, index));
  const second = Array.from({ length: SECOND_CARDS }, (_, i) => rowOf(CAST.length + i * 11, people.length + i));
  return [...first, ...second.flat()];
}

function cardsToTry(seed: number): readonly CardToTry[] {
  const known = CAST.map(({ key }, index) => ({ key, card: sampleCard(index, seed), label: CARD_LABELS[key] }));
  return [...known, { key: 'unknown', card: sampleCard(SAMPLE_CARDS, seed), label: CARD_LABELS.unknown }];
}

type Sales = {
  readonly people: readonly Person[];
  readonly firstDay: LocalDay;
  readonly notAfter: Instant;
  readonly calendar: ShopCalendar;
  readonly seed: number;
};

function* salesOf(of: Sales): Generator<readonly PurchaseRow[], void, void> {
  const households = householdsOf(of.people, of.seed);
  for (let day = 0; day < SAMPLE_DAYS; day++) {
    const date = addDays(of.firstDay, day);
    const midnight = midnightOf(date, of.calendar);
    const seasons = seasonsOn(date);
    const visits: { readonly minute: number; readonly customer: number; readonly lines: readonly BasketLine[] }[] = [];
    households.forEach((household, customer) => {
      const minute = household.visitMinute(day, weekdayOf(date));
      if (minute !== null) visits.push({ minute, customer, lines: household.shop(day, seasons) });
    });
    visits.sort((a, b) => a.minute - b.minute || a.customer - b.customer);
    for (const [running, { minute, customer, lines }] of visits.entries()) {
      const at = instant(midnight + minute * 60_000);
      if (at > of.notAfter) return;
      const basketCode = `${isoDay(date)}-${String(running + 1).padStart(4, '0')}`;
      yield lines.map((line) => purchaseOf(line, { customerCode: customerCode(customer), basketCode, at }));
    }
  }
}

function householdsOf(people: readonly Person[], seed: number): readonly Household[] {
  const tastes = new Map<HouseholdKind, KindTastes>();
  return people.map(({ kind, cameDaysAgo }, index) => {
    let shared = tastes.get(kind);
    if (shared === undefined) tastes.set(kind, (shared = new KindTastes(kind, seed)));
    const random = seededRandom(seedFor(seed, 'household', index));
    const fixedVisits = cameDaysAgo?.map((ago) => SAMPLE_DAYS - 1 - ago) ?? null;
    return new Household({ kind, tastes: shared, random, fixedVisits });
  });
}

function purchaseOf(
  { liked, quantityMilli }: BasketLine,
  sale: { customerCode: string; basketCode: string; at: Instant },
): PurchaseRow {
  const priceCents = cents(Math.round((liked.product.priceCents * quantityMilli) / 1000));
  return { ...sale, productCode: liked.product.row.code, quantityMilli, priceCents };
}

/** Twelve hours before noon: the clock shows the right hour all day, whatever it did at night. */
function midnightOf(day: LocalDay, calendar: ShopCalendar): Instant {
  const noon = calendar.parse(`${isoDay(day)}T12:00`);
  return instant((noon ?? calendar.startOf(day) + 12 * HOUR_MS) - 12 * HOUR_MS);
}

/** 0 is Monday; 1970-01-01 was a Thursday. */
function weekdayOf(day: LocalDay): number {
  return (((day + 3) % 7) + 7) % 7;
}

function customerCode(index: number): string {
  return `K${String(index + 1).padStart(5, '0')}`;
}
