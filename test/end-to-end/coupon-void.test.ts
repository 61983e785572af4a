// Coupons made void at the command line: a recall, or strips that were stolen.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDaemon } from './daemon-process.ts';
import { couponInLedger } from './read-codes.ts';
import type { ShopFolder } from './shop-folder.ts';
import { cardOf, dayFromToday, makeSmallShop } from './small-shop.ts';
import { until } from './until.ts';

describe('tillcat coupon void', () => {
  let shop: ShopFolder;
  let serials: readonly string[] = [];
  beforeAll(async () => {
    shop = await makeSmallShop();
    await using yesterday = await startDaemon(shop, '--at', `${dayFromToday(-1)}T12:00`);
    const { visit } = await yesterday.scan(cardOf(1));
    await until('the strip', async () => (await yesterday.visit(visit)).end === 'printed');
    serials = (await yesterday.visit(visit)).coupons.map(({ serial }) => serial);
    await yesterday.end('SIGTERM');
  });
  afterAll(() => shop.remove());

  const makeVoid = (serial: string, ...more: string[]) => shop.tillcat('coupon', 'void', serial, ...more);
  const serialAt = (place: number): string => serials[place] ?? expect.fail('too few coupons');

  it('lets nobody use it any more, and says so once more where it was void', async () => {
    const serial = serialAt(0);
    const done = await makeVoid(serial, '--reason', 'strips stolen');
    expect([done.code, done.out, done.err]).toEqual([
      0,
      `Coupon ${serial} is void: whoever presents it is refused.\n`,
      '',
    ]);
    expect((await couponInLedger(shop, serial)).state).toBe('void');
    expect((await shop.tillcat('coupon', 'redeem', serial)).out).toBe('Kuponki on mitätöity.\n');
    const again = await makeVoid(serial, '--reason', 'strips stolen', '--json');
    expect([again.code, JSON.parse(again.out)]).toMatchObject([0, { outcome: 'already-void', serial }]);
    expect((await shop.must('customer', 'export', cardOf(1))).includes('command: strips stolen')).toBe(true);
  });

  it('is refused for one that was used, with the day', async () => {
    const serial = serialAt(1);
    await shop.must('coupon', 'redeem', serial);
    const { code, out, err } = await makeVoid(serial, '--reason', 'recall');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/was used on \d{4}-\d\d-\d\d and stays used/);
    expect((await couponInLedger(shop, serial)).state).toBe('redeemed');
  });

  it('is refused without a reason, and for a number that nobody knows', async () => {
    const serial = serialAt(2);
    for (const more of [[], ['--reason', ' '], ['--reason', 'x'.repeat(101)], ['--reason', 'a\nb']]) {
      const { code, err } = await makeVoid(serial, ...more);
      expect([code, err]).toEqual([2, expect.stringContaining('--reason must say why')]);
    }
    expect((await couponInLedger(shop, serial)).state).toBe('printed');
    const unknown = await makeVoid('010000000000', '--reason', 'recall');
    expect([unknown.code, unknown.err]).toEqual([1, 'tillcat: The coupon is not known; check the number.\n']);
    expect((await makeVoid('020000000000', '--reason', 'recall')).err).toContain('till 02 printed it');
  });
});
