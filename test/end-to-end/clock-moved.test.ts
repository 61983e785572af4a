// The machine's clock is moved under a running daemon, and between two of its runs: told clearly, harmless, and over by itself.
import { expect, test } from 'vitest';
import { z } from 'zod';
import { startDaemon } from './daemon-process.ts';
import { canFakeClock, fakeClock } from './faked-clock.ts';
import type { ShopFolder } from './shop-folder.ts';
import { cardOf, makeSmallShop } from './small-shop.ts';
import { until } from './until.ts';

const A_YEAR = 365;

async function linesOf(shop: ShopFolder, card: string): Promise<number> {
  const record: unknown = JSON.parse(await shop.must('customer', 'export', card));
  return z.object({ purchases: z.array(z.unknown()) }).parse(record).purchases.length;
}

test.skipIf(!canFakeClock)(
  'a year ahead while it runs, a year ahead and a day back at its start (skipped without a C compiler)',
  async () => {
    const shop = await makeSmallShop();
    try {
      using clock = fakeClock({ isSynchronised: false });
      const lines = await linesOf(shop, cardOf(0));
      expect(lines).toBeGreaterThan(50);
      const serials: string[] = [];
      {
        await using daemon = await startDaemon(shop);
        const served = async (customer: number): Promise<void> => {
          const { outcome, coupons } = await daemon.scan(cardOf(customer));
          expect(outcome).toBe('printing');
          serials.push(...coupons.map(({ serial }) => serial));
          await until('the strip', async () => (await daemon.status()).printer.state === 'ready');
        };
        await served(0);
        clock.move(A_YEAR);
        expect((await daemon.scan(cardOf(1))).outcome).toBe('nothing-to-offer');
        const told = await daemon.status();
        expect(told).toMatchObject({ state: 'unable', clock: { state: 'doubtful' } });
        expect(told.problems.join(' ')).toContain('The clock is not believed');
        expect(await shop.tillcat('status')).toMatchObject({ code: 1 });
        // Judged by the time that was believed: too early, which it is, and not a year too late.
        expect((await daemon.redeem(serials[0] ?? '')).outcome).toBe('not-yet-valid');
        for (const command of ['purge', 'train']) {
          const { code, err } = await shop.tillcat(command);
          expect([code, err]).toEqual([1, expect.stringContaining('The clock is not believed')]);
        }
        await shop.must('backup', '--nightly');
        expect((await shop.tillcat('doctor')).out).toMatch(/clock .*is not believed/);
        clock.move(0);
        await served(2);
        expect(await daemon.status()).toMatchObject({ clock: { state: 'ok' } });
        expect(daemon.story()).toContain('the clock is not believed');
        await daemon.end('SIGTERM');
      }
      for (const days of [A_YEAR, -1]) {
        clock.move(days);
        await using daemon = await startDaemon(shop);
        expect(await daemon.status()).toMatchObject({ state: 'unable', clock: { state: 'doubtful' } });
        expect((await daemon.scan(cardOf(3))).outcome).toBe('nothing-to-offer');
        await daemon.end('SIGTERM');
      }
      clock.move(0);
      await using daemon = await startDaemon(shop);
      expect((await daemon.scan(cardOf(3))).outcome).toBe('printing');
      expect(await linesOf(shop, cardOf(0))).toBe(lines);
      expect(new Set(serials).size).toBe(12);
    } finally {
      shop.remove();
    }
  },
  180_000,
);
