// From the store's doors to the ranked list: purchases after the instant change nothing, neither the model nor a ranking.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../../src/app.ts';
import { configSchema } from '../../src/config/schema.ts';
import { instant } from '../../src/domain/calendar.ts';
import type { PurchaseRow } from '../../src/domain/shop-rows.ts';
import { realClock } from '../../src/system/real-clock.ts';
import { TODAY, twoTastes } from './small-shop.ts';

const folder = mkdtempSync(join(tmpdir(), 'tillcat-leakage-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Nine in the morning of a shop's day in UTC; the instant asked about is noon of the last day. */
const at = (day: number, hour: number) => instant((day * 24 + hour) * 3_600_000);
const ASKED = at(TODAY, 12);

function rows(of: { isLater: boolean }): PurchaseRow[] {
  const line = (customer: number, time: number, product: number): PurchaseRow => ({
    customerCode: `c${customer}`,
    basketCode: String(time),
    at: instant(time),
    productCode: `p${product}`,
    quantityMilli: 1000,
    priceCents: null,
  });
  if (!of.isLater) {
    return twoTastes()
      .filter(([, day]) => day <= TODAY)
      .flatMap(([customer, day, products]) => products.map((product) => line(customer, at(day, 9), product)));
  }
  return [2, 3, 77, 300].flatMap((customer) =>
    [ASKED, at(TODAY, 15), at(TODAY + 3, 9), at(TODAY + 60, 9)].flatMap((time) =>
      [101, 206, 900].map((of) => line(customer, time, of)),
    ),
  );
}

function openNamed(name: string): Shop {
  return openShop(
    configSchema.parse({
      data: join(folder, name),
      secrets: join(folder, 'secrets'),
      shop: { id: '1', name: 'Past', language: 'fi', currency: 'EUR', timeZone: 'UTC' },
      gs1: { companyPrefix: '6412345' },
    }),
    {
      clock: realClock,
      report: (error) => {
        throw error;
      },
    },
  );
}

async function askedOf(name: string, isToldTheFuture: boolean) {
  const shop = openNamed(name);
  const intake = shop.intake();
  intake.takePurchases(rows({ isLater: false }));
  if (isToldTheFuture) intake.takePurchases(rows({ isLater: true }));
  const { signal } = new AbortController();
  const { summary } = await shop.train({ asOf: ASKED, signal, onProgress: () => undefined });
  const ranked = [2, 3, 40, 77].map((customer) =>
    shop.rankCase({ customerCode: `c${customer}`, asOf: ASKED, asOfText: 'then' }, 10),
  );
  const models = join(folder, name, 'models');
  const file = readdirSync(models).find((of) => of.endsWith('.model')) ?? '';
  const bytes = readFileSync(join(models, file));
  // With a model of three days ago: what was sold since then grows the index, up to the instant asked about.
  await shop.train({ asOf: at(TODAY - 3, 12), signal, onProgress: () => undefined });
  shop.model.refresh();
  const decided = [2, 3, 40, 77].map((number) => {
    const customer = shop.customers.findByCode(`c${number}`);
    if (customer === null) throw new Error(`customer ${number} is known`);
    const { ranking, choice } = shop.decide(customer, ASKED);
    return { ranking, choice };
  });
  const grownBy = shop.growth.size;
  shop[Symbol.dispose]();
  return { bytes, ranked, lines: summary.lines, decided, grownBy };
}

/** The model of 15 days ago, judged by the 56 days after it and by nothing later. */
async function judgedOf(name: string, isToldTheFuture: boolean) {
  using shop = openNamed(name);
  const intake = shop.intake();
  intake.takePurchases(rows({ isLater: false }));
  if (isToldTheFuture) intake.takePurchases(rows({ isLater: true }).filter((row) => row.at > at(TODAY + 45, 0)));
  const { signal } = new AbortController();
  const of = { asOf: at(TODAY + 1, 0), cuts: [at(TODAY - 15, 12)], isLastBasket: false };
  return (await shop.evaluate({ ...of, signal, onProgress: () => undefined })).report;
}

describe('what comes after the instant', () => {
  it('changes no byte of the model and no place of a list', async () => {
    const past = await askedOf('past', false);
    const future = await askedOf('future', true);
    expect(past.ranked.every(({ habitual }) => habitual.length > 0)).toBe(true);
    expect(future.lines).toBe(past.lines);
    expect(future.ranked).toEqual(past.ranked);
    expect(future.bytes.equals(past.bytes)).toBe(true);
    // Nor of what is decided at the till, where the day's sales count up to the instant.
    expect(past.grownBy).toBeGreaterThan(10);
    expect(future.grownBy).toBe(past.grownBy);
    expect(past.decided.every(({ ranking }) => ranking.new.length > 0)).toBe(true);
    expect(future.decided).toEqual(past.decided);
  });

  it('changes no figure of an evaluation', async () => {
    const past = await judgedOf('judged-past', false);
    expect(past.visits).toBeGreaterThan(50);
    expect(await judgedOf('judged-future', true)).toEqual(past);
  });
});
