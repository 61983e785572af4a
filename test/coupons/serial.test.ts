// The twelve digits of a coupon: till, counter and signature.
import { createHmac, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { couponKey, isSigned, serialMac } from '../../src/coupons/mac.ts';
import { makeGcn } from '../../src/coupons/gcn.ts';
import { makeSerial, serialInFours, serialParts } from '../../src/coupons/serial.ts';
import { expiryDigits, parseExpiry } from '../../src/coupons/expiry.ts';
import { localDay } from '../../src/domain/calendar.ts';
import { day, till } from './words.ts';

const shopKey = new Uint8Array(32).fill(7);
const key = couponKey(shopKey);
const gcn = makeGcn({ companyPrefix: '9501101', reference: 1 });
const expiry = day('2026-12-06');

it('puts till, counter and MAC together and takes them apart', () => {
  const serial = makeSerial({ till: till('48'), counter: 2109, mac: '37715' });
  expect(serial).toBe('480210937715');
  expect(serialParts(serial)).toEqual({ till: '48', counter: 2109, mac: '37715' });
  expect(serialInFours(serial)).toBe('4802 1093 7715');
});

it('refuses a counter of six digits and a MAC of four', () => {
  expect(() => makeSerial({ till: till('01'), counter: 100_000, mac: '00000' })).toThrow(RangeError);
  expect(() => makeSerial({ till: till('01'), counter: 1, mac: '1234' })).toThrow(RangeError);
});

it('signs as the design says: HMAC-SHA256 over gcn|till|counter|expiry, modulo 100 000', () => {
  const plain = Buffer.from(hkdfSync('sha256', shopKey, '', 'tillcat coupon code 1', 32));
  const hex = createHmac('sha256', plain).update('9501101000018|01|00042|261206').digest('hex');
  const expected = String(BigInt(`0x${hex}`) % 100_000n).padStart(5, '0');
  expect(serialMac(key, { gcn, till: till('01'), counter: 42, expiry })).toBe(expected);
});

describe('a serial stands for one coupon number, till, counter and last day', () => {
  const mac = serialMac(key, { gcn, till: till('01'), counter: 42, expiry });
  const serial = makeSerial({ till: till('01'), counter: 42, mac });
  const other = makeGcn({ companyPrefix: '9501101', reference: 2 });

  it('is accepted as signed', () => {
    expect(isSigned(key, { gcn, serial, expiry })).toBe(true);
  });
  it('is refused with another coupon number, a later day or another shop', () => {
    expect(isSigned(key, { gcn: other, serial, expiry })).toBe(false);
    expect(isSigned(key, { gcn, serial, expiry: day('2026-12-07') })).toBe(false);
    expect(isSigned(couponKey(new Uint8Array(32).fill(8)), { gcn, serial, expiry })).toBe(false);
  });
});

it('accepts forged serials no more often than chance: of 10 000 guesses at most three', () => {
  let accepted = 0;
  for (let guess = 0; guess < 10_000; guess++) {
    const mac = String((guess * 7919 + 13) % 100_000).padStart(5, '0');
    const serial = makeSerial({ till: till('01'), counter: guess, mac });
    if (isSigned(key, { gcn, serial, expiry })) accepted++;
  }
  // 0,1 are expected; four or more happen once in 260 000 keys, and the key here is fixed.
  expect(accepted).toBeLessThanOrEqual(3);
});

it('writes and reads every last day of this century', () => {
  expect(expiryDigits(day('2026-12-06'))).toBe('261206');
  for (const digits of ['261301', '260230', '270100', '26126', '26120x']) expect(parseExpiry(digits)).toBeNull();
  expect(() => expiryDigits(day('2100-01-01'))).toThrow(RangeError);
  fc.assert(
    fc.property(fc.integer({ min: day('2000-01-01'), max: day('2099-12-31') }), (count) => {
      expect(parseExpiry(expiryDigits(localDay(count)))).toBe(count);
    }),
  );
});
