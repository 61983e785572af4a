// The main job: a card at a serial scanner, six coupons on a network printer, and one of them comes back.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDaemon } from './daemon-process.ts';
import { keepEvidence } from './evidence.ts';
import { areThere } from './needed-programs.ts';
import { plugInPrinter } from './network-printer.ts';
import { codeOf, couponInLedger, readCodes } from './read-codes.ts';
import { plugInSerialPair } from './serial-pair.ts';
import type { ShopFolder } from './shop-folder.ts';
import { cardOf, dayFromToday, makeSmallShop } from './small-shop.ts';
import { until } from './until.ts';

describe.skipIf(!areThere('socat', 'ZXingReader'))('a card is held up', () => {
  let shop: ShopFolder;
  beforeAll(async () => {
    shop = await makeSmallShop();
  });
  afterAll(() => shop.remove());

  it('and six coupons come out, are read back, and one is redeemed once', async () => {
    await using scanner = await plugInSerialPair(shop.path('scanner'));
    await using outside = await plugInPrinter();
    shop.configure({
      scanner: { type: 'serial', path: scanner.device },
      printer: { transport: { type: 'tcp', host: '127.0.0.1', port: outside.port } },
    });
    await using yesterday = await startDaemon(shop, '--at', `${dayFromToday(-1)}T12:00`);
    await until('the scanner', async () => (await yesterday.status()).scanner.state === 'ready');
    scanner.scan(cardOf(0));
    const visit = await until(
      'the strip to end',
      async () => (await yesterday.status()).lastVisits.find(({ end }) => end !== null) ?? null,
    );
    expect(visit).toMatchObject({ outcome: 'printing', end: 'printed', coupons: 6 });
    expect(outside.strips).toHaveLength(1);
    const [strip] = outside.strips;
    if (strip === undefined) return;
    expect(strip.problems).toEqual([]);
    keepEvidence('small-shop-strip.png', strip.png);

    const read = await readCodes({ png: strip.png, file: shop.path('strip.png') });
    const coupons = await Promise.all(
      (await yesterday.visit(visit.visit)).coupons.map(({ serial }) => couponInLedger(shop, serial)),
    );
    expect(coupons.map(({ state }) => state)).toEqual(Array(6).fill('printed'));
    expect(coupons.map(({ slot }) => slot)).toEqual(['habitual', 'habitual', 'habitual', 'habitual', 'new', 'new']);
    expect([...read].sort()).toEqual(coupons.map(codeOf).sort());

    const [code = ''] = read;
    expect(await yesterday.redeem(code)).toMatchObject({ outcome: 'not-yet-valid' });
    expect(await yesterday.end('SIGTERM')).toMatchObject({ code: 0 });

    await using today = await startDaemon(shop);
    expect(await today.redeem(code)).toMatchObject({ outcome: 'redeemed' });
    const second = await shop.tillcat('coupon', 'redeem', code);
    expect(second.code).toBe(1);
    expect(second.out).toContain(new Date().toLocaleDateString('fi-FI', { timeZone: 'Europe/Helsinki' }));
    await until('the counts', async () => (await today.status()).coupons['redeemed'] === 1);
    // Their strip was yesterday: the next one is due in six days.
    expect((await today.scan(cardOf(0))).outcome).toBe('capped');
    expect(outside.strips).toHaveLength(1);
  });
});
