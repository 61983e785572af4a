// Specimens: the coupons a strip would carry, with a serial that is nobody's, so that a preview issues nothing.
import { chooseCodeKind, type CodeKind } from './coupons/choose-code.ts';
import type { CouponRules } from './coupons/coupon-rules.ts';
import type { Paper } from './coupons/symbol-width.ts';
import type { Instant, LocalDay } from './domain/calendar.ts';
import type { Coupon } from './domain/coupon.ts';
import { gs1CheckDigit, parseSerial, visitId } from './domain/ids.ts';
import type { Choice } from './domain/offer.ts';
import type { CouponCode } from './domain/strip.ts';

/** Its MAC fits no key but once in 100 000, and the ledger has never issued it. */
const NOBODYS_SERIAL = parseSerial('000000000000');

export function specimensOf(of: {
  choice: Choice;
  rules: CouponRules;
  today: LocalDay;
  at: Instant;
}): readonly Coupon[] {
  const { choice, rules, today, at } = of;
  if (NOBODYS_SERIAL === null) return [];
  const serial = NOBODYS_SERIAL;
  return choice.offers.map((offer, index) => ({
    gcn: rules.gcn(0),
    serial,
    visit: visitId(rules.till, 0),
    place: index + 1,
    slot: offer.slot,
    productCode: offer.product.code,
    productName: offer.product.name,
    reward: offer.reward,
    issuedAt: at,
    ...rules.validity({ issuedOn: today, validDays: offer.rule.validDays }),
    state: 'issued',
    redeemedAt: null,
  }));
}

/** As wide as the real one would be on this paper; never a value code, which a till would deduct by itself. */
export function specimenCode(
  coupon: Coupon,
  of: { rules: CouponRules; wanted: CodeKind; pointerPrefix: string; paper: Paper },
): CouponCode {
  const { rules, wanted, pointerPrefix, paper } = of;
  if (chooseCodeKind({ wanted, paper }) === 'gs1') {
    return { kind: 'gs1', elementString: rules.elementString({ ...coupon, expiry: coupon.validTo }) };
  }
  const body = pointerPrefix.padEnd(12, '0');
  return { kind: 'ean13', digits: body + gs1CheckDigit(body) };
}
