// A coupon and its life: issued before the first printer byte, redeemed once.
import type { Instant, LocalDay } from './calendar.ts';
import type { Gcn, Serial, TillId, VisitId } from './ids.ts';
import type { Reward, Slot } from './offer.ts';

/** `unknown`: a byte had left and no completion came back; honoured if presented. */
export const COUPON_STATES = ['issued', 'printed', 'failed', 'unknown', 'redeemed', 'expired', 'void'] as const;
export type CouponState = (typeof COUPON_STATES)[number];

export type Coupon = {
  readonly gcn: Gcn;
  readonly serial: Serial;
  readonly visit: VisitId;
  /** Place on the strip, from 1. */
  readonly place: number;
  readonly slot: Slot;
  /** Empty once forgotten: serial, code, states and amounts outlive the product's name. */
  readonly productCode: string | null;
  readonly productName: string | null;
  readonly reward: Reward;
  readonly issuedAt: Instant;
  readonly validFrom: LocalDay;
  /** Last day, inclusive. */
  readonly validTo: LocalDay;
  readonly state: CouponState;
  readonly redeemedAt: Instant | null;
};

export type RedeemOutcome =
  | { readonly outcome: 'redeemed'; readonly coupon: Coupon }
  /** A serial alone that fits no issued coupon, or a full code whose MAC is wrong, is unknown; we say no more to the one who tries. */
  | { readonly outcome: 'unknown-coupon'; readonly otherTill: OtherTill | null }
  /** Its digits may be of a coupon printed after a backup that was restored: only its whole code tells. */
  | { readonly outcome: 'scan-the-code' }
  | { readonly outcome: 'not-yet-valid'; readonly coupon: Coupon }
  | { readonly outcome: 'expired'; readonly coupon: Coupon }
  | { readonly outcome: 'already-used'; readonly coupon: Coupon; readonly usedAt: Instant }
  | { readonly outcome: 'void'; readonly coupon: Coupon };

/** What making a coupon void comes to; what was used stays used. */
export type VoidOutcome =
  | { readonly outcome: 'void'; readonly coupon: Coupon }
  | { readonly outcome: 'already-void'; readonly coupon: Coupon }
  | Extract<RedeemOutcome, { outcome: 'already-used' | 'unknown-coupon' }>;

/**
 * Each till knows its own coupons only, and their numbers begin with its own. `isSigned`: a whole code, signed with the shop's
 * key, so that till did print it; a serial alone proves nothing and may be a slip of the cashier's finger.
 */
export type OtherTill = { readonly till: TillId; readonly isSigned: boolean };
