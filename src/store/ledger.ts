// The ledger: every coupon from its issue to its end, and nothing is ever taken out of it.
import assert from 'node:assert';
import type { CouponRules } from '../coupons/coupon-rules.ts';
import type { Instant, LocalDay, ShopCalendar } from '../domain/calendar.ts';
import { COUPON_STATES } from '../domain/coupon.ts';
import type { Coupon, CouponState, RedeemOutcome, VoidOutcome } from '../domain/coupon.ts';
import type { CustomerId, Serial, VisitId } from '../domain/ids.ts';
import type { Choice } from '../domain/offer.ts';
import type { CouponCode } from '../domain/strip.ts';
import type { CouponReferences } from './coupon-references.ts';
import { CouponRows } from './coupon-rows.ts';
import type { CouponEvent } from './coupon-rows.ts';
import type { Db } from './database.ts';
import { DecisionLog } from './decisions.ts';
import type { LoggedDecision } from './decisions.ts';
import type { VoidedSale } from './give-back.ts';
import { CouponIssue } from './issue-coupons.ts';
import { forgetCustomer, purgeLedger } from './ledger-purge.ts';
import type { Forgotten } from './ledger-purge.ts';
import { PrintJobs } from './print-jobs.ts';
import type { LeftOpen, PrintReport } from './print-jobs.ts';
import { Redemptions, type WishToRedeem, type WishToVoid } from './redemptions.ts';
import { Reprints } from './reprints.ts';
import type { SerialClaims } from './serial-claims.ts';
import type { UsedCoupons } from './used-coupons.ts';
import { findVisitRow, visitRow } from './visit-row.ts';

/** What the ledger keeps of a decision; decision.ts knows more of it. */
export type DecisionToLog = {
  readonly choice: Choice;
  readonly model: string | null;
  /** The local day it was made on. */
  readonly today: LocalDay;
};

type Decided = {
  readonly visit: VisitId;
  readonly customer: CustomerId;
  readonly decision: DecisionToLog;
  readonly at: Instant;
};

export type LedgerCounts = {
  readonly coupons: Readonly<Record<CouponState, number>>;
  /** Print jobs that have not ended. */
  readonly openJobs: number;
};

/** A few hundred short updates hold the write lock for some milliseconds. */
const EXPIRE_BATCH = 300;

export class Ledger {
  readonly #db: Db;
  readonly #rules: CouponRules;
  readonly #calendar: ShopCalendar;
  readonly #references: CouponReferences;
  readonly #used: UsedCoupons;
  readonly #coupons: CouponRows;
  readonly #decisions: DecisionLog;
  readonly #jobs: PrintJobs;
  readonly #issue: CouponIssue;
  readonly #redemptions: Redemptions;
  /** Copies of strips. */
  readonly reprints: Reprints;

  constructor(from: {
    db: Db;
    rules: CouponRules;
    calendar: ShopCalendar;
    references: CouponReferences;
    claims: SerialClaims;
    used: UsedCoupons;
  }) {
    this.#db = from.db;
    this.#rules = from.rules;
    this.#calendar = from.calendar;
    this.#references = from.references;
    this.#used = from.used;
    this.#coupons = new CouponRows(from);
    this.#decisions = new DecisionLog(from.db);
    this.#jobs = new PrintJobs({ db: from.db, coupons: this.#coupons, till: from.rules.till });
    this.reprints = new Reprints({ db: from.db, coupons: this.#coupons, till: from.rules.till });
    this.#issue = new CouponIssue({ ...from, coupons: this.#coupons });
    this.#redemptions = new Redemptions({ ...from, coupons: this.#coupons });
  }

  /**
   * Once, when the daemon starts, before anything is issued: closes what a dead process left open, and makes sure that no
   * serial can come twice, and no coupon be used twice, whatever backup is restored one day.
   */
  atStart(at: Instant): readonly LeftOpen[] {
    this.#references.checkClaims();
    this.#used.agree();
    this.reprints.closeLeftOpen(at);
    return this.#jobs.closeLeftOpen(at);
  }

  /** Whether the strip printed last may still hang out of the printer, so that it must be cut off before the next customer's. */
  mayHang(): boolean {
    return this.#jobs.lastWasCutShort() || this.reprints.lastWasCutShort();
  }

  /**
   * A visit's offers become coupons: numbers, serials, first events, decision and print job in one transaction, before the
   * first printer byte.
   * @throws TillError COUPON_REFERENCES_USED_UP, SERIAL_CLAIMS_UNUSABLE: nothing is issued then
   */
  issue({ visit, customer, decision, at }: Decided): readonly Coupon[] {
    this.#db
      .transaction(() => {
        const row = this.#rowOfTheirs(visit, customer);
        this.#decisions.write({ visitRow: row, ...decision, isHeldOut: false, at });
        this.#issue.write({ visitRow: row, customer, offers: decision.choice.offers, today: decision.today, at });
        this.#jobs.open({ visitRow: row, at });
      })
      .immediate();
    return this.couponsOf(visit);
  }

  /** A customer of the comparison group: decided, and not printed. */
  recordHoldout({ visit, customer, decision, at }: Decided): void {
    this.#db
      .transaction(() => {
        const row = this.#rowOfTheirs(visit, customer);
        this.#decisions.write({ visitRow: row, ...decision, isHeldOut: true, at });
        this.#issue.postponeForgetting({ visitRow: row, offers: decision.choice.offers, today: decision.today });
      })
      .immediate();
  }

  /**
   * Committed before the first byte leaves, so that after a power cut the strip counts as unknown.
   * @returns false where this strip was started before or is over: then it may not be sent
   */
  startPrinting(of: { visit: VisitId; at: Instant }): boolean {
    return this.#jobs.start(of);
  }

  /** What the printer reported. A second report of the same strip changes only what was unknown. */
  recordPrint(of: { visit: VisitId; result: PrintReport; at: Instant }): void {
    this.#jobs.record(of);
  }

  /** The coupon a scanned or keyed text means; null where there is none, or the code was made up. */
  find(text: string): Coupon | null {
    return this.#redemptions.find(text);
  }

  /** Redeems once, ever: whoever comes second gets the day of the first. */
  redeem(wish: WishToRedeem): RedeemOutcome {
    return this.#redemptions.redeem(wish);
  }

  /**
   * A sale that was taken back as a whole gives back what was used in it; said twice, or of another sale, it changes nothing.
   * @returns the coupons that are good again
   */
  giveBack(sale: VoidedSale): readonly Serial[] {
    return this.#redemptions.giveBack(sale);
  }

  /** Nobody may use a coupon any more: a recall, a fraud. One that was used stays used. */
  void(wish: WishToVoid): VoidOutcome {
    return this.#redemptions.void(wish);
  }

  /** Coupons whose last day is over. Under a doubtful clock none is: it might be tomorrow by mistake. */
  expire({ at, isClockDoubtful }: { at: Instant; isClockDoubtful: boolean }): number {
    if (isClockDoubtful) return 0;
    const today = this.#calendar.dayOf(at);
    const overdue = this.#db
      .prepare<[LocalDay], Serial>(
        `select serial from coupon where valid_to < ? and state in ('issued', 'printed', 'unknown') order by valid_to limit ${EXPIRE_BATCH}`,
      )
      .pluck();
    let expired = 0;
    for (;;) {
      const moved = this.#db
        .transaction(() => overdue.all(today).filter((serial) => this.#expireOne(serial, at)).length)
        .immediate();
      if (moved === 0) return expired;
      expired += moved;
    }
  }

  couponsOf(visit: VisitId): readonly Coupon[] {
    const row = findVisitRow(this.#db, visit);
    return row === null ? [] : this.#coupons.ofVisit(row).map(({ coupon }) => coupon);
  }

  /** What the coupon's paper carries for a scanner. */
  codeOf(serial: Serial): CouponCode | null {
    return this.#coupons.bySerial(serial)?.code ?? null;
  }

  /** A coupon's life so far, first step first. */
  eventsOf(serial: Serial): readonly CouponEvent[] {
    return this.#coupons.eventsOf(serial);
  }

  /** Why a visit got what it got; null where it did not come to a choice. */
  decisionOf(visit: VisitId): LoggedDecision | null {
    const row = findVisitRow(this.#db, visit);
    return row === null ? null : this.#decisions.find(row);
  }

  counts(): LedgerCounts {
    const coupons: Record<CouponState, number> = {
      issued: 0,
      printed: 0,
      failed: 0,
      unknown: 0,
      redeemed: 0,
      expired: 0,
      void: 0,
    };
    const states = this.#db
      .prepare<[], { state: CouponState; count: number }>('select state, count(*) as count from coupon group by state')
      .all();
    for (const { state, count } of states) coupons[state] = count;
    assert(Object.keys(coupons).length === COUPON_STATES.length);
    return { coupons, openJobs: this.#jobs.openCount() };
  }

  /** Takes customer and product from what is 14 days past its last day; serial, code, states and amounts stay. */
  purge({ today }: { today: LocalDay }): Forgotten {
    const forgotten = purgeLedger(this.#db, today);
    this.#used.prune(today);
    return forgotten;
  }

  /** The same at once for one customer. Their coupons stay good: the paper is whoever's has it. */
  forgetCustomer(customer: CustomerId): Forgotten {
    const forgotten = forgetCustomer(this.#db, customer);
    this.#used.forgetSales();
    return forgotten;
  }

  #expireOne(serial: Serial, at: Instant): boolean {
    const kept = this.#coupons.bySerial(serial);
    const step = { to: 'expired', at, till: this.#rules.till, basket: null, source: 'calendar' } as const;
    return kept !== null && this.#coupons.move(kept, step);
  }

  /** No customer's coupons are ever written to another's visit. */
  #rowOfTheirs(visit: VisitId, customer: CustomerId): number {
    const row = visitRow(this.#db, visit);
    const whose = this.#db
      .prepare<[number], CustomerId | null>('select customer from visit where id = ?')
      .pluck()
      .get(row);
    assert(whose === customer, `Visit ${visit} is not customer ${customer}'s.`);
    return row;
  }
}
