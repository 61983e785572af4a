// Coupons become a strip: the words, dates and codes one customer is handed, laid out for the printer's paper.
import type { Config } from './config/schema.ts';
import type { Instant, ShopCalendar } from './domain/calendar.ts';
import type { Coupon } from './domain/coupon.ts';
import type { Customer } from './domain/customer.ts';
import type { VisitId } from './domain/ids.ts';
import type { CouponCode } from './domain/strip.ts';
import type { ReceiptPart } from './receipt/elements.ts';
import type { RankingReason } from './domain/ranking.ts';
import { stripReason } from './offers/strip-reason.ts';
import { layOutStrip } from './receipt/strip-layout.ts';

/** `codeOf` is what the ledger signed; the coupons of one strip share their days. */
export function stripParts(of: {
  config: Pick<Config, 'shop' | 'history'>;
  calendar: ShopCalendar;
  /** Of the printer's paper. */
  columns: number;
  customer: Customer;
  visit: VisitId;
  coupons: readonly Coupon[];
  codeOf: (coupon: Coupon) => CouponCode;
  /** What carried each, by its place on the strip from 1; nothing where that is forgotten. */
  reasonsAt: (place: number) => readonly RankingReason[];
  at: Instant;
  isSpecimen: boolean;
  isCopy: boolean;
}): readonly ReceiptPart[] {
  const { shop, history } = of.config;
  const today = of.calendar.dayOf(of.at);
  const strip = {
    visit: of.visit,
    language: of.customer.language ?? shop.language,
    currency: shop.currency,
    shopName: shop.name,
    shopAddress: shop.address,
    printedOn: today,
    at: of.at,
    validFrom: of.coupons[0]?.validFrom ?? today,
    validTo: of.coupons[0]?.validTo ?? today,
    memoryDays: history.memoryDays,
    coupons: of.coupons.map((coupon) => ({
      serial: coupon.serial,
      reason: stripReason({ slot: coupon.slot, reasons: of.reasonsAt(coupon.place) }),
      productName: coupon.productName ?? coupon.productCode ?? '',
      reward: coupon.reward,
      code: of.codeOf(coupon),
    })),
    isCopy: of.isCopy,
    isSpecimen: of.isSpecimen,
  };
  return layOutStrip({ strip, columns: of.columns });
}
