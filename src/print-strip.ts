// The end of the story: a strip goes to the printer once, and what came out of it is written down, coupon by coupon.
import type { Coupon } from './domain/coupon.ts';
import type { Customer } from './domain/customer.ts';
import type { VisitId } from './domain/ids.ts';
import { toError } from './domain/to-error.ts';
import type { PrintResult } from './printer/printer.ts';
import type { Till } from './visit-parts.ts';

/** A strip on its way: whose, and until when they wait for it to begin. */
export type Order = { readonly customer: Customer; readonly visit: VisitId; readonly untilMs: number };

/** Never printed again by itself. */
export async function printStrip(till: Till, order: Order, coupons: readonly Coupon[]): Promise<void> {
  const { customer, visit } = order;
  if (coupons.length === 0) return;
  const begun = { is: false };
  const onFirstByte = (): void => {
    begun.is = true;
    till.announce({ kind: 'begun', visit });
  };
  const mayBegin = (): boolean => isStillWanted(till, order);
  try {
    const parts = till.layOut({ customer, visit, coupons, isCopy: false });
    ended(till, visit, await till.printer.print({ visit, parts, onFirstByte, mayBegin }));
  } catch (thrown) {
    till.report(toError(thrown));
    const result = begun.is ? 'unknown' : 'failed';
    const partsLost = coupons.map(({ serial }) => ({ serial, result }) as const);
    const nothing = { bytes: 0, millimetres: 0, firstByteMs: null };
    ended(till, visit, { parts: partsLost, end: result, status: till.printer.status(), ...nothing });
  }
}

/** Finding the printer takes time: asked in the last moment before the first byte. */
function isStillWanted(till: Till, { customer, untilMs }: Order): boolean {
  return till.clock.monotonicMs() < untilMs && till.customers.byId(customer.id)?.optedOutAt === null;
}

function ended(till: Till, visit: VisitId, result: PrintResult): void {
  try {
    till.ledger.recordPrint({ visit, result, at: till.clock.now() });
  } catch (thrown) {
    // The job stays open, and the next start closes it as unknown: nothing is claimed that is not on disk.
    till.report(toError(thrown));
  }
  till.announce({ kind: 'ended', visit, result });
}
