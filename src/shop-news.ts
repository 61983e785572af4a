// What is told of the shop while it serves: news of visits for prompt and log, events for pages and metrics.
import type { Clock } from './domain/clock.ts';
import type { VisitId } from './domain/ids.ts';
import type { StripEnd } from './domain/visit.ts';
import type { VisitNews } from './visit-parts.ts';
import type { DaemonState, ShopEvent } from './web/desk.ts';

/** Visits whose scan is remembered for measuring how long the first byte took. */
const MOST_TIMED = 256;

export class ShopNews {
  readonly #clock: Clock;
  readonly #state: () => DaemonState;
  readonly #events = new Set<(event: ShopEvent) => void>();
  readonly #news = new Set<(news: VisitNews) => void>();
  readonly #scannedAtMs = new Map<VisitId, number>();
  #isTellingStatus = false;
  #isClosed = false;

  constructor(of: { readonly clock: Clock; readonly state: () => DaemonState }) {
    this.#clock = of.clock;
    this.#state = of.state;
  }

  onEvent(listener: (event: ShopEvent) => void): () => void {
    this.#events.add(listener);
    return () => this.#events.delete(listener);
  }

  onNews(listener: (news: VisitNews) => void): () => void {
    this.#news.add(listener);
    return () => this.#news.delete(listener);
  }

  /** A card was held up then; its strip's first byte is measured from it. */
  scanned(visit: VisitId, scannedAtMs: number): void {
    this.#scannedAtMs.set(visit, scannedAtMs);
    const [oldest] = this.#scannedAtMs.keys();
    if (this.#scannedAtMs.size > MOST_TIMED && oldest !== undefined) this.#scannedAtMs.delete(oldest);
  }

  hear(news: VisitNews): void {
    for (const listener of this.#news) listener(news);
    const at = this.#clock.now();
    switch (news.kind) {
      case 'answered': {
        const { visit, outcome, decision } = news.answer;
        const decisionMs = decision === null ? null : decision.historyMs + decision.choosingMs;
        return this.tell({ kind: 'visit', at, visit, outcome, decisionMs });
      }
      case 'begun': {
        const scannedAtMs = this.#scannedAtMs.get(news.visit);
        if (scannedAtMs === undefined) return;
        const scanToFirstByteMs = this.#clock.monotonicMs() - scannedAtMs;
        return this.tell({ kind: 'strip-begun', at, visit: news.visit, scanToFirstByteMs });
      }
      case 'ended': {
        const { end, parts } = news.result;
        return this.#ended(news.visit, end, parts.filter((part) => part.serial !== null).length);
      }
      case 'dropped':
        return this.#ended(news.visit, 'dropped', 0);
      case 'copied':
        return;
    }
  }

  tell(event: ShopEvent): void {
    for (const listener of this.#events) listener(event);
  }

  /** Something that the status shows has changed. Told a moment later: reading it all must not stand before the first byte. */
  tellStatus(): void {
    if (this.#isTellingStatus) return;
    this.#isTellingStatus = true;
    this.#clock.after(0, () => {
      this.#isTellingStatus = false;
      if (this.#isClosed) return;
      try {
        this.tell({ kind: 'status', at: this.#clock.now(), state: this.#state() });
      } catch {
        // A disk that cannot be read just now must not end a strip under way; whoever asks for the status hears of it.
      }
    });
  }

  /** Nobody asks for the status of a shop that is closed. */
  close(): void {
    this.#isClosed = true;
  }

  #ended(visit: VisitId, end: StripEnd, coupons: number): void {
    this.#scannedAtMs.delete(visit);
    this.tell({ kind: 'strip-ended', at: this.#clock.now(), visit, end, coupons });
  }
}
