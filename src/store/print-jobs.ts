// The print jobs: written with the coupons they carry, started at most once, closed by what the printer reported or by a restart.
import type { Statement } from 'better-sqlite3';
import type { Instant } from '../domain/calendar.ts';
import type { Serial, TillId, VisitId } from '../domain/ids.ts';
import type { StripEnd } from '../domain/visit.ts';
import type { CouponRows, KeptCoupon } from './coupon-rows.ts';
import type { Db } from './database.ts';
import { nextEnd } from './end-order.ts';
import { findVisitRow, visitOfRow, visitRow } from './visit-row.ts';

export type PartResult = 'printed' | 'failed' | 'unknown';

/** What a printer says of one strip. */
export type PrintReport = {
  /** Header and footer carry no serial; a strip without them is not whole. A coupon that is not named is unknown. */
  readonly parts: readonly { readonly serial: Serial | null; readonly result: PartResult }[];
  /** Paper used; null where the printer does not tell. */
  readonly millimetres: number | null;
  /** Bytes sent. */
  readonly bytes: number;
};

/** A job that a dead process left open, and what became of it. */
export type LeftOpen = { readonly visit: VisitId; readonly end: StripEnd; readonly coupons: number };

type OpenJob = { readonly visit: number; readonly till: TillId; readonly startedAt: Instant | null };
type Verdict = (coupon: KeptCoupon) => PartResult;

export class PrintJobs {
  readonly #db: Db;
  readonly #coupons: CouponRows;
  readonly #till: TillId;
  readonly #openJob: Statement<[number], OpenJob>;

  constructor(from: { db: Db; coupons: CouponRows; till: TillId }) {
    this.#db = from.db;
    this.#coupons = from.coupons;
    this.#till = from.till;
    this.#openJob = from.db.prepare<[number], OpenJob>(
      `select visit, visit.till, started_at as startedAt from print_job join visit on visit.id = visit
       where visit = ? and ended_at is null`,
    );
  }

  /** In the transaction that issues the coupons. */
  open({ visitRow, at }: { visitRow: number; at: Instant }): void {
    this.#db.prepare('insert into print_job (visit, made_at) values (?, ?)').run(visitRow, at);
  }

  /** False where the job was started before, or is over: then not one byte of it may be sent. */
  start({ visit, at }: { visit: VisitId; at: Instant }): boolean {
    const { changes } = this.#db
      .prepare('update print_job set started_at = ? where visit = ? and started_at is null and ended_at is null')
      .run(at, findVisitRow(this.#db, visit));
    return changes === 1;
  }

  /** Closes a job; a report that comes late, after a restart closed it, may still settle what was unknown. */
  record({ visit, result, at }: { visit: VisitId; result: PrintReport; at: Instant }): void {
    const results = new Map(result.parts.map((part) => [part.serial, part.result]));
    this.#db
      .transaction(() => {
        const row = visitRow(this.#db, visit);
        const job = this.#openJob.get(row);
        this.#settle({ row, at, source: 'printer', verdict: ({ coupon }) => results.get(coupon.serial) ?? 'unknown' });
        this.#db
          .prepare(
            'update print_job set ended_at = coalesce(ended_at, ?), millimetres = coalesce(?, millimetres), bytes = max(coalesce(bytes, 0), ?) where visit = ?',
          )
          .run(nextEnd(this.#db, at), wholeOrNull(result.millimetres), result.bytes, row);
        const isWhole = this.#isPrinted(row) || result.parts.every((part) => part.result === 'printed');
        const neverBegan = job !== undefined && job.startedAt === null && result.bytes === 0;
        this.#end(row, { neverBegan, isWhole });
      })
      .immediate();
  }

  /**
   * After a start: what a dead process left open is closed and never printed again. Where the first byte may have left the
   * coupons are unknown, where it cannot have they failed.
   */
  closeLeftOpen(at: Instant): readonly LeftOpen[] {
    return this.#db
      .transaction(() => {
        const jobs = this.#db
          .prepare<[], OpenJob>(
            `select visit, visit.till, started_at as startedAt from print_job join visit on visit.id = visit
             where ended_at is null order by visit`,
          )
          .all();
        const closed = jobs.map((job) => this.#closeOne(job, at));
        this.#db
          .prepare(
            `update visit set strip_end = 'dropped'
             where strip_end is null and outcome = 'queued' and not exists (select 1 from print_job where visit = visit.id)`,
          )
          .run();
        return closed;
      })
      .immediate();
  }

  /** Whether the job that ended last had begun and did not come to its end. */
  lastWasCutShort(): boolean {
    const last = this.#db
      .prepare<[], { end: StripEnd | null; bytes: number | null }>(
        `select strip_end as end, bytes from print_job join visit on visit.id = print_job.visit
         where ended_at is not null order by ended_at desc, visit.id desc limit 1`,
      )
      .get();
    return last !== undefined && last.end !== 'printed' && last.end !== 'dropped' && last.bytes !== 0;
  }

  openCount(): number {
    return this.#db.prepare<[], number>('select count(*) from print_job where ended_at is null').pluck().get() ?? 0;
  }

  #closeOne({ visit: row, till, startedAt }: OpenJob, at: Instant): LeftOpen {
    const verdict: PartResult = startedAt === null ? 'failed' : 'unknown';
    const coupons = this.#settle({ row, at, source: 'restart', verdict: () => verdict });
    this.#db.prepare('update print_job set ended_at = ? where visit = ?').run(nextEnd(this.#db, at), row);
    return {
      visit: visitOfRow({ till, row }),
      end: this.#end(row, { neverBegan: startedAt === null, isWhole: false }),
      coupons,
    };
  }

  #settle({ row, at, source, verdict }: { row: number; at: Instant; source: string; verdict: Verdict }): number {
    let settled = 0;
    for (const kept of this.#coupons.ofVisit(row)) {
      // A strip's own report is not taken back; only a copy may bring out what failed (reprints.ts).
      if (kept.coupon.state === 'failed') continue;
      const step = { to: verdict(kept), at, till: this.#till, basket: null, source };
      if (this.#coupons.move(kept, step)) settled++;
    }
    return settled;
  }

  /** What was once said to be printed stays so, whatever a later report says. */
  #isPrinted(row: number): boolean {
    const end = this.#db.prepare<[number], StripEnd | null>('select strip_end from visit where id = ?').pluck();
    return end.get(row) === 'printed';
  }

  #end(row: number, { neverBegan, isWhole }: { neverBegan: boolean; isWhole: boolean }): StripEnd {
    const states = new Set(this.#coupons.ofVisit(row).map(({ coupon }) => coupon.state));
    const end = neverBegan ? 'dropped' : endOf(states, isWhole);
    this.#db.prepare('update visit set strip_end = ? where id = ?').run(end, row);
    return end;
  }
}

/** A strip of which all is out is printed, whatever became of its coupons since. */
function endOf(states: ReadonlySet<string>, isWhole: boolean): StripEnd {
  const isOut = states.has('printed') || states.has('redeemed');
  const isMissing = states.has('failed') || states.has('unknown');
  if (isOut) return isMissing || !isWhole ? 'partly-printed' : 'printed';
  return states.has('unknown') ? 'unknown' : 'failed';
}

/** A tenth of a millimetre of paper is nobody's concern. */
function wholeOrNull(millimetres: number | null): number | null {
  return millimetres === null ? null : Math.round(millimetres);
}
