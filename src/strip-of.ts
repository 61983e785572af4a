// Coupons become a strip: the words, dates and codes one customer is handed.
import type { Instant, LocalDay } from './domain/calendar.ts';
import type { Coupon } from './domain/coupon.ts';
import type { VisitId } from './domain/ids.ts';
import type { Language } from './domain/language.ts';
import type { CouponCode, Strip } from './domain/strip.ts';

export type ShopOnPaper = {
  readonly name: string;
  readonly address: string;
  readonly currency: string;
  readonly windowDays: number;
};

/** `codeOf` is what the ledger signed; the coupons of one strip share their days. */
export function stripOf(of: {
  shop: ShopOnPaper;
  language: Language;
  visit: VisitId;
  coupons: readonly Coupon[];
  codeOf: (coupon: Coupon) => CouponCode;
  today: LocalDay;
  at: Instant;
  isSpecimen: boolean;
}): Strip {
  const { shop, coupons, today } = of;
  return {
    visit: of.visit,
    language: of.language,
    currency: shop.currency,
    shopName: shop.name,
    shopAddress: shop.address,
    printedOn: today,
    at: of.at,
    validFrom: coupons[0]?.validFrom ?? today,
    validTo: coupons[0]?.validTo ?? today,
    windowDays: shop.windowDays,
    coupons: coupons.map((coupon) => ({
      serial: coupon.serial,
      slot: coupon.slot,
      productName: coupon.productName ?? coupon.productCode ?? '',
      reward: coupon.reward,
      code: of.codeOf(coupon),
    })),
    isCopy: false,
    isSpecimen: of.isSpecimen,
  };
}
