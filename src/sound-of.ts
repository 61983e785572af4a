// What the scanner sounds after a visit: well done, somebody must look, or nothing at all.
import type { VisitOutcome } from './domain/visit.ts';
import type { Sound } from './scan/scanner.ts';

/** Silence is normal: a customer who simply gets no coupons today is no concern of the cashier's. */
export function soundOf(outcome: VisitOutcome): Sound | null {
  switch (outcome) {
    case 'printing':
    case 'queued':
      return 'ok';
    case 'unknown-card':
    case 'blocked-card':
    case 'not-a-card':
    case 'no-printer':
      return 'error';
    case 'repeat':
    case 'capped':
    case 'opted-out':
    case 'held-out':
    case 'nothing-to-offer':
      return null;
  }
}
