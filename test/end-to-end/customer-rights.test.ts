// The customer's rights at the command line: no coupons, everything that is kept to read, and forgotten for good.
import { mkdirSync, statSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import { setAsideName } from '../../src/store/kept-copies.ts';
import { startDaemon } from './daemon-process.ts';
import type { ShopFolder } from './shop-folder.ts';
import { cardOf, customersCsv, makeSmallShop } from './small-shop.ts';
import { until } from './until.ts';

let shop: ShopFolder;
beforeAll(async () => {
  shop = await makeSmallShop();
}, 60_000);
afterAll(() => shop.remove());

test('without a daemon `status --json` is JSON too, and exits 2', async () => {
  const { code, out } = await shop.tillcat('status', '--json');
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({
    state: 'not-running',
    problems: [expect.stringContaining('nobody answers')],
  });
});

test('a preview for somebody who wants no coupons says so and makes none up', async () => {
  const card = cardOf(7);
  expect(await shop.must('preview', card)).toContain('nothing was issued');
  await shop.must('customer', 'opt-out', card);
  const said = await shop.must('preview', card);
  expect(said).toMatch(/^this customer wants no coupons since \d{4}-\d{2}-\d{2}; nothing is printed for them\n$/);
  await shop.must('customer', 'opt-out', card, '--undo');
  expect(await shop.must('preview', card)).toContain('nothing was issued');
});

test('everything that is kept of a customer can be handed over, to nobody else', async () => {
  const file = shop.path('customer.json');
  await shop.must('customer', 'export', cardOf(9), '--out', file);
  expect(statSync(file).mode & 0o077).toBe(0);
  const told = await shop.must('customer', 'export', cardOf(9));
  expect(told).toMatch(/^\{\n {2}"customer": \{\n {4}"language": "fi",\n/);
  expect(told.match(/"basket": "B\d"/g)?.length).toBeGreaterThan(50);
  const unknown = await shop.tillcat('customer', 'export', '634000000000099993');
  expect(unknown).toMatchObject({ code: 1, out: '' });
});

test('forgotten while the daemon serves: nothing is told of them, and no backup or import brings them back', async () => {
  const card = cardOf(11);
  await shop.must('backup', shop.path('usb.db'));
  await shop.must('backup', '--nightly');
  await using daemon = await startDaemon(shop);
  const { visit, outcome } = await daemon.scan(card);
  expect(outcome).toBe('printing');
  await until('the strip to be out', async () => (await daemon.status()).printer.state === 'ready');
  mkdirSync(shop.path('var/set-aside'));
  shop.write(`var/set-aside/${setAsideName(instant(Date.now()))}`, 'a store that was on a bad card');
  const said = await shop.must('customer', 'forget', card);
  expect(said).toMatch(/^\S+Z\.db may still hold them .*by itself after \d{4}-\d\d-\d\d, or delete it now$/m);
  expect(said).toMatch(/^card \.\.\d{4}: forgotten, with 1 visit and 6 coupons; .+\nthe night's backup is made anew/);
  expect((await daemon.visit(visit)).coupons.map(({ productName }) => productName)).toEqual(Array(6).fill(null));
  await daemon.end('SIGTERM');

  await shop.must('restore', shop.path('usb.db'));
  await shop.must('import', 'customers', shop.write('customers.csv', customersCsv(40)));
  expect(await shop.tillcat('customer', 'show', card)).toMatchObject({ code: 1 });
  expect((await shop.tillcat('customer', 'show', cardOf(12))).code).toBe(0);
}, 120_000);
