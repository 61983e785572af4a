// What the ledger asks about coupons: their numbers, their signature, their codes and their life, bound to one till and key.
import type { LocalDay } from '../domain/calendar.ts';
import type { Coupon, CouponState, OtherTill } from '../domain/coupon.ts';
import type { Gcn, Serial, TillId } from '../domain/ids.ts';
import type { Reward } from '../domain/offer.ts';
import type { CodeKind } from './choose-code.ts';
import { GIVEN_BACK, mayBecome, refusalOf, statesBefore, validity } from './coupon-life.ts';
import type { Refusal } from './coupon-life.ts';
import { elementString, readCode } from './element-string.ts';
import type { PresentedCode } from './element-string.ts';
import { makeGcn, referenceCount } from './gcn.ts';
import { couponKey, isSigned, serialMac } from './mac.ts';
import { pointerEan13, valueEan13 } from './pointer.ts';
import { COUNTERS_PER_GCN, makeSerial, serialParts } from './serial.ts';
import { spellsCommand } from './spells-command.ts';

/** Store code knows coupons by this type only; app.ts makes the one there is. */
export type CouponRules = {
  readonly till: TillId;
  readonly companyPrefix: string;
  /** How many coupon references the company prefix has. */
  readonly referenceCount: number;
  /** Counters run from 0 to one below this. */
  readonly countersPerGcn: number;
  gcn(reference: number): Gcn;
  /** This till's signed serial. */
  sign(of: { gcn: Gcn; counter: number; expiry: LocalDay }): Serial;
  /** This number's own digits spell a printer's order: another reference does better. */
  isGcnUnfit(gcn: Gcn): boolean;
  /** This serial's own digits spell one: another counter does better. */
  isSerialUnfit(of: { gcn: Gcn; serial: Serial }): boolean;
  isSigned(of: { gcn: Gcn; serial: Serial; expiry: LocalDay }): boolean;
  counterOf(serial: Serial): number;
  validity(of: { issuedOn: LocalDay; validDays: number }): { validFrom: LocalDay; validTo: LocalDay };
  /** The code this coupon is printed with. `attempt` counts pointers that were taken already. */
  code(of: CodedCoupon): PrintedCode;
  elementString(of: { gcn: Gcn; serial: Serial; expiry: LocalDay }): string;
  read(text: string): PresentedCode | null;
  /** The till that a code of no coupon of ours names, where it is another one; null for a whole code that nobody signed. */
  otherTill(text: string): OtherTill | null;
  mayBecome(from: CouponState, to: CouponState): boolean;
  statesBefore(to: CouponState): readonly CouponState[];
  /** What a coupon leaves and becomes when its sale is taken back. */
  readonly givenBack: typeof GIVEN_BACK;
  refusalOf(coupon: Coupon, today: LocalDay): Refusal | null;
};

export type CodedCoupon = {
  readonly gcn: Gcn;
  readonly serial: Serial;
  readonly reference: number;
  readonly reward: Reward;
  readonly attempt: number;
};

export type PrintedCode =
  | { readonly kind: 'gs1' }
  /** Must be the only one of its kind among coupons that can still be used. */
  | { readonly kind: 'pointer'; readonly ean13: string }
  /** Equal for equal amounts: it names no single coupon. */
  | { readonly kind: 'value'; readonly ean13: string };

/**
 * @throws RangeError for a company prefix or key that is none
 */
export function couponRules(from: {
  shopKey: Uint8Array;
  till: TillId;
  companyPrefix: string;
  /** After chooseCodeKind: what fits the paper. */
  codeKind: CodeKind;
  pointerPrefix: string;
  /** null where the shop has none; value codes then become pointers. */
  valueMask: string | null;
}): CouponRules {
  const { till, companyPrefix } = from;
  const key = couponKey(from.shopKey);
  return {
    till,
    companyPrefix,
    referenceCount: referenceCount(companyPrefix),
    countersPerGcn: COUNTERS_PER_GCN,
    gcn: (reference) => makeGcn({ companyPrefix, reference }),
    sign: ({ gcn, counter, expiry }) =>
      makeSerial({ till, counter, mac: serialMac(key, { gcn, till, counter, expiry }) }),
    // What stands before, and no choice can change, is not held against them. Date and 255 spell nothing: no month is 20.
    isGcnUnfit: (gcn) => spellsCommand(`255${gcn}${till}`) && !spellsCommand(`255${companyPrefix}`),
    isSerialUnfit: ({ gcn, serial }) => spellsCommand(`255${gcn}${serial}`) && !spellsCommand(`255${gcn}${till}`),
    isSigned: (of) => isSigned(key, of),
    counterOf: (serial) => serialParts(serial).counter,
    validity,
    code: (of) => printedCode(of),
    elementString,
    read: readCode,
    otherTill,
    mayBecome,
    statesBefore,
    givenBack: GIVEN_BACK,
    refusalOf,
  };

  function otherTill(text: string): OtherTill | null {
    const read = readCode(text);
    if (read === null || read.kind === 'ean13') return null;
    const named = serialParts(read.serial).till;
    if (named === till) return null;
    if (read.kind === 'serial') return { till: named, isSigned: false };
    return isSigned(key, read) ? { till: named, isSigned: true } : null;
  }

  /** A value code that cannot be (a percentage, an amount the mask has no room for) becomes a pointer. */
  function printedCode({ gcn, serial, reference, reward, attempt }: CodedCoupon): PrintedCode {
    if (from.codeKind === 'gs1') return { kind: 'gs1' };
    if (from.codeKind === 'value' && from.valueMask !== null && reward.kind === 'amount') {
      const ean13 = valueEan13({ mask: from.valueMask, amountCents: reward.amountCents, reference });
      if (ean13 !== null) return { kind: 'value', ean13 };
    }
    return { kind: 'pointer', ean13: pointerEan13(key, { prefix: from.pointerPrefix, till, gcn, serial, attempt }) };
  }
}
