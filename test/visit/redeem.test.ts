// A coupon comes back: read in every way it may be, in its days, once.
import { expect, test } from 'vitest';
import type { Coupon } from '../../src/domain/coupon.ts';
import { CARDS, codeOf } from './corner-shop.ts';
import { linesIn } from '../store/shop-of-tests.ts';
import { openTill, type OpenTill } from './open-till.ts';

async function printed(till: OpenTill): Promise<Coupon> {
  const { coupons } = await till.serve(CARDS.anna);
  return coupons[0] ?? expect.fail('nothing was printed');
}

function elementString(till: OpenTill, { serial }: Coupon): string {
  const code = till.shop.ledger.codeOf(serial);
  return code?.kind === 'gs1' ? code.elementString : expect.fail('no GS1 code');
}

const readings: Record<string, (till: OpenTill, coupon: Coupon) => string> = {
  'the serial': (_, { serial }) => serial,
  'the serial in fours, as it stands beneath the bars': (_, { serial }) => serial.replace(/(.{4})(?=.)/g, '$1 '),
  'the whole code': (till, coupon) => elementString(till, coupon),
  'the whole code as a scanner sends it': (till, coupon) => `]C1${elementString(till, coupon).replace(/[()]/g, '')}`,
  'the whole code with its FNC1 and line end': (till, coupon) =>
    `\u001d${elementString(till, coupon).replace(/[()]/g, '')}\r\n`,
};

test.each(Object.entries(readings))('%s is redeemed, once', async (_, read) => {
  await using till = await openTill();
  const coupon = await printed(till);
  till.goTo('2026-11-25T10:00');
  expect(till.redeem(read(till, coupon))).toMatchObject({ outcome: 'redeemed', coupon: { state: 'redeemed' } });
  const usedAt = till.clock.now();
  till.goTo('2026-11-26T10:00');
  for (const again of Object.values(readings)) {
    expect(till.redeem(again(till, coupon))).toMatchObject({ outcome: 'already-used', usedAt });
  }
});

test.each([
  { time: '2026-11-22T23:59', outcome: 'not-yet-valid' },
  { time: '2026-11-23T00:00', outcome: 'redeemed' },
  { time: '2026-12-06T23:59', outcome: 'redeemed' },
  { time: '2026-12-07T00:00', outcome: 'expired' },
])('printed on 22.11. for 14 days, at $time it is $outcome', async ({ time, outcome }) => {
  await using till = await openTill();
  const coupon = await printed(till);
  till.goTo(time);
  expect(till.redeem(coupon.serial).outcome).toBe(outcome);
});

test('a coupon of which nobody knows whether it came out is honoured if it is presented', async () => {
  await using till = await openTill();
  till.device.setAfterBytes(330, { unplugged: true });
  const { visit } = await till.serve(CARDS.anna);
  const unknown = till.record(visit).coupons.find(({ state }) => state === 'unknown');
  till.goTo('2026-11-25T10:00');
  expect(till.redeem(unknown?.serial ?? '').outcome).toBe('redeemed');
});

test.each(['010000000000', '4006381333931', 'abc', '', '(17)261206(255)9501101724709019999999999'])(
  '"%s" is no coupon of ours',
  async (code) => {
    await using till = await openTill();
    await printed(till);
    till.goTo('2026-11-25T10:00');
    expect(till.redeem(code)).toEqual({ outcome: 'unknown-coupon', otherTill: null });
  },
);

test('a whole code whose expiry somebody changed is no coupon of ours', async () => {
  await using till = await openTill();
  const code = elementString(till, await printed(till)).replace('(17)261206', '(17)271206');
  till.goTo('2026-11-25T10:00');
  expect(till.redeem(code)).toEqual({ outcome: 'unknown-coupon', otherTill: null });
});

test('a redemption sent again gets the answer it had; the key used for another one is refused', async () => {
  await using till = await openTill();
  const { serial } = await printed(till);
  till.goTo('2026-11-25T10:00');
  const send = (bodyDigest: string) =>
    till.desk.idempotent({ key: 'redeem|1', bodyDigest }, () => till.redeem(serial).outcome);
  expect(send('a'.repeat(64))).toEqual({ state: 'fresh', answer: 'redeemed' });
  expect(send('a'.repeat(64))).toEqual({ state: 'stored', answer: 'redeemed' });
  expect(send('b'.repeat(64))).toEqual({ state: 'other-body' });
  expect(till.shop.ledger.counts().coupons.redeemed).toBe(1);
});

test('what was used is still used after a restart', async () => {
  await using till = await openTill();
  const { serial } = await printed(till);
  till.goTo('2026-11-25T10:00');
  till.redeem(serial);
  await using again = await till.cutPower();
  expect(again.redeem(serial).outcome).toBe('already-used');
});

test('a final basket is recorded once however often it is sent, and only for a customer the shop knows', async () => {
  await using till = await openTill();
  const sale = { number: '4711', card: CARDS.annaToo, products: [codeOf('Maito 1 l'), codeOf('Maito 1 l')] };
  const linesBefore = linesIn(till.shop.db);
  expect(till.sell(sale)).toEqual({ outcome: 'recorded', lines: 2, visit: null, givenBack: [] });
  expect(till.sell(sale)).toEqual({ outcome: 'recorded', lines: 0, visit: null, givenBack: [] });
  expect(till.sell({ ...sale, number: '4712', card: CARDS.nobody }).outcome).toBe('unknown-card');
  expect(till.sell({ number: '4713', products: sale.products }).outcome).toBe('anonymous');
  expect(till.sell({ ...sale, number: '4714', isVoid: true })).toMatchObject({ outcome: 'voided', lines: 0 });
  expect(linesIn(till.shop.db)).toBe(linesBefore + 2);
});

test('a sale that is taken back after it was paid is in nobody’s history', async () => {
  await using till = await openTill();
  const products = [codeOf('Maito 1 l'), codeOf('Maito 1 l')];
  const linesBefore = linesIn(till.shop.db);
  till.sell({ number: '4711', card: CARDS.anna, products });
  till.sell({ number: '4712', card: CARDS.anna, products });
  expect(till.sell({ number: '4711', card: CARDS.annaToo, isVoid: true }).outcome).toBe('voided');
  expect(linesIn(till.shop.db)).toBe(linesBefore + 2);
  expect(till.sell({ number: '4711', card: CARDS.anna, isVoid: true }).outcome).toBe('voided');
  expect(till.sell({ number: '4712', card: CARDS.carl, isVoid: true }).outcome).toBe('voided');
  expect(till.sell({ number: '4712', isVoid: true }).outcome).toBe('voided');
  expect(linesIn(till.shop.db)).toBe(linesBefore + 2);
  expect(till.reported).toEqual([]);
});
