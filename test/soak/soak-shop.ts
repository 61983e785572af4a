// The shop of the soaks: small enough to open in a blink, with everything a visit touches, and days that pass as told.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openShop, type Shop } from '../../src/app.ts';
import { configSchema, type Config } from '../../src/config/schema.ts';
import { instant, type Instant } from '../../src/domain/calendar.ts';
import type { Clock } from '../../src/domain/clock.ts';
import type { PurchaseRow } from '../../src/domain/shop-rows.ts';
import { cents } from '../../src/domain/money.ts';
import { realClock } from '../../src/system/real-clock.ts';

export const DAY_MS = 86_400_000;
export const CUSTOMERS = 40;
const PRODUCTS = 60;
const FIRST_DAY = Date.UTC(2026, 8, 1, 9);

export const dayStart = (day: number): Instant => instant(FIRST_DAY + day * DAY_MS);
export const cardOf = (customer: number): string => `63400${String(customer).padStart(5, '0')}`;

/** The shop's day is set; within it time runs as it does. */
export class SoakClock implements Clock {
  #day: number;
  #sinceMs = realClock.monotonicMs();

  constructor(day: number) {
    this.#day = day;
  }

  setDay(day: number): void {
    this.#day = day;
    this.#sinceMs = realClock.monotonicMs();
  }

  now(): Instant {
    return instant(dayStart(this.#day) + Math.floor(this.monotonicMs() - this.#sinceMs));
  }

  monotonicMs(): number {
    return realClock.monotonicMs();
  }

  after(waitMs: number, call: () => void): () => void {
    return realClock.after(waitMs, call);
  }

  sleep(waitMs: number, signal?: AbortSignal): Promise<void> {
    return realClock.sleep(waitMs, signal);
  }
}

export function soakConfig(folder: string): Config {
  return configSchema.parse({
    data: join(folder, 'data'),
    secrets: join(folder, 'secrets'),
    gs1: { companyPrefix: '6412345' },
    cards: [{ prefix: '63400', length: 10, check: 'none' }],
    policy: { categories: { '*': 'ok' } },
    visit: { daysBetweenStrips: 0 },
    holdout: { customersPercent: 0 },
  });
}

export function openSoakShop(folder: string, clock: Clock): Shop {
  return openShop(soakConfig(folder), {
    clock,
    report: (error) => {
      throw error;
    },
  });
}

/** Six weeks of purchases before day 0, and a model of them. */
export async function makeSoakShop(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  using shop = openSoakShop(folder, new SoakClock(0));
  const intake = shop.intake();
  takeShelvesAndCards(shop, CUSTOMERS);
  for (let day = -42; day < 0; day++) intake.takePurchases(purchasesOn(day));
  await shop.train({ asOf: dayStart(0), signal: new AbortController().signal, onProgress: () => undefined });
}

export function takeShelvesAndCards(shop: Shop, customers: number): void {
  const intake = shop.intake();
  intake.takeProducts(
    Array.from({ length: PRODUCTS }, (_, product) => ({
      code: productCode(product),
      name: `Tuote ${product} 1 kg`,
      category: `Laji ${product % 12}`,
      department: `Osasto ${product % 4}`,
      priceCents: cents(100 + ((product * 37) % 500)),
      flags: ['ok' as const],
    })),
  );
  intake.takeCustomers(
    Array.from({ length: customers }, (_, customer) => ({
      customerCode: customerCode(customer),
      card: cardOf(customer),
      language: null,
      status: 'active' as const,
      optedOut: false,
    })),
    dayStart(-60),
  );
}

/** What the shop sells on a day; the same for the same day. */
export function purchasesOn(day: number): readonly PurchaseRow[] {
  const rows: PurchaseRow[] = [];
  for (let customer = 0; customer < CUSTOMERS; customer++) {
    if ((customer + day + 900) % 3 === 0) rows.push(...basketOf(customer, day));
  }
  return rows;
}

/** Habits of three kinds of household, each customer's own a little different. */
export function basketOf(customer: number, day: number): readonly PurchaseRow[] {
  return Array.from({ length: 8 }, (_, place) => {
    const product = ((customer % 3) * 20 + ((customer * 5 + place * 7 + (((day + 90) * place) % 5)) % 24)) % PRODUCTS;
    return {
      customerCode: customerCode(customer),
      basketCode: basketCode(day, customer),
      at: instant(dayStart(day) + (customer % 500) * 60_000),
      productCode: productCode(product),
      quantityMilli: 1000,
      priceCents: cents(199),
    };
  });
}

export const basketCode = (day: number, customer: number): string => `B${day}-${customer}`;
export const customerCode = (customer: number): string => `C${String(customer).padStart(3, '0')}`;
const productCode = (product: number): string => `P${String(product).padStart(2, '0')}`;
