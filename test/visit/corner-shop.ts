// A shop small enough to know by heart: eleven products, a handful of customers, eight weeks of purchases and a model of them.
import { addDays, instant, ShopCalendar, type Instant, type LocalDay } from '../../src/domain/calendar.ts';
import { cents } from '../../src/domain/money.ts';
import type { CustomerRow, ProductRow, PurchaseRow } from '../../src/domain/shop-rows.ts';
import type { Shop } from '../../src/app.ts';

export const calendar = new ShopCalendar('Europe/Helsinki');

/** Sunday afternoon; everything the shop remembers lies before it. */
export const NOW = timeOf('2026-11-22T16:00');
export const TODAY = calendar.dayOf(NOW);

/** Held up one by one, they lead to every kind of customer there is. */
export const CARDS = {
  anna: 'ANNA-1',
  annaToo: 'ANNA-2',
  bertta: 'BERTTA',
  carl: 'CARL',
  few: 'FEW',
  newcomer: 'NEWCOMER',
  optedOut: 'OPTED-OUT',
  blocked: 'BLOCKED',
  nobody: 'NOBODY',
} as const;
export const STOP = 'TILLCAT-STOP';
export const START = 'TILLCAT-START';

/** What everybody buys, week after week. */
const HABITS = ['Maito 1 l', 'Ruisleipä', 'Juusto 300 g', 'Kahvi 500 g', 'Mehu 1 l', 'Jogurtti'];
/** What Anna, Bertta and Carl have never bought, and their neighbours have. */
const NEWS = ['Hillo 400 g', 'Näkkileipä', 'Riisi 1 kg', 'Suklaa 200 g'];
/** Nobody is ever offered it. */
const BEER = 'Olut 0,33 l';

/** Days before today on which a regular customer comes. */
const REGULAR_DAYS = [2, 6, 9, 13, 17, 20, 24, 27, 31, 34, 38, 41, 45, 48, 52];
const NEIGHBOURS = Array.from({ length: 12 }, (_, i) => `neighbour-${i}`);

export function timeOf(text: string): Instant {
  const at = calendar.parse(text);
  if (at === null) throw new RangeError(`${text} is no time`);
  return at;
}

/** Takes the shop in by its one door and trains a model on what lies before NOW. */
export async function fillCornerShop(shop: Shop): Promise<void> {
  const intake = shop.intake();
  intake.takeProducts(products());
  intake.takeCustomers(customers(), NOW);
  intake.takePurchases(purchases());
  await shop.train({ asOf: NOW, signal: new AbortController().signal, onProgress: () => undefined });
}

function products(): ProductRow[] {
  const ordinary = [...HABITS, ...NEWS].map((name) => productOf({ name, flags: ['ok'] }));
  return [...ordinary, productOf({ name: BEER, flags: ['alcohol'] })];
}

/** Each in a category of its own: no place on the strip is taken for variety's sake. */
function productOf({ name, flags }: Pick<ProductRow, 'name' | 'flags'>): ProductRow {
  return { code: codeOf(name), name, category: name, department: null, priceCents: cents(300), flags };
}

function customers(): CustomerRow[] {
  const usual = { language: null, status: 'active', optedOut: false } as const;
  return [
    { ...usual, customerCode: 'anna', card: CARDS.anna },
    { ...usual, customerCode: 'anna', card: CARDS.annaToo },
    { ...usual, customerCode: 'bertta', card: CARDS.bertta, language: 'sv' },
    { ...usual, customerCode: 'carl', card: CARDS.carl },
    { ...usual, customerCode: 'few', card: CARDS.few },
    { ...usual, customerCode: 'newcomer', card: CARDS.newcomer },
    { ...usual, customerCode: 'opted-out', card: CARDS.optedOut, optedOut: true },
    { ...usual, customerCode: 'blocked', card: CARDS.blocked, status: 'blocked' },
    ...NEIGHBOURS.map((customerCode) => ({ ...usual, customerCode, card: customerCode })),
  ];
}

function purchases(): PurchaseRow[] {
  const regulars = ['anna', 'bertta', 'carl', 'opted-out', 'blocked'].flatMap((customerCode) =>
    REGULAR_DAYS.flatMap((daysAgo) => basket({ customerCode, daysAgo, names: [...HABITS, BEER] })),
  );
  const neighbours = NEIGHBOURS.flatMap((customerCode, i) =>
    REGULAR_DAYS.flatMap((daysAgo) =>
      basket({ customerCode, daysAgo, names: [...HABITS, ...NEWS.filter((_, n) => (i + n) % 4 !== 0)] }),
    ),
  );
  const few = [
    ...basket({ customerCode: 'few', daysAgo: 12, names: ['Maito 1 l', 'Kahvi 500 g'] }),
    ...basket({ customerCode: 'few', daysAgo: 3, names: ['Maito 1 l'] }),
  ];
  return [...regulars, ...neighbours, ...few];
}

/** A sale at noon. */
export function basket(of: { customerCode: string; daysAgo: number; names: readonly string[] }): PurchaseRow[] {
  const { customerCode, daysAgo, names } = of;
  return names.map((name) => ({
    customerCode,
    basketCode: `${customerCode}-${daysAgo}`,
    at: noonOf(addDays(TODAY, -daysAgo)),
    productCode: codeOf(name),
    quantityMilli: 1000,
    priceCents: cents(300),
  }));
}

/** A product's code, made from its name: nothing here depends on its form. */
export function codeOf(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
}

function noonOf(day: LocalDay): Instant {
  return instant(calendar.startOf(day) + 12 * 3_600_000);
}
