// The till's desk: what the web and the prompt may ask of the daemon, told in the words of visits, coupons and baskets.
import type { Instant, ShopCalendar } from './domain/calendar.ts';
import { visitSentence } from './domain/cashier-words.ts';
import type { Clock } from './domain/clock.ts';
import type { RedeemOutcome } from './domain/coupon.ts';
import type { TillId, VisitId } from './domain/ids.ts';
import type { Language } from './domain/language.ts';
import { cashierLine } from './domain/cashier-lines.ts';
import type { StripReport } from './domain/till-strip.ts';
import type { Reprint, ReprintReason } from './domain/reprint.ts';
import type { ScanAnswer } from './domain/visit.ts';
import { explainLogged } from './explain-logged.ts';
import type { TillPrinter } from './printer/till-printer.ts';
import type { Customers } from './store/customers.ts';
import type { IdempotentAnswers } from './store/idempotency.ts';
import type { Ledger } from './store/ledger.ts';
import type { Purchases } from './store/purchases.ts';
import type { ScanSource, VisitLog } from './store/visits.ts';
import type { FinalBasket } from './till/final-basket.ts';
import { takeBasket } from './baskets.ts';
import { closeStrip } from './close-strip.ts';
import type { DaysGrowth } from './days-growth.ts';
import { reprintStrip } from './reprint.ts';
import { ShopNews } from './shop-news.ts';
import { missScan, serveScan, type Answer, type Till, type VisitNews } from './visit.ts';
import { closeTill } from './waiting.ts';
import type {
  BasketAnswer,
  DaemonStatus,
  Explanation,
  LastStrip,
  ReleasedStrip,
  SampleDesk,
  ShopEvent,
  StripClosing,
  TillDesk,
} from './web/desk.ts';

export type DeskParts = {
  readonly clock: Clock;
  /** The latest time that was believed, while the clock is not: by it a coupon is valid or over. */
  readonly believedNow: () => Instant;
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
  /** What a write threw, in words of ours where the disk is to blame. */
  readonly heard: (thrown: unknown) => Error;
  readonly lastStrip: () => LastStrip | null;
  readonly sample: SampleDesk | null;
  /** Where the till prints by itself; null where the printer is ours. */
  readonly tillPrinter: Pick<TillPrinter, 'stripOf' | 'hear'> | null;
};

export class Desk implements TillDesk {
  readonly sample: SampleDesk | null;
  readonly #parts: DeskParts;
  readonly #till: Till;
  readonly #news: ShopNews;
  /** What is done once the transaction that is open now has committed; null where none is. */
  #effects: (() => void)[] | null = null;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.sample = parts.sample;
    this.#news = new ShopNews({ clock: parts.clock, state: () => parts.status().state });
    this.#till = { ...parts.till, announce: (news) => this.#news.hear(news) };
  }

  /** A card held up anywhere: the scanner, the page, the prompt or the till. */
  serve(scan: { text: string; source: ScanSource }): Answer {
    const scannedAtMs = this.#parts.clock.monotonicMs();
    const answer = this.#kept(() => serveScan(this.#till, scan));
    if (answer.outcome === 'printing' || answer.outcome === 'queued') this.#news.scanned(answer.visit, scannedAtMs);
    return answer;
  }

  /** Something was held up to the scanner that could not be read. */
  missScan(): void {
    missScan(this.#till);
  }

  scan({ card, source }: { card: string; source: 'http' | 'page' }): Promise<ScanAnswer> {
    return Promise.resolve(this.#told(this.serve({ text: card, source: source === 'http' ? 'till' : 'page' })));
  }

  closeStrip({ visit, report }: { visit: VisitId; report: StripReport }): Promise<StripClosing> {
    const { tillPrinter, visits, ledger, clock } = this.#parts;
    const listen = (listener: (news: VisitNews) => void): (() => void) => this.onNews(listener);
    const changed = (): void => this.tellStatus();
    return closeStrip({ tillPrinter, visits, ledger, clock, listen, changed }, { visit, report });
  }

  recordBasket(basket: FinalBasket): BasketAnswer {
    const whenCommitted = (effect: () => void): void => this.#whenCommitted(effect);
    const answer = this.#kept(() => takeBasket({ ...this.#parts, till: this.#till, whenCommitted }, basket));
    const at = this.#parts.clock.now();
    this.#whenCommitted(() => this.#news.tell({ kind: 'basket', at, outcome: answer.outcome }));
    return answer;
  }

  /** Its turn came in the moment after the sale was on disk, which is over when this goes on. */
  async releasedStrip(visit: VisitId): Promise<ReleasedStrip | null> {
    await Promise.resolve();
    const { language, till, tillPrinter } = this.#parts;
    const strip = tillPrinter?.stripOf(visit) ?? null;
    if (strip === null) return null;
    const printer = till.printer.status();
    return { strip, cashierLine: cashierLine({ outcome: 'printing', language, nextStripOn: null, printer }) };
  }

  redeem(request: { code: string; basket: string | null; till: TillId | null }): RedeemOutcome {
    const at = this.#parts.believedNow();
    const till = request.till ?? this.#parts.tillId;
    const result = this.#kept(() => this.#parts.ledger.redeem({ ...request, at, till, source: 'till' }));
    const serial = 'coupon' in result ? result.coupon.serial : null;
    this.#whenCommitted(() => this.#news.tell({ kind: 'redemption', at, outcome: result.outcome, serial }));
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
    const whenCommitted = (effect: () => void): void => this.#whenCommitted(effect);
    const reprint = this.#kept(() => reprintStrip(this.#till, { ...wish, whenCommitted }));
    if (reprint === null) return null;
    const { visit, reason } = wish;
    const at = this.#parts.clock.now();
    whenCommitted(() => this.#news.tell({ kind: 'reprint', at, visit, reason, outcome: reprint.outcome }));
    return reprint;
  }

  setOptOut({ visit, optedOut }: { visit: VisitId; optedOut: boolean }): { optedOut: boolean } | null {
    const customer = this.#parts.visits.customerOf(visit);
    if (customer === null) return null;
    const { customers, clock } = this.#parts;
    this.#kept(() => (optedOut ? customers.optOut({ customer, at: clock.now() }) : customers.optIn(customer)));
    return { optedOut };
  }

  status(): DaemonStatus {
    return this.#parts.status();
  }

  subscribe(listener: (event: ShopEvent) => void): () => void {
    return this.#news.onEvent(listener);
  }

  /** For the prompt and the log, which want to know more than an event tells. */
  onNews(listener: (news: VisitNews) => void): () => void {
    return this.#news.onNews(listener);
  }

  /** Something that the status shows has changed. */
  tellStatus(): void {
    this.#news.tellStatus();
  }

  idempotent(request: { key: string; bodyDigest: string }, run: () => string) {
    const { answers, clock } = this.#parts;
    const effects: (() => void)[] = [];
    this.#effects = effects;
    try {
      const stored = this.#kept(() => answers.once({ ...request, at: clock.now() }, run));
      this.#effects = null;
      for (const effect of effects) effect();
      return stored;
    } finally {
      this.#effects = null;
    }
  }

  lastStrip(): LastStrip | null {
    return this.#parts.lastStrip();
  }

  /** The shop closes: strips that have not begun never will. */
  close(): void {
    closeTill(this.#till);
    this.#news.close();
  }

  /** Nothing is half done where a write fails: its transaction is undone, and whoever asked is told why. */
  #kept<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (thrown) {
      throw this.#parts.heard(thrown);
    }
  }

  /** Pages, metrics and printer hear of nothing that is not on disk, and of nothing that a full disk undid. */
  #whenCommitted(effect: () => void): void {
    if (this.#effects === null) effect();
    else this.#effects.push(effect);
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
