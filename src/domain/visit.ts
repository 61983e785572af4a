// A visit: one card held up, and what came of it.
import type { Instant } from './calendar.ts';
import type { CouponState } from './coupon.ts';
import type { Serial, VisitId } from './ids.ts';
import type { Reward, Slot } from './offer.ts';
import type { TillStrip } from './till-strip.ts';

export const VISIT_OUTCOMES = [
  'printing',
  'queued',
  'repeat',
  'capped',
  'opted-out',
  'held-out',
  'unknown-card',
  'blocked-card',
  'not-a-card',
  'nothing-to-offer',
  'no-printer',
] as const;
export type VisitOutcome = (typeof VISIT_OUTCOMES)[number];

/** How a strip ended; `dropped` never began: patience ran out, a new sale came, the printer went away first. */
export type StripEnd = 'printed' | 'partly-printed' | 'failed' | 'unknown' | 'dropped';

export type VisitCoupon = {
  readonly serial: Serial;
  readonly slot: Slot;
  readonly productName: string | null;
  readonly reward: Reward;
  readonly state: CouponState;
};

/** What the one who scanned is told at once. */
export type VisitAnswer = {
  readonly visit: VisitId;
  readonly outcome: VisitOutcome;
  /** One sentence for the cashier's eyes: why, and how to go on. */
  readonly why: string;
  readonly coupons: readonly VisitCoupon[];
};

/** What is answered to a scan: for the cashier's display, and where the till prints by itself the strip, once. */
export type ScanAnswer = VisitAnswer & {
  /** At most twenty characters. */
  readonly cashierLine: string;
  readonly strip: TillStrip | null;
};

/** A visit as it stands now. */
export type VisitRecord = VisitAnswer & {
  readonly at: Instant;
  readonly end: StripEnd | null;
};
