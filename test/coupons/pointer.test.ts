// The thirteen digits of narrow paper and old tills.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeGcn } from '../../src/coupons/gcn.ts';
import { couponKey } from '../../src/coupons/mac.ts';
import { isPointerPrefix, isValueMask, pointerEan13, valueEan13 } from '../../src/coupons/pointer.ts';
import { makeSerial } from '../../src/coupons/serial.ts';
import { gs1CheckDigit } from '../../src/domain/ids.ts';
import { cents } from '../../src/domain/money.ts';
import { till } from './words.ts';

const key = couponKey(new Uint8Array(32).fill(7));
const gcn = makeGcn({ companyPrefix: '9501101', reference: 1 });
const serial = makeSerial({ till: till('01'), counter: 42, mac: '12345' });

it('makes a pointer of the in-store range, then the till, with a right check digit', () => {
  const counters = fc.nat(99_999);
  fc.assert(
    fc.property(fc.constantFrom('29', '291', '2912'), counters, fc.nat(5), (prefix, counter, attempt) => {
      const of = makeSerial({ till: till('07'), counter, mac: '00000' });
      const digits = pointerEan13(key, { prefix, till: till('07'), gcn, serial: of, attempt });
      expect(digits).toMatch(/^\d{13}$/);
      expect(digits.startsWith(`${prefix}07`)).toBe(true);
      expect(digits.slice(12)).toBe(gs1CheckDigit(digits.slice(0, 12)));
    }),
  );
});

it('gives another pointer at the next attempt, and always the same at the same one', () => {
  const of = { prefix: '29', till: till('01'), gcn, serial };
  expect(pointerEan13(key, { ...of, attempt: 0 })).toBe(pointerEan13(key, { ...of, attempt: 0 }));
  expect(pointerEan13(key, { ...of, attempt: 0 })).not.toBe(pointerEan13(key, { ...of, attempt: 1 }));
});

it('takes only in-store ranges for pointers', () => {
  expect(['29', '20', '2912'].every(isPointerPrefix)).toBe(true);
  expect(['2', '99', '30', '29123', '2x'].some(isPointerPrefix)).toBe(false);
});

it.each([
  // 982 1234 05 030: from the right 0·3+3+0·3+5+0·3+4+3·3+2+1·3+2+8·3+9 = 61 → 9
  ['9821234OOVVVC', 30, 5, '9821234050309'],
  // the offer's last two digits only: 9821234 17 120: 0+2+3+7+3+4+9+2+3+2+24+9 = 68 → 2
  ['9821234OOVVVC', 120, 317, '9821234171202'],
  // a shop's own mask without offer digits: 29000000 0999: 27+9+27+0+0+0+0+0+0+0+27+2 = 92 → 8
  ['29000000VVVVC', 999, 5, '2900000009998'],
])('fills the mask %s with %i cents of offer %i', (mask, amount, reference, digits) => {
  expect(valueEan13({ mask, amountCents: cents(amount), reference })).toBe(digits);
});

it('has no value code for what the mask cannot hold, nor for nothing, which a till reads as free of charge', () => {
  const mask = '9821234OOVVVC';
  for (const amount of [1000, 0, -30]) {
    expect(valueEan13({ mask, amountCents: cents(amount), reference: 1 })).toBeNull();
  }
});

it('takes no mask without an amount, without a check digit, or of another length', () => {
  expect(isValueMask('9821234OOVVVC')).toBe(true);
  for (const mask of ['982123456789C', '9821234OOVVV0', '9821234OOVVVVC', 'V821234OOVVVC', '982IIIIOOVVVC']) {
    expect(isValueMask(mask)).toBe(false);
    expect(() => valueEan13({ mask, amountCents: cents(30), reference: 1 })).toThrow(RangeError);
  }
});
