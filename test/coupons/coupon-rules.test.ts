// What the ledger asks about coupons, all through the one object it knows.
import { expect, it } from 'vitest';
import type { CodeKind } from '../../src/coupons/choose-code.ts';
import { couponRules } from '../../src/coupons/coupon-rules.ts';
import { cents } from '../../src/domain/money.ts';
import type { Reward } from '../../src/domain/offer.ts';
import { day, till } from './words.ts';

const amount: Reward = { kind: 'amount', amountCents: cents(30) };

function rules(codeKind: CodeKind) {
  return couponRules({
    shopKey: new Uint8Array(32).fill(7),
    till: till('01'),
    companyPrefix: '9501101',
    codeKind,
    pointerPrefix: '29',
    valueMask: '9821234OOVVVC',
  });
}

function codeOf(codeKind: CodeKind, reward: Reward) {
  const of = rules(codeKind);
  const gcn = of.gcn(5);
  const serial = of.sign({ gcn, counter: 0, expiry: day('2026-12-06') });
  return of.code({ gcn, serial, reference: 5, reward, attempt: 0 });
}

it('signs what it later knows as its own', () => {
  const of = rules('gs1');
  const gcn = of.gcn(5);
  const expiry = day('2026-12-06');
  const serial = of.sign({ gcn, counter: 99_999, expiry });
  expect(of.counterOf(serial)).toBe(99_999);
  expect(of.read(of.elementString({ gcn, serial, expiry }))).toEqual({ kind: 'full', gcn, serial, expiry });
  expect(of.isSigned({ gcn, serial, expiry })).toBe(true);
});

it('prints the code the paper and the till want', () => {
  expect(codeOf('gs1', amount)).toEqual({ kind: 'gs1' });
  expect(codeOf('pointer', amount)).toMatchObject({ kind: 'pointer' });
  expect(codeOf('value', amount)).toEqual({ kind: 'value', ean13: '9821234050309' });
});

it('points where a value code is impossible: a percentage, or ten euros', () => {
  expect(codeOf('value', { kind: 'percent', percent: 10 }).kind).toBe('pointer');
  expect(codeOf('value', { kind: 'amount', amountCents: cents(1000) }).kind).toBe('pointer');
});
