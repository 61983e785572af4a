// The story of a copy: a cashier asks for it and says why; the same coupons come out once more, marked, and it is written down.
import { canPrint } from './domain/printer-status.ts';
import type { Coupon } from './domain/coupon.ts';
import type { Customer } from './domain/customer.ts';
import type { VisitId } from './domain/ids.ts';
import type { Reprint, ReprintOutcome, ReprintReason } from './domain/reprint.ts';
import { toError } from './domain/to-error.ts';
import type { PrintResult } from './printer/printer.ts';
import type { Till } from './visit-parts.ts';

/** A third one would be a habit, and a till's fault to be looked at. */
const MOST_COPIES = 2;

export type ReprintRequest = {
  readonly visit: VisitId;
  readonly reason: ReprintReason;
  readonly source: string;
  /** Done once the copy is on disk; not at all where it does not get there. */
  readonly whenCommitted: (effect: () => void) => void;
};

/** Null where there is no such visit. Counted and on disk before the copy's first byte; never begun again by itself. */
export function reprintStrip(till: Till, request: ReprintRequest): Reprint | null {
  const { visit, reason, source, whenCommitted } = request;
  const record = till.visits.find(visit);
  if (record === null) return null;
  const copiesBefore = till.ledger.reprints.of(visit).filter(({ end }) => end !== 'dropped').length;
  const answer = (outcome: ReprintOutcome, coupons = 0, copies = copiesBefore): Reprint => {
    return { visit, outcome, coupons, copies };
  };
  if (record.coupons.length > 0 && record.end === null) return answer('still-printing');
  const customer = whose(till, visit);
  const coupons = usable(till, visit);
  if (customer === null || coupons.length === 0) return answer('nothing-left');
  if (copiesBefore >= MOST_COPIES) return answer('too-many');
  const { state } = till.printer.status();
  const isThere = canPrint(till.printer.status()) || state === 'printing';
  if (!isThere || !till.printsFor('page')) return answer('no-printer');

  const copy = till.ledger.reprints.open({ visit, reason, source, at: till.clock.now() });
  const untilMs = till.clock.monotonicMs() + till.manners.patienceMs;
  whenCommitted(() =>
    till.turns.take({
      patienceMs: till.manners.patienceMs,
      begin: () => printCopy(till, { copy, visit, reason, untilMs }),
      giveUp: () => ended(till, { copy, visit, reason, result: null }),
    }),
  );
  return answer('copying', coupons.length, copiesBefore + 1);
}

/** The one who stands at the till may have become nobody's customer, or have said no to coupons, since. */
function whose(till: Till, visit: VisitId): Customer | null {
  const id = till.visits.customerOf(visit);
  const customer = id === null ? null : till.customers.byId(id);
  return customer?.optedOutAt === null ? customer : null;
}

/** Used, taken back or over: those are not copied. What failed was never in the customer's hands, and is. */
function usable(till: Till, visit: VisitId): readonly Coupon[] {
  const today = till.calendar.dayOf(till.clock.now());
  return till.ledger
    .couponsOf(visit)
    .filter(({ state, validTo }) => validTo >= today && ['printed', 'unknown', 'failed', 'issued'].includes(state));
}

type Copy = {
  readonly copy: number;
  readonly visit: VisitId;
  readonly reason: ReprintReason;
  readonly untilMs: number;
};

async function printCopy(till: Till, { copy, visit, reason, untilMs }: Copy): Promise<void> {
  const begun = { is: false };
  let result: Pick<PrintResult, 'end' | 'parts'> | null = null;
  try {
    // While it waited for its turn, a coupon may have been used.
    const customer = whose(till, visit);
    const coupons = usable(till, visit);
    if (customer !== null && coupons.length > 0) {
      const parts = till.layOut({ customer, visit, coupons, isCopy: true });
      const onFirstByte = (): void => void (begun.is = true);
      const mayBegin = (): boolean => till.clock.monotonicMs() < untilMs;
      const printed = await till.printer.print({ visit, parts, onFirstByte, mayBegin });
      if (begun.is) result = printed;
    }
  } catch (thrown) {
    till.report(toError(thrown));
    if (begun.is) result = { end: 'unknown', parts: [] };
  }
  ended(till, { copy, visit, reason, result });
}

type Ended = Omit<Copy, 'untilMs'> & { readonly result: Pick<PrintResult, 'end' | 'parts'> | null };

/** `result` null: not a byte of it left. */
function ended(till: Till, { copy, visit, reason, result }: Ended): void {
  const end = result?.end ?? 'dropped';
  try {
    till.ledger.reprints.close({ copy, visit, end, parts: result?.parts ?? [], at: till.clock.now() });
  } catch (thrown) {
    // It stays open, and the next start closes it as unknown.
    till.report(toError(thrown));
  }
  till.announce({ kind: 'copied', visit, reason, end });
}
