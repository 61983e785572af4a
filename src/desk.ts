// The till's desk: what the web and the prompt may ask of the daemon, told in the words of visits, coupons and baskets.
import type { Instant, ShopCalendar } from './domain/calendar.ts';
import { visitSentence } from './domain/cashier-words.ts';
import type { Clock } from './domain/clock.ts';
import type { RedeemOutcome } from './domain/coupon.ts';
import type { Customer } from './domain/customer.ts';
import type { CardNumber, CustomerId, TillId, VisitId } from './domain/ids.ts';
import type { Language } from './domain/language.ts';
import { cashierLine } from './domain/cashier-lines.ts';
import { contradicts, reportedOf, type StripReport } from './domain/till-strip.ts';
import type { Reprint, ReprintReason } from './domain/reprint.ts';
import type { ScanAnswer, StripEnd, VisitRecord } from './domain/visit.ts';
import { toError } from './domain/to-error.ts';
import { explainLogged } from './explain-logged.ts';
import type { TillPrinter } from './printer/till-printer.ts';
import type { Customers } from './store/customers.ts';
import type { IdempotentAnswers } from './store/idempotency.ts';
import type { Ledger } from './store/ledger.ts';
import type { Purchases } from './store/purchases.ts';
import type { ScanSource, VisitLog } from './store/visits.ts';
import type { FinalBasket } from './till/final-basket.ts';
import type { DaysGrowth } from './days-growth.ts';
import { reprintStrip } from './reprint.ts';
import {
  closeTill,
  releasedBy,
  saleEnded,
  serveScan,
  type Answer,
  type Sale,
  type Till,
  type VisitNews,
} from './visit.ts';
import type {
  BasketAnswer,
  DaemonStatus,
  Explanation,
  LastStrip,
  SampleDesk,
  ShopEvent,
  StripClosing,
  TillDesk,
} from './web/desk.ts';

export type DeskParts = {
  readonly clock: Clock;
  readonly calendar: ShopCalendar;
  readonly tillId: TillId;
  readonly language: Language;
  /** The visit's own parts; the desk listens to what it announces. */
  readonly till: Omit<Till, 'announce'>;
  readonly customers: Customers;
  readonly purchases: Purchases;
  readonly growth: Pick<DaysGrowth, 'learn' | 'unlearn'>;
  readonly visits: VisitLog;
  readonly ledger: Ledger;
  readonly answers: IdempotentAnswers;
  readonly status: () => DaemonStatus;
  readonly lastStrip: () => LastStrip | null;
  readonly sample: SampleDesk | null;
  /** Where the till prints by itself; null where the printer is ours. */
  readonly tillPrinter: Pick<TillPrinter, 'stripOf' | 'hear'> | null;
};

/** Visits whose scan is remembered for measuring how long the first byte took. */
const MOST_TIMED = 256;

export class Desk implements TillDesk {
  readonly sample: SampleDesk | null;
  readonly #parts: DeskParts;
  readonly #till: Till;
  readonly #listeners = new Set<(event: ShopEvent) => void>();
  readonly #newsListeners = new Set<(news: VisitNews) => void>();
  #isTellingStatus = false;
  #isClosed = false;
  readonly #scannedAtMs = new Map<VisitId, number>();

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.sample = parts.sample;
    this.#till = { ...parts.till, announce: (news) => this.#hear(news) };
  }

  /** A card held up anywhere: the scanner, the page, the prompt or the till. */
  serve(scan: { text: string; source: ScanSource }): Answer {
    const scannedAtMs = this.#parts.clock.monotonicMs();
    const answer = serveScan(this.#till, scan);
    if (answer.outcome === 'printing' || answer.outcome === 'queued') this.#time(answer.visit, scannedAtMs);
    return answer;
  }

  scan({ card, source }: { card: string; source: 'http' | 'page' }): Promise<ScanAnswer> {
    return Promise.resolve(this.#told(this.serve({ text: card, source: source === 'http' ? 'till' : 'page' })));
  }

  async closeStrip({ visit, report }: { visit: VisitId; report: StripReport }): Promise<StripClosing> {
    const { tillPrinter } = this.#parts;
    const record = this.visit(visit);
    if (record === null) return { state: 'no-visit' };
    if (tillPrinter === null || record.coupons.length === 0) return { state: 'not-the-tills' };
    const serials = record.coupons.map(({ serial }) => serial);
    if (typeof report !== 'string' && report.some((serial) => !serials.includes(serial)))
      return { state: 'foreign-serial' };
    const { promise: written, resolve } = Promise.withResolvers<void>();
    const stopListening = this.onNews((news) => {
      if (news.kind === 'ended' && news.visit === visit) resolve();
    });
    try {
      if (tillPrinter.hear({ visit, report })) await written;
      else if (record.coupons.some(({ serial, state }) => contradicts(reportedOf(report, serial), state)))
        return { state: 'other' };
      else this.#settleLate(record, report);
    } finally {
      stopListening();
    }
    return { state: 'closed', record: this.visit(visit) ?? record };
  }

  recordBasket(basket: FinalBasket): BasketAnswer {
    const answer = this.#takeBasket(basket);
    this.#tell({ kind: 'basket', at: this.#parts.clock.now(), outcome: answer.outcome });
    return answer;
  }

  redeem(request: { code: string; basket: string | null; till: TillId | null }): RedeemOutcome {
    const at = this.#parts.clock.now();
    const { code, basket, till } = request;
    const result = this.#parts.ledger.redeem({ code, basket, at, till: till ?? this.#parts.tillId, source: 'till' });
    const serial = 'coupon' in result ? result.coupon.serial : null;
    this.#tell({ kind: 'redemption', at, outcome: result.outcome, serial });
    return result;
  }

  visit(id: VisitId) {
    return this.#parts.visits.find(id);
  }

  explain({ visit, language }: { visit: VisitId; language: Language }): Explanation | null {
    const decision = this.#parts.ledger.decisionOf(visit);
    return decision === null ? null : explainLogged(decision, language);
  }

  reprint(wish: { visit: VisitId; reason: ReprintReason; source: string }): Reprint | null {
    const reprint = reprintStrip(this.#till, wish);
    if (reprint !== null) {
      const at = this.#parts.clock.now();
      this.#tell({ kind: 'reprint', at, visit: wish.visit, reason: wish.reason, outcome: reprint.outcome });
    }
    return reprint;
  }

  setOptOut({ visit, optedOut }: { visit: VisitId; optedOut: boolean }): { optedOut: boolean } | null {
    const customer = this.#parts.visits.customerOf(visit);
    if (customer === null) return null;
    if (optedOut) this.#parts.customers.optOut({ customer, at: this.#parts.clock.now() });
    else this.#parts.customers.optIn(customer);
    return { optedOut };
  }

  status(): DaemonStatus {
    return this.#parts.status();
  }

  subscribe(listener: (event: ShopEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** For the prompt and the log, which want to know more than an event tells. */
  onNews(listener: (news: VisitNews) => void): () => void {
    this.#newsListeners.add(listener);
    return () => this.#newsListeners.delete(listener);
  }

  /** Something that the status shows has changed. Told a moment later: reading it all must not stand before the first byte. */
  tellStatus(): void {
    if (this.#isTellingStatus) return;
    this.#isTellingStatus = true;
    this.#parts.clock.after(0, () => {
      this.#isTellingStatus = false;
      if (this.#isClosed) return;
      this.#tell({ kind: 'status', at: this.#parts.clock.now(), state: this.status().state });
    });
  }

  idempotent(request: { key: string; bodyDigest: string }, run: () => string) {
    return this.#parts.answers.once({ ...request, at: this.#parts.clock.now() }, run);
  }

  lastStrip(): LastStrip | null {
    return this.#parts.lastStrip();
  }

  /** The shop closes: strips that have not begun never will. */
  close(): void {
    closeTill(this.#till);
    this.#isClosed = true;
  }

  /** Said again, or after the time limit or a restart had made it unknown: only what was unknown may still change. */
  #settleLate({ visit, coupons }: VisitRecord, report: StripReport): void {
    const parts = coupons.map(({ serial }) => ({ serial, result: reportedOf(report, serial) }));
    const isOpen = coupons.some(({ state }) => state === 'unknown' || state === 'issued');
    if (!isOpen || report === 'unknown') return;
    this.#parts.ledger.recordPrint({
      visit,
      result: { parts, millimetres: null, bytes: 0 },
      at: this.#parts.clock.now(),
    });
    this.tellStatus();
  }

  #takeBasket(basket: FinalBasket): BasketAnswer {
    const found = this.#customerOf(basket);
    const sale: Sale = { buyer: buyerOf(found), isVoid: basket.isVoid };
    // What is paid at another till is history and nothing more: nobody there holds up a card to us.
    const isOurs = basket.till === this.#parts.tillId;
    const released = isOurs ? releasedBy(this.#till, sale) : null;
    // After the caller's transaction: not a byte leaves for the printer before the sale is on disk.
    if (isOurs) queueMicrotask(() => saleEnded(this.#till, sale));
    if (basket.isVoid) {
      const { purchases, growth } = this.#parts;
      if (typeof found !== 'string' && purchases.takeBackSale({ customer: found.id, ...basket }) > 0) growth.unlearn();
      return { outcome: 'voided', lines: 0, visit: null };
    }
    if (typeof found === 'string') return { outcome: found, lines: 0, visit: released };
    const recorded = this.#parts.purchases.recordSale({ customer: found.id, ...basket });
    if (recorded === 'unknown-customer') return { outcome: 'unknown-card', lines: 0, visit: null };
    if (recorded.taken > 0) queueMicrotask(() => this.#learn(found.id, basket.at));
    return { outcome: 'recorded', lines: recorded.taken, visit: released };
  }

  /** The index grows by the day's baskets; the night builds them in. */
  #learn(customer: CustomerId, boughtAt: Instant): void {
    const { growth, clock, till } = this.#parts;
    try {
      growth.learn({ customer, boughtAt, now: clock.now() });
    } catch (thrown) {
      // The sale is stored; the next round reads it from there.
      growth.unlearn();
      till.report(toError(thrown));
    }
  }

  #customerOf(basket: FinalBasket): Buyer {
    if (basket.card === null) return 'anonymous';
    const reading = this.#till.readCard(basket.card);
    const number: CardNumber | null = reading.kind === 'card' ? reading.number : null;
    if (number === null) return 'not-a-card';
    return this.#parts.customers.findByCard(number) ?? 'unknown-card';
  }

  #hear(news: VisitNews): void {
    for (const listener of this.#newsListeners) listener(news);
    const at = this.#parts.clock.now();
    switch (news.kind) {
      case 'answered': {
        const { visit, outcome, decision } = news.answer;
        const decisionMs = decision === null ? null : decision.historyMs + decision.choosingMs;
        return this.#tell({ kind: 'visit', at, visit, outcome, decisionMs });
      }
      case 'begun': {
        const scannedAtMs = this.#scannedAtMs.get(news.visit);
        if (scannedAtMs === undefined) return;
        const scanToFirstByteMs = this.#parts.clock.monotonicMs() - scannedAtMs;
        return this.#tell({ kind: 'strip-begun', at, visit: news.visit, scanToFirstByteMs });
      }
      case 'ended':
        return this.#ended(
          news.visit,
          news.result.end,
          news.result.parts.filter((part) => part.serial !== null).length,
        );
      case 'dropped':
        return this.#ended(news.visit, 'dropped', 0);
      case 'copied':
        return;
    }
  }

  #ended(visit: VisitId, end: StripEnd, coupons: number): void {
    this.#scannedAtMs.delete(visit);
    this.#tell({ kind: 'strip-ended', at: this.#parts.clock.now(), visit, end, coupons });
  }

  #tell(event: ShopEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #time(visit: VisitId, scannedAtMs: number): void {
    this.#scannedAtMs.set(visit, scannedAtMs);
    const [oldest] = this.#scannedAtMs.keys();
    if (this.#scannedAtMs.size > MOST_TIMED && oldest !== undefined) this.#scannedAtMs.delete(oldest);
  }

  #told(answer: Answer): ScanAnswer {
    const { visit, outcome, coupons, nextStripOn } = answer;
    const { language, till, tillPrinter } = this.#parts;
    const strip = outcome === 'printing' ? (tillPrinter?.stripOf(visit) ?? null) : null;
    const why = visitSentence(outcome, language, { nextStripOn });
    const line = cashierLine({ outcome, language, nextStripOn, printer: till.printer.status() });
    return { visit, outcome, why, coupons, cashierLine: line, strip };
  }
}

type Buyer = Customer | 'anonymous' | 'unknown-card' | 'not-a-card';

/** A card that is nobody's is not the card that was held up to us. */
function buyerOf(found: Buyer): Sale['buyer'] {
  if (typeof found !== 'string') return found;
  return found === 'anonymous' ? 'unseen' : 'unknown';
}
