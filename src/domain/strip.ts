// A strip: what one customer is handed, in words; receipt/ lays it out, printer/ makes it bytes.
import type { Instant, LocalDay } from './calendar.ts';
import type { Serial, VisitId } from './ids.ts';
import type { Language } from './language.ts';
import type { Reward } from './offer.ts';

/** What the scanner at the till will read. */
export type CouponCode =
  /** GS1 element string with brackets, "(17)261206(255)9501101000017482109377715". */
  | { readonly kind: 'gs1'; readonly elementString: string }
  /** 13 digits with check digit. `pointer`: the till asks us; `value`: the till deducts by itself. */
  | { readonly kind: 'ean13'; readonly digits: string };

/** Why a coupon is on the strip, as the customer is told. */
export type StripReason = 'bought-often' | 'bought-before' | 'new' | 'popular';

export type StripCoupon = {
  readonly serial: Serial;
  readonly reason: StripReason;
  readonly productName: string;
  readonly reward: Reward;
  readonly code: CouponCode;
};

export type Strip = {
  readonly visit: VisitId;
  readonly language: Language;
  readonly currency: string;
  readonly shopName: string;
  /** "Kuusitie 4"; empty where the shop gave none. */
  readonly shopAddress: string;
  readonly printedOn: LocalDay;
  readonly at: Instant;
  readonly validFrom: LocalDay;
  readonly validTo: LocalDay;
  /** The remembered time the choice was made from, in days. */
  readonly memoryDays: number;
  readonly coupons: readonly StripCoupon[];
  /** A deliberate reprint is marked as a copy. */
  readonly isCopy: boolean;
  /** A preview or test strip carries this in place of being worth anything. */
  readonly isSpecimen: boolean;
};
