// A coupon as the ledger keeps it, and its steps: every change of state is one guarded update and one appended event.
import type { Statement } from 'better-sqlite3';
import type { CouponRules } from '../coupons/coupon-rules.ts';
import type { Instant, LocalDay } from '../domain/calendar.ts';
import type { Coupon, CouponState } from '../domain/coupon.ts';
import type { Gcn, Serial, TillId } from '../domain/ids.ts';
import type { Cents } from '../domain/money.ts';
import type { Reward, Slot } from '../domain/offer.ts';
import type { CouponCode } from '../domain/strip.ts';
import type { Db } from './database.ts';
import type { UsedCoupons } from './used-coupons.ts';
import { visitOfRow } from './visit-row.ts';

type Row = {
  readonly id: number;
  readonly gcn: Gcn;
  readonly serial: Serial;
  readonly visit: number;
  readonly visitTill: TillId;
  readonly place: number;
  readonly slot: Slot;
  readonly productCode: string | null;
  readonly productName: string | null;
  readonly amountCents: Cents | null;
  readonly percent: number | null;
  readonly codeKind: 'gs1' | 'pointer' | 'value';
  readonly ean13: string | null;
  readonly issuedAt: Instant;
  readonly validFrom: LocalDay;
  readonly validTo: LocalDay;
  readonly state: CouponState;
  readonly redeemedAt: Instant | null;
};

const SELECT = `
  select coupon.id, gcn, serial, visit, visit.till as visitTill, place, slot, product_code as productCode,
    product_name as productName, amount_cents as amountCents, percent, code_kind as codeKind, ean13,
    issued_at as issuedAt, valid_from as validFrom, valid_to as validTo, state, redeemed_at as redeemedAt
  from coupon join visit on visit.id = coupon.visit`;

/** A step of a coupon's life. */
export type CouponEvent = {
  readonly at: Instant;
  readonly state: CouponState;
  /** null at its issue */
  readonly was: CouponState | null;
  readonly till: TillId;
  readonly basket: string | null;
  readonly source: string;
};

export type Step = {
  readonly to: CouponState;
  readonly at: Instant;
  readonly till: TillId;
  readonly basket: string | null;
  readonly source: string;
};

/** A row and the coupon it is: the row's number stays inside the store. */
export type KeptCoupon = { readonly row: number; readonly coupon: Coupon; readonly code: CouponCode };

export class CouponRows {
  readonly #rules: CouponRules;
  readonly #used: UsedCoupons | null;
  readonly #bySerial: Statement<[Serial], Row>;
  readonly #byEan13: Statement<[string], Row>;
  readonly #byVisit: Statement<[number], Row>;
  readonly #hasPointer: Statement<[string], number>;
  readonly #append: Statement;
  readonly #events: Statement<[Serial], CouponEvent>;
  readonly #move: Statement<[{ row: number; to: CouponState; at: Instant; from: string }]>;

  /** @param from.used the list that a redemption goes into before it is committed; null for who only reads, or has it from there */
  constructor({ db, rules, used }: { db: Db; rules: CouponRules; used: UsedCoupons | null }) {
    this.#rules = rules;
    this.#used = used;
    this.#bySerial = db.prepare<[Serial], Row>(`${SELECT} where serial = ?`);
    // A pointer may be given again once its coupon is used or over: the one that can still be used is meant, else the latest.
    this.#byEan13 = db.prepare<[string], Row>(
      `${SELECT} where ean13 = ? and code_kind = 'pointer'
       order by state in ('issued', 'printed', 'failed', 'unknown') desc, coupon.id desc limit 1`,
    );
    this.#byVisit = db.prepare<[number], Row>(`${SELECT} where visit = ? order by place`);
    this.#hasPointer = db
      .prepare<[string], number>(
        `select 1 from coupon where ean13 = ? and code_kind = 'pointer' and state in ('issued', 'printed', 'failed', 'unknown')`,
      )
      .pluck();
    this.#append = db.prepare(
      'insert into coupon_event (coupon, at, state, was, till, basket, source) values (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#events = db.prepare<[Serial], CouponEvent>(
      `select at, state, was, till, basket, source from coupon_event
       where coupon = (select id from coupon where serial = ?) order by id`,
    );
    this.#move = db.prepare(
      `update coupon set state = @to, redeemed_at = case when @to = 'redeemed' then @at end
       where id = @row and state in (select value from json_each(@from))`,
    );
  }

  bySerial(serial: Serial): KeptCoupon | null {
    return this.#kept(this.#bySerial.get(serial));
  }

  byPointer(digits: string): KeptCoupon | null {
    return this.#kept(this.#byEan13.get(digits));
  }

  ofVisit(row: number): readonly KeptCoupon[] {
    return this.#byVisit.all(row).map((one) => this.#keptOf(one));
  }

  isPointerTaken(digits: string): boolean {
    return this.#hasPointer.get(digits) !== undefined;
  }

  eventsOf(serial: Serial): readonly CouponEvent[] {
    return this.#events.all(serial);
  }

  /** The first step, in the transaction that wrote the coupon. */
  begin({ row, at, till, source }: { row: number; at: Instant; till: TillId; source: string }): void {
    this.#append.run(row, at, 'issued', null, till, null, source);
  }

  /**
   * One step, where the coupon's life allows it; false where it does not, and nothing is written then. In the caller's
   * transaction: the state was read by this connection under the same lock.
   */
  move(kept: KeptCoupon, step: Step): boolean {
    return this.#go(kept, step, this.#rules.statesBefore(step.to));
  }

  /** Undoes a use, in the caller's transaction. False where it is not used, or its pointer means another coupon by now. */
  giveBack(kept: KeptCoupon, step: Omit<Step, 'to'>): boolean {
    const { from, to } = this.#rules.givenBack;
    if (kept.code.kind === 'ean13' && this.isPointerTaken(kept.code.digits)) return false;
    return this.#go(kept, { ...step, to }, [from]);
  }

  #go({ row, coupon }: KeptCoupon, { to, at, till, basket, source }: Step, before: readonly CouponState[]): boolean {
    const from = JSON.stringify(before);
    const used = this.#used?.concerns(coupon.state, to) === true ? this.#used : null;
    used?.settle();
    if (this.#move.run({ row, to, at, from }).changes !== 1) return false;
    this.#append.run(row, at, to, coupon.state, till, basket, source);
    used?.add({ ...coupon, state: to, at, till, sale: to === 'redeemed' ? basket : null });
    return true;
  }

  #kept(row: Row | undefined): KeptCoupon | null {
    return row === undefined ? null : this.#keptOf(row);
  }

  #keptOf(row: Row): KeptCoupon {
    return { row: row.id, coupon: couponOf(row), code: this.#codeOf(row) };
  }

  #codeOf({ codeKind, ean13, gcn, serial, validTo }: Row): CouponCode {
    if (codeKind !== 'gs1' && ean13 !== null) return { kind: 'ean13', digits: ean13 };
    return { kind: 'gs1', elementString: this.#rules.elementString({ gcn, serial, expiry: validTo }) };
  }
}

function couponOf(row: Row): Coupon {
  return {
    gcn: row.gcn,
    serial: row.serial,
    visit: visitOfRow({ till: row.visitTill, row: row.visit }),
    place: row.place,
    slot: row.slot,
    productCode: row.productCode,
    productName: row.productName,
    reward: rewardOf(row),
    issuedAt: row.issuedAt,
    validFrom: row.validFrom,
    validTo: row.validTo,
    state: row.state,
    redeemedAt: row.redeemedAt,
  };
}

function rewardOf({ amountCents, percent, serial }: Row): Reward {
  if (amountCents !== null) return { kind: 'amount', amountCents };
  if (percent !== null) return { kind: 'percent', percent };
  throw new RangeError(`Coupon ${serial} has no reward.`);
}

/** A reward in its two columns. */
export function rewardColumns(reward: Reward): { amountCents: number | null; percent: number | null } {
  return reward.kind === 'amount'
    ? { amountCents: reward.amountCents, percent: null }
    : { amountCents: null, percent: reward.percent };
}
