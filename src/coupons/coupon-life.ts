// A coupon's life: which state may follow which, and what happens when it is laid on the counter.
import { addDays } from '../domain/calendar.ts';
import type { LocalDay } from '../domain/calendar.ts';
import { COUPON_STATES } from '../domain/coupon.ts';
import type { Coupon, CouponState, RedeemOutcome } from '../domain/coupon.ts';

/**
 * What may follow. Paper is a fact and our state is a belief about it: nobody can know a signed code unless it came out of
 * our printer, so whatever we believe of the print, a coupon that is presented in time is honoured.
 * - `issued`: the power went before the result was recorded.
 * - `unknown`: a late answer of the printer may still settle it as printed.
 * - `failed`: nothing should have come out; but a till that prints by itself may have had the code out before its fault, and
 *   refusing would punish a customer for that. Honouring costs at most one coupon, and the event tells that the report was
 *   wrong. It does not become `expired`: counts of what customers let lapse must not hold what they never got. A copy that was
 *   asked for may bring it out after all.
 * - `redeemed` ends a life, but for {@link GIVEN_BACK}, which is no step among these: no late word of a printer leads there.
 * - `expired` is bookkeeping; a coupon put there by a clock that ran ahead is still good until its last day is over.
 */
const NEXT: Readonly<Record<CouponState, readonly CouponState[]>> = {
  issued: ['printed', 'failed', 'unknown', 'redeemed', 'expired', 'void'],
  printed: ['redeemed', 'expired', 'void'],
  unknown: ['printed', 'redeemed', 'expired', 'void'],
  failed: ['printed', 'redeemed', 'void'],
  expired: ['redeemed', 'void'],
  redeemed: [],
  void: [],
};

/**
 * The one way out of `redeemed`: the sale it was used in was taken back as a whole. Whatever was believed of its print before, it
 * was held in a hand: it is out. Past its last day it expires like any other.
 */
export const GIVEN_BACK = { from: 'redeemed', to: 'printed' } as const;

export function mayBecome(from: CouponState, to: CouponState): boolean {
  return NEXT[from].includes(to);
}

/** All states from which this one can be reached in one step. */
export function statesBefore(to: CouponState): readonly CouponState[] {
  return COUPON_STATES.filter((from) => mayBecome(from, to));
}

/** Valid from the day after it was issued; the last day counts. A strip of 22.11. with 14 days runs 23.11. to 6.12. */
export function validity({ issuedOn, validDays }: { issuedOn: LocalDay; validDays: number }): {
  validFrom: LocalDay;
  validTo: LocalDay;
} {
  if (!Number.isInteger(validDays) || validDays < 1)
    throw new RangeError(`A coupon is valid for days; got ${validDays}.`);
  return { validFrom: addDays(issuedOn, 1), validTo: addDays(issuedOn, validDays) };
}

export type Refusal = Exclude<RedeemOutcome, { outcome: 'redeemed' | 'unknown-coupon' | 'scan-the-code' }>;

/** Why a known coupon is refused today; null where it is to be redeemed. */
export function refusalOf(coupon: Coupon, today: LocalDay): Refusal | null {
  if (coupon.redeemedAt !== null) return { outcome: 'already-used', coupon, usedAt: coupon.redeemedAt };
  if (coupon.state === 'void') return { outcome: 'void', coupon };
  if (today < coupon.validFrom) return { outcome: 'not-yet-valid', coupon };
  if (today > coupon.validTo) return { outcome: 'expired', coupon };
  return null;
}
