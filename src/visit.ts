// The story: one card is held up, and six coupons come out. Whoever reads one file, reads this one.
//
//   card -> customer -> may we? -> their turn -> history, wishes, six offers (decision.ts) -> coupons -> paper
//
// Everything up to the coupons is done in one go and one transaction, so that no other card can come between and a power
// cut leaves all of it or nothing; only the paper takes time.
import { addDays, type LocalDay, type ShopCalendar } from './domain/calendar.ts';
import type { Clock } from './domain/clock.ts';
import type { Coupon } from './domain/coupon.ts';
import type { Customer } from './domain/customer.ts';
import type { CardNumber, VisitId } from './domain/ids.ts';
import { canPrint } from './domain/printer-status.ts';
import type { VisitOutcome } from './domain/visit.ts';
import type { Decide, Decision } from './decision.ts';
import type { Printer, PrintResult } from './printer/printer.ts';
import type { Turns } from './printer/turns.ts';
import type { ReceiptPart } from './receipt/elements.ts';
import type { ScanReading } from './scan/card-grammar.ts';
import type { RepeatFilter } from './scan/repeat-filter.ts';
import type { Customers } from './store/customers.ts';
import type { Ledger } from './store/ledger.ts';
import type { ScanSource, VisitLog } from './store/visits.ts';

/** Everything a visit touches. app.ts puts the real things here. */
export type Till = {
  readonly clock: Clock;
  readonly calendar: ShopCalendar;
  readonly manners: Manners;
  readonly readCard: (text: string) => ScanReading;
  readonly repeats: RepeatFilter;
  readonly customers: Customers;
  readonly decide: Decide;
  readonly isHeldOut: (customer: Customer) => boolean;
  readonly visits: VisitLog;
  readonly ledger: Ledger;
  /** The store's transaction: all of it is kept, or nothing. */
  readonly atomically: <Result>(work: () => Result) => Result;
  readonly layOut: (strip: {
    customer: Customer;
    visit: VisitId;
    coupons: readonly Coupon[];
  }) => readonly ReceiptPart[];
  readonly printer: Printer;
  readonly turns: Turns;
  readonly isClockDoubtful: () => boolean;
  readonly moment: Moment;
  /** Told of every change, for pages, metrics and logs. */
  readonly announce: (news: VisitNews) => void;
};

export type Manners = {
  readonly printAt: 'scan' | 'payment';
  /** How long a customer waits for the strip to begin. */
  readonly patienceMs: number;
  readonly daysBetweenStrips: number;
};

/** What the till remembers from one scan to the next. */
export type Moment = {
  /** The customer whose card was held up last: whom a STOP card means. */
  lastShown: { readonly customer: Customer; readonly atMs: number } | null;
  /** A strip that has not begun yet: whose, and how to take its place in the queue back. */
  readonly waiting: Map<VisitId, { readonly customer: Customer; readonly takeBack: () => void }>;
  /** With `printAt: payment`: who prints when the sale is paid. */
  held: { readonly visit: VisitId; readonly customer: Customer; readonly decision: Decision } | null;
  /** The visit each card led to lately, for a sight of it that only repeats. */
  readonly visitOf: Map<CardNumber, VisitId>;
};

/** What the one who scanned is told at once. */
export type Answer = {
  readonly visit: VisitId;
  readonly outcome: VisitOutcome;
  readonly coupons: readonly Coupon[];
  /** For a customer who had their strip lately. */
  readonly nextStripOn: LocalDay | null;
  /** What was chosen and why; null where it did not come to a choice. */
  readonly decision: Decision | null;
};

export type VisitNews =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'begun'; readonly visit: VisitId }
  | { readonly kind: 'ended'; readonly visit: VisitId; readonly result: PrintResult }
  | { readonly kind: 'dropped'; readonly visit: VisitId };

/** How long after a card a STOP or START card still means that customer. */
const WISH_MS = 30_000;
/** Cards whose visit is remembered: more than can be held up in the moment that a repeat lasts. */
const MOST_REMEMBERED = 64;

type Guest = { readonly customer: Customer; readonly source: ScanSource };

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
  const lastVisit = till.moment.visitOf.get(card);
  const isRepeat = till.repeats.isRepeat({ card, atMs: till.clock.monotonicMs() });
  if (isRepeat && lastVisit !== undefined) {
    return tell(till, { visit: lastVisit, outcome: 'repeat', coupons: [], nextStripOn: null, decision: null });
  }
  dropHeld(till);
  const customer = till.customers.findByCard(card);
  till.moment.lastShown = customer === null ? null : { customer, atMs: till.clock.monotonicMs() };
  const answer =
    customer === null
      ? turnAway(till, { customer, source }, { outcome: 'unknown-card' })
      : serveCustomer(till, { customer, source });
  if (answer.outcome === 'no-printer') till.repeats.forget(card);
  rememberVisit(till, card, answer.visit);
  return answer;
}

/** May this customer have a strip, and is it their turn? */
function serveCustomer(till: Till, guest: Guest): Answer {
  const refusal = whyNoStrip(till, guest.customer);
  if (refusal !== null) return turnAway(till, guest, refusal);
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
  till.turns.take({
    patienceMs: till.manners.patienceMs,
    begin: () => {
      const answer = till.atomically(() => {
        const visit = till.visits.open({ ...guest, customer: guest.customer.id, at: till.clock.now() });
        return issueCoupons(till, guest.customer, visit, till.decide(guest.customer, till.clock.now()));
      });
      told.answer = tell(till, answer);
      return printStrip(till, guest.customer, answer);
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
  const takeBack = till.turns.take({
    patienceMs: till.manners.patienceMs,
    begin: () => {
      till.moment.waiting.delete(visit);
      const answer = till.atomically(() => {
        // While they waited, the same customer may have been served by another card, or have said no.
        const now = till.customers.byId(customer.id);
        const refusal: Refusal | null = now === null ? { outcome: 'unknown-card' } : whyNoStrip(till, now);
        if (refusal !== null) return close(till, visit, refusal);
        return issueCoupons(till, customer, visit, strip.decision ?? till.decide(customer, till.clock.now()));
      });
      tell(till, answer);
      return printStrip(till, customer, answer);
    },
    giveUp: () => drop(till, visit),
  });
  // Already begun when the printer was free: then there is no place left to take back.
  if (till.turns.waitingCount > 0) till.moment.waiting.set(visit, { customer, takeBack });
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
async function printStrip(till: Till, customer: Customer, { visit, coupons }: Answer): Promise<void> {
  if (coupons.length === 0) return;
  const parts = till.layOut({ customer, visit, coupons });
  const onFirstByte = (): void => till.announce({ kind: 'begun', visit });
  const result = await till.printer.print({ visit, parts, onFirstByte });
  till.ledger.recordPrint({ visit, result, at: till.clock.now() });
  till.announce({ kind: 'ended', visit, result });
}

/** With `printAt: payment`: chosen now, printed when the till says the sale is paid. */
function holdForPayment(till: Till, { customer, source }: Guest): Answer {
  const at = till.clock.now();
  const decision = till.decide(customer, at);
  const answer = till.atomically(() => {
    const visit = till.visits.open({ customer: customer.id, source, at });
    return close(till, visit, { outcome: 'queued' }, decision);
  });
  till.moment.held = { visit: answer.visit, customer, decision };
  return tell(till, answer);
}

/** Whose strip a sale would release: only that of the customer whose card was held up in it, and only when it is paid. */
export function releasedBy(till: Till, sale: Sale): VisitId | null {
  const { held } = till.moment;
  if (held === null || sale.isVoid) return null;
  return sale.customer === null || sale.customer.id === held.customer.id ? held.visit : null;
}

/** The till reports a sale as paid or void: its customer's turn comes, or the right to print ends. */
export function saleEnded(till: Till, sale: Sale): void {
  const { held } = till.moment;
  if (held === null || releasedBy(till, sale) === null) return dropHeld(till);
  till.moment.held = null;
  queue(till, held);
}

/** `customer`: of the card the till saw; null where it saw none, and then the card held up to us counts. */
export type Sale = { readonly customer: Customer | null; readonly isVoid: boolean };

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
  const shown = justShown(till);
  if (shown === null) return turnAway(till, { customer: shown, source }, { outcome: 'not-a-card' });
  till.customers.optIn(shown.id);
  return serveCustomer(till, { customer: { ...shown, optedOutAt: null }, source });
}

/** The shop closes: what has not begun never will. */
export function closeTill(till: Till): void {
  dropHeld(till);
  till.turns.dropAll();
}

function justShown(till: Till): Customer | null {
  const { lastShown } = till.moment;
  return lastShown !== null && till.clock.monotonicMs() - lastShown.atMs <= WISH_MS ? lastShown.customer : null;
}

function takeBackStripsOf(till: Till, customer: Customer): void {
  if (till.moment.held?.customer.id === customer.id) dropHeld(till);
  for (const waiting of [...till.moment.waiting.values()]) {
    if (waiting.customer.id === customer.id) waiting.takeBack();
  }
}

function dropHeld(till: Till): void {
  const { held } = till.moment;
  till.moment.held = null;
  if (held !== null) drop(till, held.visit);
}

function drop(till: Till, visit: VisitId): void {
  till.moment.waiting.delete(visit);
  till.visits.setEnd({ visit, end: 'dropped' });
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
