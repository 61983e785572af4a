// A copy asked for at the command line, printed by the daemon that has the printer.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDaemon } from './daemon-process.ts';
import { plugInPrinter } from './network-printer.ts';
import type { ShopFolder } from './shop-folder.ts';
import { cardOf, makeSmallShop } from './small-shop.ts';
import { until } from './until.ts';

describe('tillcat coupon reprint', () => {
  let shop: ShopFolder;
  beforeAll(async () => {
    shop = await makeSmallShop();
  });
  afterAll(() => shop.remove());

  it('prints the same coupons once more, and says why it does not', async () => {
    await using outside = await plugInPrinter();
    shop.configure({ printer: { transport: { type: 'tcp', host: '127.0.0.1', port: outside.port } } });
    const absent = await shop.tillcat('coupon', 'reprint', '01-000001', '--reason', 'torn');
    expect([absent.code, absent.err]).toEqual([1, expect.stringContaining('start it: tillcat run')]);

    await using daemon = await startDaemon(shop);
    await until('the printer', async () => (await daemon.status()).printer.state === 'ready');
    const { visit } = await daemon.scan(cardOf(1));
    await until('the strip', () => outside.strips.length === 1);
    await until('its end', async () => (await daemon.visit(visit)).end === 'printed');

    expect((await shop.tillcat('coupon', 'reprint', visit)).code).toBe(2);
    const unknown = await shop.tillcat('coupon', 'reprint', '01-999999', '--reason', 'torn');
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('There is no visit')]);

    for (const copies of [1, 2]) {
      const copied = await shop.tillcat('coupon', 'reprint', visit, '--reason', 'unreadable', '--json');
      expect(copied.code).toBe(0);
      expect(JSON.parse(copied.out)).toMatchObject({ visit, outcome: 'copying', copies });
      await until('the copy', () => outside.strips.length === 1 + copies);
    }
    const [first, copy] = outside.strips.map(({ text }) => text);
    expect(first).not.toContain('KOPIO');
    expect(copy).toContain('*** KOPIO ***');
    const codes = (text = ''): readonly string[] => text.match(/\(17\)\S+/g) ?? [];
    expect(codes(copy)).toEqual(codes(first));
    const third = await shop.tillcat('coupon', 'reprint', visit, '--reason', 'other');
    expect([third.code, third.out]).toEqual([1, expect.stringContaining('kopiot')]);
    const metrics = await (await fetch(`${daemon.address}/metrics`)).text();
    expect(metrics).toContain('tillcat_reprints_total{reason="unreadable",outcome="copying"} 2');
  });
});
