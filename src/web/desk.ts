// The desk: all the web may ask of the daemon, by type only; app.ts makes the real one.
import type { Instant, LocalDay } from '../domain/calendar.ts';
import type { JudgedRankers } from '../domain/judged-ranker.ts';
import type { CouponState, RedeemOutcome } from '../domain/coupon.ts';
import type { Serial, TillId, VisitId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { Loss, Slot } from '../domain/offer.ts';
import type { RankingReason } from '../domain/ranking.ts';
import type { PrinterStatus } from '../domain/printer-status.ts';
import type { Reprint, ReprintOutcome, ReprintReason } from '../domain/reprint.ts';
import type { StripReport, TillStrip } from '../domain/till-strip.ts';
import type { ScanAnswer, StripEnd, VisitOutcome, VisitRecord } from '../domain/visit.ts';
import type { FinalBasket } from '../till/final-basket.ts';
import type { RedemptionRequest } from '../till/redemption-request.ts';

export type TillDesk = {
  /** Resolves once it is decided what happens; never waits for paper. */
  scan(scan: { readonly card: string; readonly source: 'http' | 'page' }): Promise<ScanAnswer>;
  /** Recording the same `basketCode` again changes nothing. */
  recordBasket(basket: FinalBasket): BasketAnswer;
  /** Of a visit whose sale was paid just now, for a till that prints by itself: handed out once; null where there is none. */
  releasedStrip(visit: VisitId): Promise<ReleasedStrip | null>;
  redeem(request: RedemptionRequest): RedeemOutcome;
  visit(id: VisitId): VisitRecord | null;
  /** A till that prints by itself says what came of a strip; late it may still settle what was unknown. */
  closeStrip(closing: { readonly visit: VisitId; readonly report: StripReport }): Promise<StripClosing>;
  /** The same coupons once more, because a cashier asked and said why; null where there is no such visit. */
  reprint(wish: { readonly visit: VisitId; readonly reason: ReprintReason; readonly source: string }): Reprint | null;
  /** Why these offers, in the order of the strip, and why not the next; null where nothing is remembered of such a visit. */
  explain(question: { readonly visit: VisitId; readonly language: Language }): Explanation | null;
  /** On behalf of the customer who stands at the till; null where the visit names nobody (any more). */
  setOptOut(wish: { readonly visit: VisitId; readonly optedOut: boolean }): { readonly optedOut: boolean } | null;
  /** Cheap: asked at every scrape, health check and page load. */
  status(): DaemonStatus;
  /** Listeners are called in turn and must not throw; the answer ends the subscription. */
  subscribe(listener: (event: ShopEvent) => void): () => void;
  /** See {@link StoredAnswer}. */
  idempotent(request: IdempotentRequest, run: () => string): StoredAnswer;
  /** Of the strip printed last; in memory only, gone after a restart. */
  lastStrip(): LastStrip | null;
  /** Only with the sample shop or a simulated printer. */
  readonly sample: SampleDesk | null;
};

/** `other`: it contradicts what was said before; nothing was changed. `not-the-tills`: we print it, or there is no strip. */
export type StripClosing =
  | { readonly state: 'closed'; readonly record: VisitRecord }
  | { readonly state: 'other' | 'not-the-tills' | 'foreign-serial' }
  | { readonly state: 'no-visit' };

export const BASKET_OUTCOMES = ['recorded', 'anonymous', 'unknown-card', 'not-a-card', 'voided'] as const;
export type BasketOutcome = (typeof BASKET_OUTCOMES)[number];

export type BasketAnswer = {
  readonly outcome: BasketOutcome;
  /** Lines that went into the customer's history. */
  readonly lines: number;
  /** The visit whose strip this payment released (`printAt: payment`). */
  readonly visit: VisitId | null;
  /** The coupons that a sale taken back had used, good again. */
  readonly givenBack: readonly Serial[];
};

export type ReleasedStrip = { readonly strip: TillStrip; readonly cashierLine: string };

export type IdempotentRequest = {
  /** Says route and origin of the key, then the key: at most 300 characters. */
  readonly key: string;
  /** SHA-256 of the request, in hex. It covers a card number: store it keyed, as cards are. */
  readonly bodyDigest: string;
};

/**
 * What an idempotent request comes to. `fresh`: `run` was called and its answer stored. `stored`: the same request came before, this
 * is what it was told. `other-body`: the key was used for another request; nothing was done. The fact and its answer are kept in one
 * transaction; where `run` throws, neither is.
 */
export type StoredAnswer =
  { readonly state: 'fresh' | 'stored'; readonly answer: string } | { readonly state: 'other-body' };

export type Explanation = {
  /** null where the shop had none yet. */
  readonly model: string | null;
  readonly offers: readonly OfferReason[];
  readonly runnersUp: readonly RunnerUpReason[];
};

export type OfferReason = {
  readonly productName: string;
  readonly slot: Slot;
  /** Of being bought while the coupon is valid; 0 to 1. */
  readonly probability: number;
  /** The chance with which the rules of choice pick it: below 1 where a share is left to chance. */
  readonly propensity: number;
  /** "Bought on 6 days, last 3 days ago.", in the language asked for. */
  readonly words: string;
  /** All that carried it, the heaviest first, in numbers. */
  readonly reasons: readonly RankingReason[];
};

export type RunnerUpReason = {
  readonly productName: string;
  readonly slot: Slot;
  readonly probability: number;
  readonly loss: Loss;
  /** "bought less often" than the last one chosen, or the rule that kept it off the strip. */
  readonly words: string;
};

export type LastStrip = {
  readonly visit: VisitId;
  readonly text: string;
  readonly png: () => Promise<Uint8Array>;
};

export const FAULT_NAMES = ['paper-out', 'cover-open', 'unplugged'] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

export type SampleDesk = {
  readonly cardsToTry: readonly { readonly card: string; readonly words: Readonly<Record<Language, string>> }[];
  /** Empty where the printer is a real one. */
  faults(): readonly { readonly name: FaultName; readonly isOn: boolean }[];
  setFault(name: FaultName, isOn: boolean): void;
};

export type ScannerStatus =
  | {
      readonly state: 'ready';
      readonly isSimulated: boolean;
      /** Whole scans since the start, and what came that was none: garbled, cut short, without an end. */
      readonly scans: number;
      readonly lost: number;
    }
  | { readonly state: 'offline'; readonly why: string }
  /** Cards come over HTTP only. */
  | { readonly state: 'none' };

/** `degraded` serves with something missing; `unable` cannot serve anybody until somebody acts. */
export const DAEMON_STATES = ['starting', 'ready', 'degraded', 'unable', 'stopping'] as const;
export type DaemonState = (typeof DAEMON_STATES)[number];

export type VisitSummary = {
  readonly visit: VisitId;
  readonly at: Instant;
  readonly outcome: VisitOutcome;
  readonly end: StripEnd | null;
  readonly coupons: number;
};

export type DaemonStatus = {
  readonly version: string;
  readonly state: DaemonState;
  /** What the other fields do not say: one sentence each, with what to do. */
  readonly problems: readonly string[];
  readonly startedAt: Instant;
  readonly till: TillId;
  readonly shop: {
    readonly name: string;
    readonly language: Language;
    readonly timeZone: string;
    readonly currency: string;
  };
  /** "http://127.0.0.1:8090" */
  readonly address: string;
  readonly printer: {
    readonly name: string;
    readonly isSimulated: boolean;
    readonly status: PrinterStatus;
    /** What is wrong with who the printer says it is; null where nothing is, or it cannot be asked. */
    readonly mismatch: string | null;
  };
  readonly scanner: ScannerStatus;
  /** `isReplay`: started with `--at`, so the shop's time is not the world's. */
  readonly clock: { readonly state: 'ok' | 'doubtful'; readonly now: Instant; readonly isReplay: boolean };
  readonly model: {
    readonly name: string;
    readonly asOf: Instant;
    readonly ageDays: number;
    readonly rankers: JudgedRankers;
  } | null;
  readonly customers: number;
  readonly products: number;
  /** Strips waiting for their turn. */
  readonly queueLength: number;
  /** Newest first. */
  readonly lastVisits: readonly VisitSummary[];
  readonly coupons: Readonly<Record<CouponState, number>>;
  readonly storage: {
    readonly state: 'ok' | 'nearly-full' | 'not-writable';
    readonly databaseBytes: number;
    readonly freeBytes: number;
  };
  readonly sample: { readonly newestDay: LocalDay; readonly isOld: boolean } | null;
};

export type ShopEvent =
  /** `decisionMs` is null where nothing had to be decided (repeat, unknown card …). */
  | {
      readonly kind: 'visit';
      readonly at: Instant;
      readonly visit: VisitId;
      readonly outcome: VisitOutcome;
      readonly decisionMs: number | null;
    }
  | { readonly kind: 'strip-begun'; readonly at: Instant; readonly visit: VisitId; readonly scanToFirstByteMs: number }
  | {
      readonly kind: 'strip-ended';
      readonly at: Instant;
      readonly visit: VisitId;
      readonly end: StripEnd;
      readonly coupons: number;
    }
  | {
      readonly kind: 'redemption';
      readonly at: Instant;
      readonly outcome: RedeemOutcome['outcome'];
      readonly serial: Serial | null;
    }
  | {
      readonly kind: 'reprint';
      readonly at: Instant;
      readonly visit: VisitId;
      readonly reason: ReprintReason;
      readonly outcome: ReprintOutcome;
    }
  | { readonly kind: 'basket'; readonly at: Instant; readonly outcome: BasketOutcome }
  /** Printer, scanner, clock, model, storage or a fault changed: ask for the status again. */
  | { readonly kind: 'status'; readonly at: Instant; readonly state: DaemonState };
