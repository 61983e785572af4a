// A sale is taken back and rung up again: the customer's coupon is not eaten by it, and counts once all the same.
import { expect, test } from 'vitest';
import { linesIn } from '../store/shop-of-tests.ts';
import { CARDS, codeOf } from './corner-shop.ts';
import { openTill, type OpenTill } from './open-till.ts';

/** Two coupons printed, and the day on which they are good has come. */
async function withCoupons(till: OpenTill): Promise<readonly [string, string]> {
  const { coupons } = await till.serve(CARDS.anna);
  till.goTo('2026-11-25T10:00');
  return [coupons[0]?.serial ?? expect.fail('no coupon'), coupons[1]?.serial ?? expect.fail('one coupon')];
}

test.each([CARDS.anna, CARDS.nobody, undefined])(
  'a void gives back what was used in its sale (card %s)',
  async (card) => {
    await using till = await openTill();
    const [one, two] = await withCoupons(till);
    till.redeem(one, '77');
    till.redeem(two);
    const sale = { number: '77', isVoid: true, ...(card === undefined ? {} : { card }) };
    expect(till.sell(sale)).toEqual({ outcome: 'voided', lines: 0, visit: null, givenBack: [one] });
    expect(till.sell(sale).givenBack).toEqual([]);
    expect(till.redeem(one, '78').outcome).toBe('redeemed');
    expect(till.redeem(one, '78').outcome).toBe('already-used');
    expect(till.redeem(two, '78').outcome).toBe('already-used');
  },
);

test('a void that comes before the use takes nothing back, and the use counts', async () => {
  await using till = await openTill();
  const [one] = await withCoupons(till);
  till.sell({ number: '77', isVoid: true });
  expect(till.redeem(one, '77').outcome).toBe('redeemed');
  expect(till.redeem(one, '78').outcome).toBe('already-used');
});

test('a void of another till’s sale of that number takes nothing back', async () => {
  await using till = await openTill();
  const [one] = await withCoupons(till);
  till.redeem(one, '77');
  expect(till.sell({ number: '77', till: '02', isVoid: true }).givenBack).toEqual([]);
  expect(till.redeem(one, '78').outcome).toBe('already-used');
});

test('a redemption sent again after the void is no longer told the answer it had: it counts anew', async () => {
  await using till = await openTill();
  const [one, two] = await withCoupons(till);
  const send = (code: string) =>
    till.desk.idempotent({ key: `redeem|${code}`, bodyDigest: 'a'.repeat(64) }, () => {
      const result = till.redeem(code, code === one ? '77' : '76');
      return JSON.stringify({ coupon: 'coupon' in result ? { serial: result.coupon.serial } : null });
    });
  for (const code of [one, two]) expect(send(code).state).toBe('fresh');
  till.sell({ number: '77', isVoid: true });
  expect([send(one).state, send(two).state]).toEqual(['fresh', 'stored']);
  expect(till.redeem(one, '79').outcome).toBe('already-used');
});

test('what was given back is still so after a power cut, and what was used again too', async () => {
  await using till = await openTill();
  const [one, two] = await withCoupons(till);
  for (const code of [one, two]) till.redeem(code, '77');
  till.sell({ number: '77', isVoid: true });
  till.redeem(two, '78');
  await using again = await till.cutPower();
  expect(again.redeem(one, '79').outcome).toBe('redeemed');
  expect(again.redeem(two, '79').outcome).toBe('already-used');
});

test('a void is taken whole or not at all', async () => {
  await using till = await openTill();
  const [one] = await withCoupons(till);
  till.redeem(one, '77');
  till.sell({ number: '77', card: CARDS.anna, products: [codeOf('Maito 1 l')] });
  const lines = linesIn(till.shop.db);
  till.shop.db.exec(
    `create temp trigger full_disk before delete on purchase begin select raise(abort, 'no room'); end`,
  );
  expect(() => till.sell({ number: '77', card: CARDS.anna, isVoid: true })).toThrow('no room');
  till.shop.db.exec('drop trigger full_disk');
  expect([till.redeem(one, '78').outcome, linesIn(till.shop.db)]).toEqual(['already-used', lines]);
  expect(till.sell({ number: '77', card: CARDS.anna, isVoid: true }).givenBack).toEqual([one]);
  expect(linesIn(till.shop.db)).toBe(lines - 1);
});
