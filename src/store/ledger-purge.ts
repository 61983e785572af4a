// Forgetting: coupons, decisions and visits lose customer and product; serial, code, states and amounts stay.
import type { LocalDay } from '../domain/calendar.ts';
import type { CustomerId } from '../domain/ids.ts';
import type { Db } from './database.ts';

/** How many of each kind were made nobody's. */
export type Forgotten = { readonly coupons: number; readonly visits: number };

/** Rows of one transaction: some milliseconds of write lock, so that visits go on meanwhile. */
const BATCH = 300;

/** What is 14 days past its last day. Running it twice does no harm. */
export function purgeLedger(db: Db, today: LocalDay): Forgotten {
  const dueCoupons = db
    .prepare<[LocalDay], number>(`select id from coupon where forget_on <= ? order by forget_on limit ${BATCH}`)
    .pluck();
  const dueVisits = db
    .prepare<[LocalDay], number>(`select id from visit where forget_on <= ? order by forget_on limit ${BATCH}`)
    .pluck();
  return {
    coupons: inBatches(db, () => forgetCoupons(db, dueCoupons.all(today))),
    visits: inBatches(db, () => forgetVisits(db, dueVisits.all(today))),
  };
}

/** Everything of one customer, whatever its age; in one transaction, which may be part of the caller's. */
export function forgetCustomer(db: Db, customer: CustomerId): Forgotten {
  return db
    .transaction(() => {
      const coupons = db
        .prepare<[CustomerId], number>('select id from coupon where customer = ?')
        .pluck()
        .all(customer);
      const visits = db.prepare<[CustomerId], number>('select id from visit where customer = ?').pluck().all(customer);
      return { coupons: forgetCoupons(db, coupons), visits: forgetVisits(db, visits) };
    })
    .immediate();
}

function inBatches(db: Db, forget: () => number): number {
  let forgotten = 0;
  for (;;) {
    const count = db.transaction(forget).immediate();
    if (count === 0) return forgotten;
    forgotten += count;
  }
}

/** The sale a coupon was used in goes too: through its purchases it would lead back to the customer. */
function forgetCoupons(db: Db, rows: readonly number[]): number {
  const coupon = db.prepare(
    `update coupon set customer = null, product = null, product_code = null, product_name = null, forget_on = null
     where id = ?`,
  );
  const events = db.prepare('update coupon_event set basket = null where coupon = ? and basket is not null');
  for (const row of rows) {
    coupon.run(row);
    events.run(row);
  }
  return rows.length;
}

function forgetVisits(db: Db, rows: readonly number[]): number {
  const visit = db.prepare('update visit set customer = null, forget_on = null where id = ?');
  const products = db.prepare(
    'update decision_product set product = null, product_name = null, reasons = null where visit = ?',
  );
  for (const row of rows) {
    visit.run(row);
    products.run(row);
  }
  return rows.length;
}
