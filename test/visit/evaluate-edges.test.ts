// An evaluation at its edges: a cut within a day, the same cut twice, shops of one product, of no price, of a policy without words.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openShop } from '../../src/app.ts';
import { configSchema } from '../../src/config/schema.ts';
import { addDays, instant, type Instant } from '../../src/domain/calendar.ts';
import { cents } from '../../src/domain/money.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';
import { calendar, NOW, TODAY, timeOf } from './corner-shop.ts';
import { openTill } from './open-till.ts';

const folder = mkdtempSync(join(tmpdir(), 'tillcat-evaluate-edges-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const asOf = calendar.startOf(addDays(TODAY, 1));
const { signal } = new AbortController();
const order = (cuts: readonly Instant[], isLastBasket = false) => {
  return { asOf, cuts, isLastBasket, signal, onProgress: () => undefined };
};

describe('a cut within a day', () => {
  // Seventeen regulars were here for the last time at noon of 20 November, and three or four days before that.
  it('judges no visit it was trained on: not the day it cuts in two', async () => {
    await using till = await openTill();
    const visitsAfter = async (cut: string) => (await till.shop.evaluate(order([timeOf(cut)]))).report;
    expect(await visitsAfter('2026-11-20')).toMatchObject({ visits: 17, cuts: [{ cut: '2026-11-20' }] });
    expect(await visitsAfter('2026-11-19T23:59')).toMatchObject({ visits: 17, cuts: [{ cut: '2026-11-19T23:59' }] });
    for (const cut of ['2026-11-20T00:01', '2026-11-20T23:59']) {
      await expect(visitsAfter(cut)).rejects.toThrow('nobody came back within 28 days after 2026-11-20');
    }
  });

  it('is refused where another judges the same visits', async () => {
    await using till = await openTill();
    for (const cuts of [
      ['2026-11-09', '2026-11-13', '2026-11-13'],
      ['2026-11-12T10:00', '2026-11-12T11:00'],
    ]) {
      await expect(till.shop.evaluate(order(cuts.map(timeOf)))).rejects.toThrow(
        'two instants of --cut judge the visits from 2026-11-13 on; leave one out',
      );
    }
  });
});

/** Forty customers, every four days, of nothing but milk; every second one was here last `awayDays` before the others. */
async function milkShop(of: {
  priceCents: number;
  policy: Record<string, 'ok'>;
  isLastBasket: boolean;
  awayDays?: number;
}) {
  const data = mkdtempSync(join(folder, 'shop-'));
  const config = configSchema.parse({ data, secrets: join(data, 'secrets'), policy: { categories: of.policy } });
  using shop = openShop(config, {
    clock: new SimulatedClock(NOW),
    report: (error) => expect.unreachable(error.message),
  });
  const customers = Array.from({ length: 40 }, (_, i) => `c${i}`);
  const intake = shop.intake();
  const milk = { code: 'MILK', name: 'Maito', category: 'Maidot', department: null, flags: [] };
  intake.takeProducts([{ ...milk, priceCents: cents(of.priceCents) }]);
  intake.takeCustomers(
    customers.map((code) => ({ customerCode: code, card: code, language: null, status: 'active', optedOut: false })),
    NOW,
  );
  const days = Array.from({ length: 12 }, (_, i) => addDays(TODAY, -1 - i * 4));
  intake.takePurchases(
    customers.flatMap((customerCode, i) =>
      days
        .map((day) => addDays(day, -(i % 2) * (of.awayDays ?? 0)))
        .map((day) => ({
          customerCode,
          basketCode: `${customerCode}-${day}`,
          at: instant(calendar.startOf(day) + 12 * 3_600_000),
          productCode: 'MILK',
          quantityMilli: 1000,
          priceCents: cents(of.priceCents),
        })),
    ),
  );
  return await shop.evaluate(order([calendar.startOf(addDays(TODAY, -18))], of.isLastBasket));
}

const OK = { '*': 'ok' } as const;

describe('weekly strips', () => {
  it('are for everybody who bought, also where nobody is anybody’s neighbour', async () => {
    const { report, text } = await milkShop({ priceCents: 200, policy: OK, isLastBasket: false });
    // The weeks that begin 18, 11 and 4 days back.
    expect(report.variety).toMatchObject({ customers: 40, strips: 120, productsPrinted: 1, emptyFor: null });
    expect(text).not.toContain('policy.categories');
  });

  it.each([
    ['the price is nothing', 0, OK, 'what is bought costs too little for a coupon; see the prices of the products'],
    ['nobody has a word for the category', 200, {}, 'nothing may be printed; see policy.categories'],
  ])('say why there are none where %s', async (_, priceCents, policy, why) => {
    const { text } = await milkShop({ priceCents, policy, isLastBasket: false });
    expect(text).toContain(`weekly strips: none; ${why}\n`);
  });
});

it.each([0, 20])('chances at last visits, %i days apart, are not said to be right or wrong', async (awayDays) => {
  // Where fourteen days are known after a last visit, they are known of those who stayed away.
  const { report, text } = await milkShop({ priceCents: 200, policy: OK, isLastBasket: true, awayDays });
  expect(report.lists.habitual.calibrationError).toBeNull();
  expect(text).toMatch(/first 4 places: .*chance within 14 days not measured/);
  expect(text).not.toContain('off by');
});
