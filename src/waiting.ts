// Who waits: strips in the queue for the printer, and the one held until its sale is paid; each may lose its right to print.
import type { Customer } from './domain/customer.ts';
import type { VisitId } from './domain/ids.ts';
import { toError } from './domain/to-error.ts';
import type { Held, Till } from './visit-parts.ts';

/** Paid later than this after the card, a sale at which nobody showed one is taken for somebody else's. */
const LONGEST_SALE_MS = 30 * 60_000;

/** Takes a place behind those who print and wait. `begin` comes with the turn, unless the customer's patience ends first. */
export function queueUp(
  till: Till,
  { customer, visit }: { readonly customer: Customer; readonly visit: VisitId },
  begin: (untilMs: number) => Promise<void>,
): void {
  const untilMs = patienceEnds(till);
  const takeBack = till.turns.take({
    patienceMs: till.manners.patienceMs,
    begin: () => {
      till.moment.waiting.delete(visit);
      return begin(untilMs);
    },
    giveUp: () => drop(till, visit),
  });
  // Already begun when the printer was free: then there is no place left to take back.
  if (till.turns.waitingCount > 0) till.moment.waiting.set(visit, { customer: customer.id, takeBack });
}

/** Until when whoever stands at the till now waits for a strip to begin. */
export function patienceEnds(till: Till): number {
  return till.clock.monotonicMs() + till.manners.patienceMs;
}

/** One strip at a time is held until its sale is paid. */
export function hold(till: Till, strip: Omit<Held, 'atMs'>): void {
  till.moment.held = { ...strip, atMs: till.clock.monotonicMs() };
}

/** Whose strip a sale would release: only that of the customer whose card was held up in it, and only when it is paid. */
export function releasedBy(till: Till, sale: Sale): VisitId | null {
  const { held } = till.moment;
  if (held === null || sale.isVoid || sale.buyer === 'unknown') return null;
  const isTheirs =
    sale.buyer === 'unseen'
      ? till.clock.monotonicMs() - held.atMs <= LONGEST_SALE_MS
      : sale.buyer.id === held.customer.id;
  return isTheirs ? held.visit : null;
}

/** `unseen`: the till saw no card, so that the card held up to us counts; `unknown`: it saw one that is nobody's. */
export type Sale = { readonly buyer: Customer | 'unseen' | 'unknown'; readonly isVoid: boolean };

/** The strip a paid sale releases; null, and nothing held any more, where it releases none. */
export function release(till: Till, sale: Sale): Held | null {
  const { held } = till.moment;
  if (held === null || releasedBy(till, sale) === null) {
    dropHeld(till);
    return null;
  }
  till.moment.held = null;
  return held;
}

/** The customer wants none: what has not begun never will. */
export function takeBackStripsOf(till: Till, customer: Customer): void {
  if (till.moment.held?.customer.id === customer.id) dropHeld(till);
  for (const waiting of [...till.moment.waiting.values()]) {
    if (waiting.customer === customer.id) waiting.takeBack();
  }
}

/** A new card, a new sale or a void ends the earlier visit's right to print. */
export function dropHeld(till: Till): void {
  const { held } = till.moment;
  till.moment.held = null;
  if (held !== null) drop(till, held.visit);
}

/** A strip nobody waits for any more. */
export function drop(till: Till, visit: VisitId): void {
  till.moment.waiting.delete(visit);
  try {
    till.visits.setEnd({ visit, end: 'dropped' });
  } catch (thrown) {
    // It is forgotten all the same, and the next start writes it down.
    till.report(toError(thrown));
  }
  till.announce({ kind: 'dropped', visit });
}

/** The shop closes: what has not begun never will. */
export function closeTill(till: Till): void {
  dropHeld(till);
  till.turns.dropAll();
}
