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
import type { ScanAnswer, StripEnd } from './domain/visit.ts';
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
import { serveScan, type Answer, type Till, type VisitNews } from './visit.ts';
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
  /** What is done once the transaction that is open now has committed; null where none is. */
  #effects: (() => void)[] | null = null;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.sample = parts.sample;
    this.#till = { ...parts.till, announce: (news) => this.#hear(news) };
  }

  /** A card held up anywhere: the scanner, the page, the prompt or the till. */
  serve(scan: { text: string; source: ScanSource }): Answer {
    const scannedAtMs = this.#parts.clock.monotonicMs();
    const answer = this.#kept(() => serveScan(this.#till, scan));
    if (answer.outcome === 'printing' || answer.outcome === 'queued') this.#time(answer.visit, scannedAtMs);
    return answer;
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
    this.#whenCommitted(() => this.#tell({ kind: 'basket', at, outcome: answer.outcome }));
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
    this.#whenCommitted(() => this.#tell({ kind: 'redemption', at, outcome: result.outcome, serial }));
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
    whenCommitted(() => this.#tell({ kind: 'reprint', at, visit, reason, outcome: reprint.outcome }));
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
    this.#isClosed = true;
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
