// The customer's rights at the command line: no coupons, everything that is kept to read, and forgotten for good.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShopFolder } from './shop-folder.ts';
import { cardOf, makeSmallShop } from './small-shop.ts';

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
