// The visits: who held up a card when, and what came of it.
import type { Statement } from 'better-sqlite3';
import type { CouponRules } from '../coupons/coupon-rules.ts';
import { addDays } from '../domain/calendar.ts';
import type { Instant, LocalDay, ShopCalendar } from '../domain/calendar.ts';
import type { CustomerId, ProductId, TillId, VisitId } from '../domain/ids.ts';
import { visitSentence } from '../domain/cashier-words.ts';
import type { Language } from '../domain/language.ts';
import type { StripEnd, VisitOutcome, VisitRecord } from '../domain/visit.ts';
import { CouponRows } from './coupon-rows.ts';
import type { Db } from './database.ts';
import { FORGET_AFTER_DAYS } from './forget-after.ts';
import { findVisitRow, visitOfRow, visitRow } from './visit-row.ts';

/** Where a card was held up: a scanner of ours, the till's own, the till page, the prompt in the terminal. */
export type ScanSource = 'scanner' | 'till' | 'page' | 'prompt';

type VisitRow = {
  readonly row: number;
  readonly till: TillId;
  readonly at: Instant;
  readonly outcome: VisitOutcome;
  readonly nextStripOn: LocalDay | null;
  readonly end: StripEnd | null;
};

type PrintedProduct = { readonly product: ProductId; readonly day: LocalDay };

const SELECT = 'select id as row, till, at, outcome, next_strip_on as nextStripOn, strip_end as end from visit';

/** Strips that reached the customer, or may have: one that failed or was taken back does not count against them. */
const HANDED_OVER = "('issued', 'printed', 'unknown', 'redeemed', 'expired')";

export class VisitLog {
  readonly #db: Db;
  readonly #till: TillId;
  readonly #calendar: ShopCalendar;
  readonly #coupons: CouponRows;
  readonly #language: Language;
  readonly #lastStripDay: Statement<[CustomerId, LocalDay, LocalDay], LocalDay | null>;
  readonly #printedProducts: Statement<[CustomerId, LocalDay], PrintedProduct>;

  /** @param from.language the cashier's */
  constructor(from: { db: Db; rules: CouponRules; calendar: ShopCalendar; language: Language }) {
    this.#db = from.db;
    this.#till = from.rules.till;
    this.#calendar = from.calendar;
    this.#coupons = new CouponRows({ ...from, used: null });
    this.#language = from.language;
    this.#lastStripDay = from.db
      .prepare<[CustomerId, LocalDay, LocalDay], LocalDay | null>(
        `select max(issued_on) from coupon where customer = ? and issued_on between ? and ? and state in ${HANDED_OVER}`,
      )
      .pluck();
    this.#printedProducts = from.db.prepare(
      // Put together here: for a dozen rows SQLite's sorting costs more than reading them.
      `select product, issued_on as day from coupon indexed by coupon_by_customer
       where customer = ? and issued_on >= ? and product is not null and state in ${HANDED_OVER} order by issued_on`,
    );
  }

  /** A visit begins as `queued`, until it is known what becomes of it. */
  open({ at, customer, source }: { at: Instant; customer: CustomerId | null; source: ScanSource }): VisitId {
    const forgetOn = addDays(this.#calendar.dayOf(at), FORGET_AFTER_DAYS);
    const { lastInsertRowid } = this.#db
      .prepare("insert into visit (till, at, customer, source, outcome, forget_on) values (?, ?, ?, ?, 'queued', ?)")
      .run(this.#till, at, customer, source, forgetOn);
    return visitOfRow({ till: this.#till, row: Number(lastInsertRowid) });
  }

  /**
   * @param of.nextStripOn when a capped customer may have the next strip
   * @throws RangeError for a visit that never was
   */
  setOutcome(of: { visit: VisitId; outcome: VisitOutcome; nextStripOn?: LocalDay | null }): void {
    this.#db
      .prepare('update visit set outcome = ?, next_strip_on = ? where id = ?')
      .run(of.outcome, of.nextStripOn ?? null, visitRow(this.#db, of.visit));
  }

  /** For a strip that never came to have coupons; one that has them ends with its print job (ledger.ts). */
  setEnd({ visit, end }: { visit: VisitId; end: StripEnd }): void {
    this.#db
      .prepare(
        `update visit set strip_end = ? where id = ? and strip_end is null
           and not exists (select 1 from print_job where print_job.visit = visit.id)`,
      )
      .run(end, visitRow(this.#db, visit));
  }

  find(visit: VisitId): VisitRecord | null {
    const row = findVisitRow(this.#db, visit);
    if (row === null) return null;
    const found = this.#db.prepare<[number], VisitRow>(`${SELECT} where id = ?`).get(row);
    return found === undefined ? null : this.#recordOf(found);
  }

  /** Whose visit it was; null for a card that was nobody's, and once forgotten. */
  customerOf(visit: VisitId): CustomerId | null {
    const customer = this.#db
      .prepare<[number | null], CustomerId | null>('select customer from visit where id = ?')
      .pluck()
      .get(findVisitRow(this.#db, visit));
    return customer ?? null;
  }

  /** The latest first. */
  recent(count: number): readonly VisitRecord[] {
    return this.#db
      .prepare<[number], VisitRow>(`${SELECT} order by id desc limit ?`)
      .all(count)
      .map((row) => this.#recordOf(row));
  }

  /**
   * The day of a customer's latest strip within these days; null where there is none.
   * @param of.untilDay a strip dated later is of a clock that was wrong, and must keep nobody waiting until then
   */
  lastStripDay(of: { customer: CustomerId; sinceDay: LocalDay; untilDay: LocalDay }): LocalDay | null {
    return this.#lastStripDay.get(of.customer, of.sinceDay, of.untilDay) ?? null;
  }

  /** What a customer's strips since a day had on them, and when last. */
  recentlyPrintedProducts(of: { customer: CustomerId; sinceDay: LocalDay }): readonly PrintedProduct[] {
    const lastDay = new Map(
      this.#printedProducts.all(of.customer, of.sinceDay).map(({ product, day }) => [product, day]),
    );
    return [...lastDay].map(([product, day]) => ({ product, day })).sort((a, b) => a.product - b.product);
  }

  #recordOf({ row, till, at, outcome, nextStripOn, end }: VisitRow): VisitRecord {
    const coupons = this.#coupons.ofVisit(row).map(({ coupon: { serial, slot, productName, reward, state } }) => ({
      serial,
      slot,
      productName,
      reward,
      state,
    }));
    const why = visitSentence(outcome, this.#language, { nextStripOn });
    return { visit: visitOfRow({ till, row }), outcome, why, coupons, at, end };
  }
}
