// A backup takes the store's place: what was used since stays used, and what was printed since is honoured once.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDaemon, type DaemonProcess } from './daemon-process.ts';
import { codeOf, couponInLedger } from './read-codes.ts';
import type { ShopFolder } from './shop-folder.ts';
import { cardOf, dayFromToday, makeSmallShop } from './small-shop.ts';
import { until } from './until.ts';

let shop: ShopFolder;
beforeAll(async () => {
  shop = await makeSmallShop();
}, 60_000);
afterAll(() => shop.remove());

type Paper = { readonly serial: string; readonly code: string };

async function stripOf(daemon: DaemonProcess, card: string): Promise<readonly [Paper, Paper]> {
  const { visit } = await daemon.scan(card);
  const { coupons } = await until('the strip to end', async () => {
    const record = await daemon.visit(visit);
    return record.end === null ? null : record;
  });
  const [one, two] = await Promise.all(
    coupons.slice(0, 2).map(async ({ serial }) => ({ serial, code: codeOf(await couponInLedger(shop, serial)) })),
  );
  return one === undefined || two === undefined ? expect.fail('no strip') : [one, two];
}

test('a restored till redeems nothing twice and refuses no paper that is good', async () => {
  await using yesterday = await startDaemon(shop, '--at', `${dayFromToday(-1)}T12:00`);
  const [used, kept] = await stripOf(yesterday, cardOf(0));
  await yesterday.end('SIGTERM');
  await shop.must('backup', shop.path('usb.db'));

  await using today = await startDaemon(shop);
  expect(await today.redeem(used.code)).toMatchObject({ outcome: 'redeemed' });
  const [printedSince] = await stripOf(today, cardOf(1));
  await today.end('SIGTERM');
  const said = await shop.must('restore', shop.path('usb.db'));
  expect(said).toContain('Coupons used since the backup (1) stay used.');
  expect(said).toContain('Coupons printed since are good when their whole code is scanned');

  await using tomorrow = await startDaemon(shop, '--at', `${dayFromToday(1)}T12:00`);
  expect(await tomorrow.redeem(used.code)).toMatchObject({ outcome: 'already-used' });
  expect(await tomorrow.redeem(kept.serial)).toMatchObject({ outcome: 'redeemed' });
  expect(await tomorrow.redeem(printedSince.serial)).toMatchObject({
    outcome: 'scan-the-code',
    say: { en: 'The number is not enough for this coupon; scan its bar code.' },
    coupon: null,
  });
  expect(await tomorrow.redeem(printedSince.code)).toMatchObject({ outcome: 'redeemed' });
  expect(await tomorrow.redeem(printedSince.serial)).toMatchObject({ outcome: 'already-used' });
  await tomorrow.end('SIGTERM');
}, 120_000);
