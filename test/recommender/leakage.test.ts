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
    [ASKED, at(TODAY, 15), at(TODAY + 3, 9)].flatMap((time) => [101, 206, 900].map((of) => line(customer, time, of))),
  );
}

async function askedOf(name: string, isToldTheFuture: boolean) {
  const shop: Shop = openShop(
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
  shop[Symbol.dispose]();
  return { bytes, ranked, lines: summary.lines };
}

describe('what comes after the instant', () => {
  it('changes no byte of the model and no place of a list', async () => {
    const past = await askedOf('past', false);
    const future = await askedOf('future', true);
    expect(past.ranked.every(({ habitual }) => habitual.length > 0)).toBe(true);
    expect(future.lines).toBe(past.lines);
    expect(future.ranked).toEqual(past.ranked);
    expect(future.bytes.equals(past.bytes)).toBe(true);
  });
});
