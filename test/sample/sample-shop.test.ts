// The invented corner shop: the same every time, lawful, and lived in by plausible people.
import { describe, expect, it } from 'vitest';
import { addDays, dayOfDate, instant, isoDay, ShopCalendar, type LocalDay } from '../../src/domain/calendar.ts';
import { gs1CheckDigit } from '../../src/domain/ids.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { FORBIDDEN_CLASSES, SENSITIVE_CLASSES } from '../../src/domain/product.ts';
import type { PurchaseRow } from '../../src/domain/shop-rows.ts';
import { easterSunday, seasonsOn } from '../../src/sample/seasons.ts';
import { makeSampleShop, SAMPLE_DAYS } from '../../src/sample/sample-shop.ts';

const calendar = new ShopCalendar('Europe/Helsinki');
const TODAY = day(2026, 11, 22);
const shop = makeSampleShop({ today: TODAY, calendar });
const baskets = [...shop.baskets()];
const lines = baskets.flat();
const productOf = new Map(shop.products.map((product) => [product.code, product]));
const kindOf = new Map(shop.customers.map(({ customerCode, kind }) => [customerCode, kind]));

describe('the shop', () => {
  it('is the same for the same day and seed, each time it is asked', () => {
    const again = makeSampleShop({ today: TODAY, calendar });
    expect(again.customers).toEqual(shop.customers);
    expect(again.products).toEqual(shop.products);
    const firstOf = (made: Iterable<readonly PurchaseRow[]>): PurchaseRow[] => {
      const rows: PurchaseRow[] = [];
      for (const basket of made) if (rows.push(...basket) > 2000) break;
      return rows;
    };
    const first = firstOf(baskets);
    expect(firstOf(again.baskets())).toEqual(first);
    expect(firstOf(shop.baskets())).toEqual(first);
    expect(firstOf(makeSampleShop({ today: TODAY, calendar, seed: 7 }).baskets())).not.toEqual(first);
  });

  it('sells about two thousand products, each with its own name, code and price', () => {
    expect(shop.products.length).toBeGreaterThan(1800);
    expect(shop.products.length).toBeLessThan(2300);
    expect(new Set(shop.products.map(({ code }) => code)).size).toBe(shop.products.length);
    expect(new Set(shop.products.map(({ name }) => name)).size).toBe(shop.products.length);
    for (const { code, priceCents, name } of shop.products) {
      expect(code).toMatch(/^9501101\d{6}$/);
      expect(gs1CheckDigit(code.slice(0, 12))).toBe(code.slice(12));
      expect(priceCents, name).toBeGreaterThanOrEqual(40);
      expect(priceCents, name).toBeLessThan(6000);
    }
  });

  it('has a word on every category, and the law’s classes among them', () => {
    for (const { category } of shop.products) expect(shop.policy).toHaveProperty([category ?? '']);
    expect(new Set(Object.values(shop.policy))).toEqual(new Set([...FORBIDDEN_CLASSES, ...SENSITIVE_CLASSES, 'ok']));
    for (const { category, flags } of shop.products) {
      const mapped = shop.policy[category ?? ''];
      expect(flags).toEqual(mapped === 'ok' ? [] : [mapped]);
    }
  });
});

describe('the cards', () => {
  it('are three hundred of the default grammar, each with one customer', () => {
    const cards = shop.customers.map(({ card }) => card ?? '');
    expect(new Set(cards).size).toBe(300);
    for (const card of cards) {
      expect(card).toMatch(/^6340\d{14}$/);
      expect(isLuhn(card)).toBe(true);
    }
  });

  it('to try do what their labels say', () => {
    const codeOf = new Map(shop.customers.map((customer) => [customer.card, customer]));
    const found = Object.fromEntries(shop.cardsToTry.map(({ key, card }) => [key, codeOf.get(card)]));
    expect(found['family']).toMatchObject({ kind: 'family', optedOut: false, status: 'active' });
    expect(found['student']?.kind).toBe('student');
    expect(found['retired']?.kind).toBe('retired');
    expect(found['opted-out']?.optedOut).toBe(true);
    expect(found['blocked']?.status).toBe('blocked');
    expect(found['unknown']).toBeUndefined();
    expect(shop.cardsToTry.every(({ card }) => isLuhn(card))).toBe(true);
    const window = calendar.startOf(addDays(TODAY, -56));
    const visits = (code: string | undefined): number =>
      baskets.filter(([line]) => line?.customerCode === code && line !== undefined && line.at >= window).length;
    expect(visits(found['twice']?.customerCode)).toBe(2);
    expect(visits(found['family']?.customerCode)).toBeGreaterThan(20);
    for (const { label } of shop.cardsToTry) for (const language of LANGUAGES) expect(label[language]).not.toBe('');
  });

  it('are mostly Finnish, some Swedish, some English', () => {
    const count = (language: string | null): number => shop.customers.filter((c) => c.language === language).length;
    expect(count('fi') + count(null)).toBeGreaterThan(240);
    expect(count('sv')).toBeGreaterThan(5);
    expect(count('en')).toBeGreaterThan(3);
  });
});

describe('the sales', () => {
  it('come in order of time over twelve weeks, none after nine o’clock today', () => {
    const times = baskets.map(([line]) => line?.at ?? 0);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(calendar.dayOf(instant(times[0] ?? 0))).toBe(shop.firstDay);
    // A quiet Sunday morning may bring nobody before nine.
    expect(calendar.dayOf(instant(times.at(-1) ?? 0))).toBeGreaterThanOrEqual(TODAY - 1);
    expect(shop.lastDay - shop.firstDay + 1).toBe(SAMPLE_DAYS);
    expect(calendar.isoLocal(instant(times.at(-1) ?? 0)) <= `${isoDay(TODAY)}T09:00`).toBe(true);
  });

  it('stop earlier where the day is younger than that', () => {
    const notAfter = calendar.startOf(TODAY);
    const early = makeSampleShop({ today: TODAY, calendar, notAfter });
    let latest = 0;
    for (const [line] of early.baskets()) latest = Math.max(latest, line?.at ?? 0);
    expect(latest).toBeLessThanOrEqual(notAfter);
    expect(calendar.dayOf(instant(latest))).toBe(addDays(TODAY, -1));
  });

  it('happen in opening hours, also on the night the clocks change', () => {
    for (const [line] of baskets) {
      const clock = calendar.isoLocal(line?.at ?? instant(0)).slice(11);
      expect(clock >= '07:00' && clock <= '22:00').toBe(true);
    }
  });

  it('are of known customers and products, each basket with one customer and each product once in it', () => {
    expect(new Set(baskets.map(([line]) => line?.basketCode)).size).toBe(baskets.length);
    const wrong = baskets.filter(
      (basket) =>
        basket.length === 0 ||
        new Set(basket.map(({ customerCode }) => customerCode)).size !== 1 ||
        new Set(basket.map(({ productCode }) => productCode)).size !== basket.length ||
        !basket.every((line) => kindOf.has(line.customerCode) && productOf.has(line.productCode)),
    );
    expect(wrong).toEqual([]);
    expect(lines.every(({ quantityMilli, priceCents }) => quantityMilli > 0 && (priceCents ?? 0) > 0)).toBe(true);
  });

  it('add up to a corner shop: about a hundred thousand lines, twenty to fifty euros a basket', () => {
    expect(lines.length).toBeGreaterThan(70_000);
    expect(lines.length).toBeLessThan(130_000);
    const euros = lines.reduce((sum, { priceCents }) => sum + (priceCents ?? 0), 0) / 100;
    expect(euros / baskets.length).toBeGreaterThan(20);
    expect(euros / baskets.length).toBeLessThan(60);
    const sold = new Set(lines.map(({ productCode }) => productCode));
    expect(sold.size / shop.products.length).toBeGreaterThan(0.85);
  });

  it('show habits: most of what a family buys it has bought before', () => {
    const code = shop.customers[0]?.customerCode;
    const own = lines.filter(({ customerCode }) => customerCode === code);
    const seen = new Set<string>();
    let again = 0;
    for (const { productCode } of own) {
      if (seen.has(productCode)) again++;
      seen.add(productCode);
    }
    expect(again / own.length).toBeGreaterThan(0.6);
  });

  it('follow the season: Christmas things in November, none of them in June', () => {
    const christmas = (made: readonly PurchaseRow[]): number =>
      made.filter(({ productCode }) => /glögi|joulu|piparkakku /i.test(productOf.get(productCode)?.name ?? '')).length;
    expect(christmas(lines)).toBeGreaterThan(100);
    const june = makeSampleShop({ today: day(2026, 6, 20), calendar });
    expect(christmas([...june.baskets()].flat())).toBe(0);
  });
});

describe('the households', () => {
  it('of one kind are more alike than those of different kinds', () => {
    const vectors = new Map<string, Map<string, number>>();
    for (const { customerCode, productCode } of lines) {
      const vector = vectors.get(customerCode) ?? new Map<string, number>();
      vectors.set(customerCode, vector.set(productCode, (vector.get(productCode) ?? 0) + 1));
    }
    const sums = { within: [0, 0], across: [0, 0] };
    const some = [...vectors].filter(([code]) => kindOf.get(code) !== 'seldom').slice(0, 120);
    for (const [i, [codeA, a]] of some.entries()) {
      for (const [codeB, b] of some.slice(i + 1)) {
        const sum = kindOf.get(codeA) === kindOf.get(codeB) ? sums.within : sums.across;
        sum[0] = (sum[0] ?? 0) + cosine(a, b);
        sum[1] = (sum[1] ?? 0) + 1;
      }
    }
    const mean = ([total = 0, count = 1]: number[]): number => total / count;
    expect(mean(sums.within)).toBeGreaterThan(1.4 * mean(sums.across));
  });

  it('of vegans buy no meat, fish or dairy', () => {
    const vegan = lines.filter(({ customerCode }) => kindOf.get(customerCode) === 'vegan');
    const departments = new Set(vegan.map(({ productCode }) => productOf.get(productCode)?.department));
    for (const department of ['Liha', 'Kala', 'Maitotuotteet']) expect(departments).not.toContain(department);
  });
});

describe('the seasons', () => {
  it('know when Easter is', () => {
    const known = [
      [2024, 3, 31],
      [2025, 4, 20],
      [2026, 4, 5],
      [2027, 3, 28],
      [2038, 4, 25],
    ] as const;
    for (const [year, month, date] of known) expect(easterSunday(year)).toBe(day(year, month, date));
  });

  it('have Shrove buns until Shrove Tuesday, and crayfish from the 21st of July', () => {
    expect(seasonsOn(day(2026, 2, 17))).toContain('laskiainen');
    expect(seasonsOn(day(2026, 2, 18))).not.toContain('laskiainen');
    expect(seasonsOn(day(2026, 7, 20))).not.toContain('ravut');
    expect(seasonsOn(day(2026, 7, 21))).toContain('ravut');
    expect(seasonsOn(day(2026, 12, 24))).toContain('joulu');
  });
});

function day(year: number, month: number, date: number): LocalDay {
  const found = dayOfDate(year, month, date);
  if (found === null) throw new RangeError(`No such day: ${year}-${month}-${date}`);
  return found;
}

function isLuhn(digits: string): boolean {
  let sum = 0;
  [...digits].reverse().forEach((digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  });
  return sum % 10 === 0;
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let dot = 0;
  for (const [key, value] of a) dot += value * (b.get(key) ?? 0);
  return dot / Math.sqrt(squares(a) * squares(b));
}

function squares(vector: ReadonlyMap<string, number>): number {
  return [...vector.values()].reduce((sum, value) => sum + value * value, 0);
}
