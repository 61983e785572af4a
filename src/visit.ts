// The story: one card is held up, and six coupons come out. Whoever reads one file, reads this one.
//
//   card -> customer -> may we? -> their turn -> history, wishes, six offers (decision.ts) -> coupons -> paper
//
// Everything up to the coupons is done in one go and one transaction, so that no other card can come between and a power
// cut leaves all of it or nothing; only the paper takes time.
import { addDays, type LocalDay } from './domain/calendar.ts';
import type { Coupon } from './domain/coupon.ts';
import type { Customer } from './domain/customer.ts';
import type { CardNumber, VisitId } from './domain/ids.ts';
import { canPrint } from './domain/printer-status.ts';
import { toError } from './domain/to-error.ts';
import type { VisitOutcome } from './domain/visit.ts';
import type { Decision } from './decision.ts';
import type { PrintResult } from './printer/printer.ts';
import type { ScanSource } from './store/visits.ts';
import type { Answer, Till } from './visit-parts.ts';

export type { Answer, Till, VisitNews } from './visit-parts.ts';

/** How long after a card a STOP or START card still means that customer. */
const WISH_MS = 30_000;
/** Paid later than this after the card, a sale at which nobody showed one is taken for somebody else's. */
const LONGEST_SALE_MS = 30 * 60_000;
/** Cards whose visit is remembered: more than can be held up in the moment that a repeat lasts. */
const MOST_REMEMBERED = 64;

type Guest = { readonly customer: Customer; readonly source: ScanSource };
/** A strip on its way: whose, and until when they wait for it to begin. */
type Order = { readonly customer: Customer; readonly visit: VisitId; readonly untilMs: number };

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
      return turnAway(till, { customer: null, source }, { outcome: 'not-a-card' });
  }
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
  const lastStripOn = till.visits.lastStripDay({ customer: customer.id, sinceDay });
  if (lastStripOn !== null) return { outcome: 'capped', nextStripOn: addDays(lastStripOn, daysBetweenStrips) };
  const { state } = till.printer.status();
  return canPrint(till.printer.status()) || state === 'printing' ? null : { outcome: 'no-printer' };
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
  queue(till, { customer, visit: answer.visit, decision: null });
  return tell(till, answer);
}

function queue(till: Till, strip: { customer: Customer; visit: VisitId; decision: Decision | null }): void {
  const { customer, visit } = strip;
  const untilMs = patienceEnds(till);
  const takeBack = till.turns.take({
    patienceMs: till.manners.patienceMs,
    begin: () => beginQueued(till, strip, untilMs),
    giveUp: () => drop(till, visit),
  });
  // Already begun when the printer was free: then there is no place left to take back.
  if (till.turns.waitingCount > 0) till.moment.waiting.set(visit, { customer: customer.id, takeBack });
}

async function beginQueued(
  till: Till,
  { customer: asked, visit, decision }: { customer: Customer; visit: VisitId; decision: Decision | null },
  untilMs: number,
): Promise<void> {
  till.moment.waiting.delete(visit);
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

/** Paper: what came out is written down as the printer reports it, coupon by coupon. Never printed again by itself. */
async function printStrip(till: Till, order: Order, coupons: readonly Coupon[]): Promise<void> {
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

/** With `printAt: payment`: chosen now, printed when the till says the sale is paid. */
function holdForPayment(till: Till, { customer, source }: Guest): Answer {
  dropHeld(till);
  const at = till.clock.now();
  const decision = till.decide(customer, at);
  const answer = till.atomically(() => {
    const visit = till.visits.open({ customer: customer.id, source, at });
    return close(till, visit, { outcome: 'queued' }, decision);
  });
  till.moment.held = { visit: answer.visit, customer, decision, atMs: till.clock.monotonicMs() };
  return tell(till, answer);
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

/** The till reports a sale as paid or void: its customer's turn comes, or the right to print ends. */
export function saleEnded(till: Till, sale: Sale): void {
  const { held } = till.moment;
  if (held === null || releasedBy(till, sale) === null) return dropHeld(till);
  till.moment.held = null;
  queue(till, held);
}

/** `unseen`: the till saw no card, so that the card held up to us counts; `unknown`: it saw one that is nobody's. */
export type Sale = { readonly buyer: Customer | 'unseen' | 'unknown'; readonly isVoid: boolean };

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

/** The shop closes: what has not begun never will. */
export function closeTill(till: Till): void {
  dropHeld(till);
  till.turns.dropAll();
}

function justShown(till: Till): Customer | null {
  const { lastShown } = till.moment;
  const isLate = lastShown === null || till.clock.monotonicMs() - lastShown.atMs > WISH_MS;
  return isLate ? null : till.customers.byId(lastShown.customer);
}

function takeBackStripsOf(till: Till, customer: Customer): void {
  if (till.moment.held?.customer.id === customer.id) dropHeld(till);
  for (const waiting of [...till.moment.waiting.values()]) {
    if (waiting.customer === customer.id) waiting.takeBack();
  }
}

function dropHeld(till: Till): void {
  const { held } = till.moment;
  till.moment.held = null;
  if (held !== null) drop(till, held.visit);
}

function drop(till: Till, visit: VisitId): void {
  till.moment.waiting.delete(visit);
  try {
    till.visits.setEnd({ visit, end: 'dropped' });
  } catch (thrown) {
    // It is forgotten all the same, and the next start writes it down.
    till.report(toError(thrown));
  }
  till.announce({ kind: 'dropped', visit });
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

function patienceEnds(till: Till): number {
  return till.clock.monotonicMs() + till.manners.patienceMs;
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
