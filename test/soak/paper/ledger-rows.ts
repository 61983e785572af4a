// The ledger as it stands on disk, read beside the daemon that writes it.
import Database from 'better-sqlite3';
import { expiryDigits } from '../../../src/coupons/expiry.ts';
import type { LocalDay } from '../../../src/domain/calendar.ts';
import type { CouponState } from '../../../src/domain/coupon.ts';
import type { StripEnd } from '../../../src/domain/visit.ts';

export type VisitRow = {
  readonly id: number;
  readonly source: string;
  readonly outcome: string;
  readonly end: StripEnd | null;
  readonly customer: number | null;
};

export type CouponRow = {
  readonly serial: string;
  readonly gcn: string;
  /** YYMMDD. */
  readonly expiry: string;
  readonly name: string | null;
  readonly state: CouponState;
  readonly customer: number | null;
  readonly visit: number;
  /** Who said that it is unknown, and when by the shop's clock; null where nobody did. */
  readonly unknown: { readonly source: string; readonly at: number } | null;
  readonly wasPrinted: boolean;
  readonly wasFailed: boolean;
};

export type LedgerRows = {
  readonly visits: readonly VisitRow[];
  readonly coupons: readonly CouponRow[];
  /** Copies that began, or may have, by visit. */
  readonly copies: ReadonlyMap<number, number>;
  readonly openJobs: number;
  readonly openCopies: number;
};

type KeptCoupon = Omit<CouponRow, 'expiry' | 'unknown' | 'wasPrinted' | 'wasFailed'> & { readonly validTo: LocalDay };
type Event = { readonly serial: string; readonly state: CouponState; readonly source: string; readonly at: number };

export function readLedger(file: string): LedgerRows {
  const db = new Database(file, { readonly: true, timeout: 5_000 });
  try {
    // One picture of it, while others write.
    return db.transaction(() => rowsOf(db))();
  } finally {
    db.close();
  }
}

function rowsOf(db: Database.Database): LedgerRows {
  const events = db
    .prepare<[], Event>(
      `select serial, coupon_event.state, source, at from coupon_event join coupon on coupon.id = coupon
       where coupon_event.state in ('unknown', 'printed', 'failed') order by coupon_event.id`,
    )
    .all();
  const of = (state: CouponState): Map<string, Event> =>
    new Map(events.filter((event) => event.state === state).map((event) => [event.serial, event]));
  const [unknown, printed, failed] = [of('unknown'), of('printed'), of('failed')];
  const count = (sql: string): number => db.prepare<[], number>(sql).pluck().get() ?? 0;
  return {
    visits: db
      .prepare<[], VisitRow>('select id, source, outcome, strip_end as end, customer from visit order by id')
      .all(),
    coupons: db
      .prepare<[], KeptCoupon>(
        'select serial, gcn, valid_to as validTo, product_name as name, state, customer, visit from coupon order by id',
      )
      .all()
      .map(({ validTo, ...coupon }) => ({
        ...coupon,
        expiry: expiryDigits(validTo),
        unknown: unknown.get(coupon.serial) ?? null,
        wasPrinted: printed.has(coupon.serial),
        wasFailed: failed.has(coupon.serial),
      })),
    copies: new Map(
      db
        .prepare<[], { visit: number; count: number }>(
          `select visit, count(*) as count from reprint where end is null or end <> 'dropped' group by visit`,
        )
        .all()
        .map((row) => [row.visit, row.count]),
    ),
    openJobs: count('select count(*) from print_job where ended_at is null'),
    openCopies: count('select count(*) from reprint where ended_at is null'),
  };
}
