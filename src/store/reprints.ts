// Copies of strips: written down before they are printed, closed with what the printer said, never taken out again.
import type { Instant } from '../domain/calendar.ts';
import type { TillId, VisitId } from '../domain/ids.ts';
import type { ReprintReason } from '../domain/reprint.ts';
import type { StripEnd } from '../domain/visit.ts';
import type { CouponRows } from './coupon-rows.ts';
import type { Db } from './database.ts';
import { nextEnd } from './end-order.ts';
import type { PrintReport } from './print-jobs.ts';
import { findVisitRow, visitRow } from './visit-row.ts';

export type KeptReprint = {
  readonly at: Instant;
  readonly reason: ReprintReason;
  readonly source: string;
  readonly end: StripEnd | null;
};

export class Reprints {
  readonly #db: Db;
  readonly #coupons: CouponRows;
  readonly #till: TillId;

  constructor(from: { db: Db; coupons: CouponRows; till: TillId }) {
    this.#db = from.db;
    this.#coupons = from.coupons;
    this.#till = from.till;
  }

  /** Committed when this returns; the answer names the copy. */
  open(of: { visit: VisitId; reason: ReprintReason; source: string; at: Instant }): number {
    const { lastInsertRowid } = this.#db
      .prepare('insert into reprint (visit, at, reason, source) values (?, ?, ?, ?)')
      .run(visitRow(this.#db, of.visit), of.at, of.reason, of.source);
    return Number(lastInsertRowid);
  }

  /** What came out of the copy is out: also a coupon nobody was sure of, or one that had failed; it counts as handed over now. */
  close({ copy, visit, end, parts, at }: ClosedCopy): void {
    const out = new Set(parts.filter(({ result }) => result === 'printed').map(({ serial }) => serial));
    this.#db
      .transaction(() => {
        this.#db
          .prepare('update reprint set end = ?, ended_at = ? where id = ? and ended_at is null')
          .run(end, nextEnd(this.#db, at), copy);
        for (const kept of this.#coupons.ofVisit(visitRow(this.#db, visit))) {
          if (!out.has(kept.coupon.serial)) continue;
          this.#coupons.move(kept, { to: 'printed', at, till: this.#till, basket: null, source: 'copy' });
        }
      })
      .immediate();
  }

  /** After a start: what a dead process left open may be out or not, and is not printed again. */
  closeLeftOpen(at: Instant): void {
    const close = this.#db.prepare(`update reprint set end = 'unknown', ended_at = ? where ended_at is null`);
    close.run(nextEnd(this.#db, at));
  }

  /** Of one visit, the first one first; those that never began are among them. */
  of(visit: VisitId): readonly KeptReprint[] {
    return this.#db
      .prepare<[number | null], KeptReprint>('select at, reason, source, end from reprint where visit = ? order by id')
      .all(findVisitRow(this.#db, visit));
  }

  /** Whether a copy was printed after every strip, and not to its end: it may hang out of the printer. */
  lastWasCutShort(): boolean {
    const last = this.#db
      .prepare<[], StripEnd>(
        `select end from reprint
         where ended_at > coalesce((select max(ended_at) from print_job), 0) order by ended_at desc, id desc limit 1`,
      )
      .pluck()
      .get();
    return last !== undefined && last !== 'printed' && last !== 'dropped';
  }
}

type ClosedCopy = {
  readonly copy: number;
  readonly visit: VisitId;
  readonly end: StripEnd;
  readonly parts: PrintReport['parts'];
  readonly at: Instant;
};
