// The daemon is killed while a strip is printing: the ledger does not know what came out, and nothing comes out twice.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDaemon } from './daemon-process.ts';
import { plugInPrinter } from './network-printer.ts';
import type { ShopFolder } from './shop-folder.ts';
import { cardOf, makeSmallShop } from './small-shop.ts';
import { until } from './until.ts';

/** Where in the strip, of some 1500 bytes, the printer takes no more and the daemon dies: at its head, in its middle, near its end. */
const KILLED_AFTER_BYTES = [120, 750, 1350];

describe('killed with kill -9 in the middle of a strip', () => {
  let shop: ShopFolder;
  beforeAll(async () => {
    shop = await makeSmallShop();
  });
  afterAll(() => shop.remove());

  it('the ledger says unknown, nothing is printed twice, and the next customer is served', async () => {
    await using outside = await plugInPrinter();
    shop.configure({
      scanner: { type: 'none' },
      printer: { transport: { type: 'tcp', host: '127.0.0.1', port: outside.port } },
    });
    const serials: string[] = [];
    for (const [i, bytes] of KILLED_AFTER_BYTES.entries()) {
      const { visit, cut } = await killedAfter(bytes, cardOf(2 * i));
      await using again = await startDaemon(shop);
      await until('the printer', async () => (await again.status()).printer.state === 'ready');
      const record = await again.visit(visit);
      expect(record).toMatchObject({ end: 'unknown', coupons: Array(6).fill({ state: 'unknown' }) });
      expect(again.story()).toContain('is not printed again');
      // For all we know they have their strip.
      expect((await again.scan(cardOf(2 * i))).outcome).toBe('capped');

      const next = await again.scan(cardOf(2 * i + 1));
      expect(next.outcome).toBe('printing');
      await until('the next strip', async () => (await again.visit(next.visit)).end === 'printed');
      const mine = next.coupons.map(({ serial }) => serial);
      const last = outside.strips.at(-1)?.text.replaceAll(' ', '') ?? '';
      expect(mine.every((serial) => last.includes(serial))).toBe(true);
      expect(cut.some((serial) => last.includes(serial))).toBe(false);
      serials.push(...cut, ...mine);
      expect((await again.end('SIGTERM')).code).toBe(0);
    }
    const sent = Buffer.from(outside.received()).toString('latin1').replaceAll(' ', '');
    // A serial stands once in words; its bars hold it in pairs of digits, not as text.
    expect(serials.filter((serial) => sent.split(serial).length > 2)).toEqual([]);
    expect(outside.printer.problems.filter((problem) => !problem.includes('blade'))).toEqual([]);

    async function killedAfter(count: number, card: string): Promise<{ visit: string; cut: readonly string[] }> {
      await using daemon = await startDaemon(shop);
      await until('the printer', async () => (await daemon.status()).printer.state === 'ready');
      outside.printer.setAfterBytes(count, { stalled: true });
      const { visit, coupons } = await daemon.scan(card);
      await until('the printer to stall', () => outside.printer.faults.stalled);
      expect(await daemon.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
      outside.printer.set({ stalled: false });
      return { visit, cut: coupons.map(({ serial }) => serial) };
    }
  });
});
