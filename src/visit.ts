// The story: one card is held up, and six coupons come out. Whoever reads one file, reads this one.
//
//   card -> customer -> may we? -> their turn -> history, wishes, six offers (decision.ts) -> coupons -> paper
//
// Everything up to the coupons is done in one go and one transaction, so that no other card can come between and a power
// cut leaves all of it or nothing; only the paper takes time.
import { addDays, type LocalDay } from './domain/calendar.ts';
import type { Customer } from './domain/customer.ts';
import type { CardNumber, VisitId } from './domain/ids.ts';
import { canPrint } from './domain/printer-status.ts';
import { toError } from './domain/to-error.ts';
import type { VisitOutcome } from './domain/visit.ts';
import type { Decision } from './decision.ts';
import { printStrip } from './print-strip.ts';
import type { ScanSource } from './store/visits.ts';
import type { Answer, Till } from './visit-parts.ts';
import { drop, dropHeld, hold, patienceEnds, queueUp, release, takeBackStripsOf, type Sale } from './waiting.ts';

export type { Answer, Till, VisitNews } from './visit-parts.ts';

/** How long after a card a STOP or START card still means that customer. */
const WISH_MS = 30_000;
/** Cards whose visit is remembered: more than can be held up in the moment that a repeat lasts. */
const MOST_REMEMBERED = 64;

type Guest = { readonly customer: Customer; readonly source: ScanSource };
/** A strip that waits for its turn; what was decided at the scan already, or null. */
type Waiting = { readonly customer: Customer; readonly visit: VisitId; readonly decision: Decision | null };

/** One scan, whatever it turns out to be. */
export function serveScan(till: Till, { text, source }: { text: string; source: ScanSource }): Answer {
  const reading = till.readCard(text);
  switch (reading.kind) {
    case 'card':
      return welcome(till, { card: reading.number, source });
    case 'stop':
      return hearStop(till, source);
    case 'start':
      return hearStart(till, source);
    case 'coupon':
    case 'not-a-card':
      missScan(till);
      return turnAway(till, { customer: null, source }, { outcome: 'not-a-card' });
  }
}

/** Somebody held up something that is no card, or could not be read: maybe the next customer, so nobody is meant by STOP. */
export function missScan(till: Till): void {
  till.moment.lastShown = null;
}

/** A card is held up: have we only just seen it, and whose is it? */
function welcome(till: Till, { card, source }: { card: CardNumber; source: ScanSource }): Answer {
  const customer = till.customers.findByCard(card);
  const atMs = till.clock.monotonicMs();
  till.moment.lastShown = customer === null ? null : { customer: customer.id, atMs };
  const lastVisit = till.moment.visitOf.get(card);
  const isRepeat = till.repeats.isRepeat({ card, atMs });
  if (isRepeat && lastVisit !== undefined && stands(till, lastVisit)) {
    return tell(till, { visit: lastVisit, outcome: 'repeat', coupons: [], nextStripOn: null, decision: null });
  }
  dropHeld(till);
  const answer =
    customer === null
      ? turnAway(till, { customer, source }, { outcome: 'unknown-card' })
      : serveCustomer(till, { customer, source });
  rememberVisit(till, card, answer.visit);
  return answer;
}

/** Whether anything came of a visit: whoever got nothing for want of a printer, or was dropped, is looked at again at once. */
function stands(till: Till, visit: VisitId): boolean {
  const record = till.visits.find(visit);
  return record !== null && record.outcome !== 'no-printer' && record.end !== 'dropped' && record.end !== 'failed';
}

/** May this customer have a strip, and is it their turn? */
function serveCustomer(till: Till, guest: Guest): Answer {
  const refusal = whyNoStrip(till, guest.customer);
  if (refusal !== null) return turnAway(till, guest, refusal);
  if (!till.printsFor(guest.source)) return turnAway(till, guest, { outcome: 'no-printer' });
  if (till.manners.printAt === 'payment') return holdForPayment(till, guest);
  if (!till.turns.isFree) return waitForTurn(till, guest);
  if (!canPrint(till.printer.status())) return turnAway(till, guest, { outcome: 'no-printer' });
  return takeTurn(till, guest);
}

type Refusal = { readonly outcome: VisitOutcome; readonly nextStripOn?: LocalDay };

function whyNoStrip(till: Till, customer: Customer): Refusal | null {
  if (customer.status === 'blocked') return { outcome: 'blocked-card' };
  if (customer.optedOutAt !== null) return { outcome: 'opted-out' };
  // Coupons dated by a clock that may be wrong would be worth nothing, or too much.
  if (till.isClockDoubtful()) return { outcome: 'nothing-to-offer' };
  const { daysBetweenStrips } = till.manners;
  const sinceDay = addDays(today(till), 1 - daysBetweenStrips);
  const untilDay = addDays(today(till), daysBetweenStrips);
  const lastStripOn = till.visits.lastStripDay({ customer: customer.id, sinceDay, untilDay });
  if (lastStripOn !== null) return { outcome: 'capped', nextStripOn: addDays(lastStripOn, daysBetweenStrips) };
  return canPrint(till.printer.status()) || isPrintingOn(till) ? null : { outcome: 'no-printer' };
}

/** A strip is coming out, or may still: a printer fallen silent in the middle of one often comes to itself. */
function isPrintingOn(till: Till): boolean {
  const { state } = till.printer.status();
  return state === 'printing' || (state === 'silent' && !till.turns.isFree);
}

/** Nobody prints and nobody waits: the strip begins before the scan is answered. */
function takeTurn(till: Till, guest: Guest): Answer {
  const told: { answer: Answer | null } = { answer: null };
  const untilMs = patienceEnds(till);
  till.turns.take({
    patienceMs: till.manners.patienceMs,
    begin: () => {
      const answer = till.atomically(() => {
        const visit = till.visits.open({ ...guest, customer: guest.customer.id, at: till.clock.now() });
        return issueCoupons(till, guest.customer, visit, till.decide(guest.customer, till.clock.now()));
      });
      told.answer = tell(till, answer);
      return printStrip(till, { customer: guest.customer, visit: answer.visit, untilMs }, answer.coupons);
    },
    giveUp: () => undefined,
  });
  if (told.answer === null) throw new Error('A free turn did not begin at once.');
  return told.answer;
}

/** Somebody else's strip is printing: decided when the turn comes, forgotten when the customer's patience ends. */
function waitForTurn(till: Till, { customer, source }: Guest): Answer {
  const answer = till.atomically(() => {
    const visit = till.visits.open({ customer: customer.id, source, at: till.clock.now() });
    return close(till, visit, { outcome: 'queued' });
  });
  const strip = { customer, visit: answer.visit, decision: null };
  queueUp(till, strip, (untilMs) => beginQueued(till, strip, untilMs));
  return tell(till, answer);
}

async function beginQueued(till: Till, { customer: asked, visit, decision }: Waiting, untilMs: number): Promise<void> {
  try {
    // While they waited, the same customer may have been served by another card, have said no, or have been forgotten.
    const customer = till.customers.byId(asked.id);
    const answer = till.atomically(() => {
      const refusal: Refusal | null = customer === null ? { outcome: 'unknown-card' } : whyNoStrip(till, customer);
      if (customer === null || refusal !== null) return close(till, visit, refusal ?? { outcome: 'unknown-card' });
      const isOfToday = decision?.today === today(till);
      return issueCoupons(till, customer, visit, isOfToday ? decision : till.decide(customer, till.clock.now()));
    });
    tell(till, answer);
    await printStrip(till, { customer: customer ?? asked, visit, untilMs }, answer.coupons);
  } catch (thrown) {
    // Nobody waits for the answer any more; the next strip must not wait for ever.
    till.report(toError(thrown));
    drop(till, visit);
  }
}

/** The six offers become coupons: numbered, signed, and on disk before the first byte leaves for the printer. */
function issueCoupons(till: Till, customer: Customer, visit: VisitId, decision: Decision): Answer {
  const at = till.clock.now();
  if (decision.choice.offers.length === 0) return close(till, visit, { outcome: 'nothing-to-offer' }, decision);
  if (till.isHeldOut(customer)) {
    till.ledger.recordHoldout({ visit, customer: customer.id, decision, at });
    return close(till, visit, { outcome: 'held-out' }, decision);
  }
  const coupons = till.ledger.issue({ visit, customer: customer.id, decision, at });
  // In the same commit: after a power cut the strip counts as unknown from here on, and is never sent again.
  till.ledger.startPrinting({ visit, at });
  return { ...close(till, visit, { outcome: 'printing' }, decision), coupons };
}

/** With `printAt: payment`: chosen now, printed when the till says the sale is paid. */
function holdForPayment(till: Till, { customer, source }: Guest): Answer {
  dropHeld(till);
  const at = till.clock.now();
  const decision = till.decide(customer, at);
  const answer = till.atomically(() => {
    const visit = till.visits.open({ customer: customer.id, source, at });
    return close(till, visit, { outcome: 'queued' }, decision);
  });
  hold(till, { visit: answer.visit, customer, decision });
  return tell(till, answer);
}

/** The till reports a sale as paid or void: its customer's turn comes, or the right to print ends. */
export function saleEnded(till: Till, sale: Sale): void {
  const held = release(till, sale);
  if (held !== null) queueUp(till, held, (untilMs) => beginQueued(till, held, untilMs));
}

/** The STOP card: the customer who held up a card just now wants no coupons. */
function hearStop(till: Till, source: ScanSource): Answer {
  const customer = justShown(till);
  if (customer === null) return turnAway(till, { customer, source }, { outcome: 'not-a-card' });
  takeBackStripsOf(till, customer);
  const answer = till.atomically(() => {
    const at = till.clock.now();
    till.customers.optOut({ customer: customer.id, at });
    return close(till, till.visits.open({ customer: customer.id, source, at }), { outcome: 'opted-out' });
  });
  return tell(till, answer);
}

/** The START card undoes it, and the customer is served at once. */
function hearStart(till: Till, source: ScanSource): Answer {
  const customer = justShown(till);
  if (customer === null) return turnAway(till, { customer, source }, { outcome: 'not-a-card' });
  till.customers.optIn(customer.id);
  return serveCustomer(till, { customer: { ...customer, optedOutAt: null }, source });
}

function justShown(till: Till): Customer | null {
  const { lastShown } = till.moment;
  const isLate = lastShown === null || till.clock.monotonicMs() - lastShown.atMs > WISH_MS;
  return isLate ? null : till.customers.byId(lastShown.customer);
}

function turnAway(till: Till, from: { customer: Customer | null; source: ScanSource }, refusal: Refusal): Answer {
  const answer = till.atomically(() => {
    const visit = till.visits.open({ ...from, customer: from.customer?.id ?? null, at: till.clock.now() });
    return close(till, visit, refusal);
  });
  return tell(till, answer);
}

function close(till: Till, visit: VisitId, refusal: Refusal, decision: Decision | null = null): Answer {
  const { outcome, nextStripOn = null } = refusal;
  till.visits.setOutcome({ visit, outcome, nextStripOn });
  return { visit, outcome, coupons: [], nextStripOn, decision };
}

/** Only what is committed is told. */
function tell(till: Till, answer: Answer): Answer {
  till.announce({ kind: 'answered', answer });
  return answer;
}

function today(till: Till): LocalDay {
  return till.calendar.dayOf(till.clock.now());
}

function rememberVisit(till: Till, card: CardNumber, visit: VisitId): void {
  const { visitOf } = till.moment;
  visitOf.delete(card);
  visitOf.set(card, visit);
  const [oldest] = visitOf.keys();
  if (visitOf.size > MOST_REMEMBERED && oldest !== undefined) visitOf.delete(oldest);
}
