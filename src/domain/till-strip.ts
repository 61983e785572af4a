// A strip for a till that prints by itself, and what the till says came of it.
import type { CouponState } from './coupon.ts';
import type { Serial } from './ids.ts';

/** Goes out with the answer to the scan, once. */
export type TillStrip = {
  /** What stands on the paper, codes written out; for a till that cannot pass bytes on. */
  readonly text: string;
  /** For the printer of the profile, byte for byte. */
  readonly escpos: Uint8Array;
};

/**
 * `printed`: all of it. `failed`: nothing came out. `unknown`: the till cannot say. Or the serials of the coupons that
 * did come out; the others did not.
 */
export type StripReport = 'printed' | 'failed' | 'unknown' | readonly Serial[];

/** What a report says of one piece of the strip; header and footer have no serial and follow the whole. */
export function reportedOf(report: StripReport, serial: Serial | null): 'printed' | 'failed' | 'unknown' {
  if (typeof report === 'string') return report;
  if (serial === null) return report.length === 0 ? 'failed' : 'unknown';
  return report.includes(serial) ? 'printed' : 'failed';
}

/** Whether a report says the opposite of what is known of a coupon already. */
export function contradicts(reported: 'printed' | 'failed' | 'unknown', state: CouponState): boolean {
  return (reported === 'printed' && state === 'failed') || (reported === 'failed' && state === 'printed');
}
