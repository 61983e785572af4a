// The MAC inside a serial: whoever does not have the shop's key guesses one right in 100 000.
import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { LocalDay } from '../domain/calendar.ts';
import type { Brand, Gcn, Serial, TillId } from '../domain/ids.ts';
import { expiryDigits } from './expiry.ts';
import { serialParts } from './serial.ts';

/** The shop key's branch for coupons only: nothing else is ever signed with it. */
export type CouponKey = Brand<KeyObject, 'CouponKey'>;

const MAC_DIGITS = 5;

export function couponKey(shopKey: Uint8Array): CouponKey {
  // A key object, because a MAC with bare bytes takes five times as long.
  const key = createSecretKey(new Uint8Array(hkdfSync('sha256', shopKey, '', 'tillcat coupon code 1', 32)));
  return key as CouponKey;
}

export type Signed = {
  readonly gcn: Gcn;
  readonly till: TillId;
  readonly counter: number;
  /** The last day, as in AI (17). */
  readonly expiry: LocalDay;
};

/** HMAC-SHA256(key, GCN | till | counter | expiry) mod 10⁵, five digits. */
export function serialMac(key: CouponKey, { gcn, till, counter, expiry }: Signed): string {
  const text = `${gcn}|${till}|${String(counter).padStart(5, '0')}|${expiryDigits(expiry)}`;
  return decimalHmac({ key, text, digits: MAC_DIGITS });
}

/** Whether this serial was signed for this coupon number and last day. */
export function isSigned(key: CouponKey, { gcn, serial, expiry }: { gcn: Gcn; serial: Serial; expiry: LocalDay }) {
  const { till, counter, mac } = serialParts(serial);
  return serialMac(key, { gcn, till, counter, expiry }) === mac;
}

/** The whole digest as one number, reduced: over 256 bits the bias of the remainder is nothing. */
export function decimalHmac({ key, text, digits }: { key: CouponKey; text: string; digits: number }): string {
  const digest = createHmac('sha256', key).update(text).digest('hex');
  return String(BigInt(`0x${digest}`) % 10n ** BigInt(digits)).padStart(digits, '0');
}
