// What a visit touches and what it answers, by type: app-till.ts puts the real things there, and visit.ts tells the story.
import type { LocalDay, ShopCalendar } from './domain/calendar.ts';
import type { Clock } from './domain/clock.ts';
import type { Coupon } from './domain/coupon.ts';
import type { Customer } from './domain/customer.ts';
import type { CardNumber, CustomerId, VisitId } from './domain/ids.ts';
import type { ReprintReason } from './domain/reprint.ts';
import type { StripEnd, VisitOutcome } from './domain/visit.ts';
import type { Decide, Decision } from './decision.ts';
import type { Printer, PrintResult } from './printer/printer.ts';
import type { Turns } from './printer/turns.ts';
import type { ReceiptPart } from './receipt/elements.ts';
import type { ScanReading } from './scan/card-grammar.ts';
import type { RepeatFilter } from './scan/repeat-filter.ts';
import type { Customers } from './store/customers.ts';
import type { Ledger } from './store/ledger.ts';
import type { ScanSource, VisitLog } from './store/visits.ts';

/** Everything a visit touches. app-till.ts puts the real things here. */
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
    /** Asked for once more: marked as a copy. */
    isCopy: boolean;
  }) => readonly ReceiptPart[];
  readonly printer: Printer;
  /** Whether the one who scans has the printer: where the till prints by itself, only what the till asked for is printed. */
  readonly printsFor: (source: ScanSource) => boolean;
  readonly turns: Turns;
  readonly isClockDoubtful: () => boolean;
  readonly moment: Moment;
  /** Told of every change, for pages, metrics and logs. */
  readonly announce: (news: VisitNews) => void;
  /** What went wrong where nobody waits for an answer any more. */
  readonly report: (error: Error) => void;
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
  lastShown: { readonly customer: CustomerId; readonly atMs: number } | null;
  /** A strip that has not begun yet: whose, and how to take its place in the queue back. */
  readonly waiting: Map<VisitId, { readonly customer: CustomerId; readonly takeBack: () => void }>;
  /** With `printAt: payment`: who prints when the sale is paid. */
  held: Held | null;
  /** The visit each card led to lately, for a sight of it that only repeats. */
  readonly visitOf: Map<CardNumber, VisitId>;
};

/** A strip decided at the scan that waits for its sale to be paid. */
export type Held = {
  readonly visit: VisitId;
  readonly customer: Customer;
  readonly decision: Decision;
  readonly atMs: number;
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
  | { readonly kind: 'dropped'; readonly visit: VisitId }
  | { readonly kind: 'copied'; readonly visit: VisitId; readonly reason: ReprintReason; readonly end: StripEnd };
