// Coupons found again by the code on their paper, of whichever kind.
import { expect, it } from 'vitest';
import { HABITUAL, NEW, at, first, issue, openShop, redeem, wrong } from './shop.ts';

it('knows the code that is on each coupon’s paper', () => {
  const gs1 = openShop();
  const coupon = first(issue(gs1));
  expect(gs1.ledger.codeOf(coupon.serial)).toEqual({
    kind: 'gs1',
    elementString: `(17)261206(255)${coupon.gcn}${coupon.serial}`,
  });
  const value = openShop({ codeKind: 'value' });
  const codes = issue(value, { rules: [HABITUAL, NEW] }).coupons.map(({ serial }) => value.ledger.codeOf(serial));
  const digits = codes.map((code) => (code?.kind === 'ean13' ? code.digits : ''));
  expect(digits[0]).toMatch(/^9821234\d\d030\d$/);
  // A percentage has no value code.
  expect(digits[1]).toMatch(/^2901\d{9}$/);
});

it('redeems by pointer, and says when a used one was used', () => {
  const shop = openShop({ codeKind: 'pointer' });
  const { serial } = first(issue(shop));
  const code = shop.ledger.codeOf(serial);
  if (code?.kind !== 'ean13') return wrong('no pointer');
  expect(redeem(shop, { code: code.digits, when: '2026-11-25' })).toMatchObject({
    outcome: 'redeemed',
    coupon: { serial },
  });
  expect(redeem(shop, { code: code.digits, when: '2026-11-26' })).toMatchObject({
    outcome: 'already-used',
    usedAt: at('2026-11-25'),
  });
});

it('does not redeem by a value code, which names no single coupon; the serial beneath does', () => {
  const shop = openShop({ codeKind: 'value' });
  const { serial } = first(issue(shop));
  const code = shop.ledger.codeOf(serial);
  if (code?.kind !== 'ean13') return wrong('no value code');
  expect(redeem(shop, { code: code.digits, when: '2026-11-25' }).outcome).toBe('unknown-coupon');
  expect(redeem(shop, { code: serial, when: '2026-11-25' }).outcome).toBe('redeemed');
});

it('keeps pointers apart among all coupons that can still be used', () => {
  const shop = openShop({ codeKind: 'pointer' });
  const serials = Array.from({ length: 60 }, () => issue(shop).coupons.map(({ serial }) => serial)).flat();
  const codes = serials.map((serial) => JSON.stringify(shop.ledger.codeOf(serial)));
  expect(new Set(codes).size).toBe(180);
});

it('accepts no made-up code: of 10 000 tries at one coupon’s signature, none', () => {
  const shop = openShop();
  const coupon = first(issue(shop));
  let accepted = 0;
  for (let guess = 0; guess < 10_000; guess++) {
    const mac = String(guess * 10 + 3).padStart(5, '0');
    const code = `(17)261207(255)${coupon.gcn}0100000${mac}`;
    if (shop.ledger.find(code) !== null) accepted++;
  }
  // The ledger knows every serial it gave out, so a lucky MAC is not enough either.
  expect(accepted).toBe(0);
});
