// EAN-13 for narrow paper and old tills: a pointer that only our ledger understands, or a value the till deducts by itself.
import { gs1CheckDigit } from '../domain/ids.ts';
import type { Gcn, Serial, TillId } from '../domain/ids.ts';
import type { Cents } from '../domain/money.ts';
import { decimalHmac } from './mac.ts';
import type { CouponKey } from './mac.ts';

/** A pointer's prefix: an in-store range of two to four digits. */
export function isPointerPrefix(text: string): boolean {
  return /^2\d{1,3}$/.test(text);
}

/**
 * prefix | 2 till | 8 signed digits (fewer under a longer prefix) | check. Thirteen digits have no room for serial and
 * MAC both, so the digits between are themselves a MAC of the coupon: not to be guessed from another pointer. Two
 * coupons of a till may get the same ones; the ledger keeps pointers unique among coupons that can still be used, and asks
 * for the next `attempt` where one is taken. The till's digits keep the tills of a shop apart without asking each other.
 */
export function pointerEan13(
  key: CouponKey,
  { prefix, till, gcn, serial, attempt }: { prefix: string; till: TillId; gcn: Gcn; serial: Serial; attempt: number },
): string {
  if (!isPointerPrefix(prefix))
    throw new RangeError(`A pointer's prefix is 2 and one to three digits; got "${prefix}".`);
  const digits = 12 - prefix.length - till.length;
  const body = prefix + till + decimalHmac({ key, text: `pointer|${gcn}|${serial}|${attempt}`, digits });
  return body + gs1CheckDigit(body);
}

/**
 * A till's mask for value codes, 13 places: digits stand for themselves (so the issuer's number is written out), `O` is the
 * offer (the coupon reference's last digits), `V` the amount in cents, `C` at the end the check digit. The euro coupons of
 * GS1's 982 range, up to 9,99 €, with issuer 1234: "9821234OOVVVC".
 */
export function isValueMask(text: string): boolean {
  return /^(?=.*V)\d[\dOV]{11}C$/.test(text);
}

/**
 * The value code for an amount; null where the mask has no room for it: the coupon then needs another code. Never an
 * amount of zero, which tills read as "free of charge".
 */
export function valueEan13({
  mask,
  amountCents,
  reference,
}: {
  mask: string;
  amountCents: Cents;
  reference: number;
}): string | null {
  if (!isValueMask(mask))
    throw new RangeError(`A value mask is 13 places of digits, O, V and a last C; got "${mask}".`);
  const amount = String(amountCents);
  if (amountCents <= 0 || amount.length > count(mask, 'V')) return null;
  const body = fill(fill(mask.slice(0, 12), 'V', amount), 'O', String(reference));
  return body + gs1CheckDigit(body);
}

const count = (mask: string, letter: string): number => mask.split(letter).length - 1;

/** Puts the last digits of a number into a letter's places, from the right, zeros before it. */
function fill(mask: string, letter: string, digits: string): string {
  const places = count(mask, letter);
  const padded = digits.padStart(places, '0').slice(digits.length > places ? digits.length - places : 0);
  let next = 0;
  return mask.replaceAll(letter, () => padded.charAt(next++));
}
