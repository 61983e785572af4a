// What comes back over the counter: a coupon is found by its code, used once, given back with its sale, or made void.
import assert from 'node:assert';
import type { CouponRules } from '../coupons/coupon-rules.ts';
import type { Instant, ShopCalendar } from '../domain/calendar.ts';
import type { Coupon, RedeemOutcome, VoidOutcome } from '../domain/coupon.ts';
import type { Serial, TillId } from '../domain/ids.ts';
import type { CouponRows, KeptCoupon } from './coupon-rows.ts';
import type { Db } from './database.ts';
import { giveBackCoupons, type VoidedSale } from './give-back.ts';
import { LostCoupons } from './lost-coupons.ts';

export type WishToRedeem = {
  readonly code: string;
  readonly at: Instant;
  /** Where it was handed in. */
  readonly till: TillId;
  /** The sale it is used in, where the till told. */
  readonly basket: string | null;
  /** Who asked: the till, the command line. */
  readonly source: string;
};

/** `source`: who asked, and why. */
export type WishToVoid = { readonly code: string; readonly at: Instant; readonly source: string };

export class Redemptions {
  readonly #db: Db;
  readonly #rules: CouponRules;
  readonly #calendar: ShopCalendar;
  readonly #coupons: CouponRows;
  readonly #lost: LostCoupons;

  constructor(from: { db: Db; rules: CouponRules; calendar: ShopCalendar; coupons: CouponRows }) {
    this.#db = from.db;
    this.#rules = from.rules;
    this.#calendar = from.calendar;
    this.#coupons = from.coupons;
    this.#lost = new LostCoupons(from);
  }

  find(text: string): Coupon | null {
    return this.#locate(text)?.coupon ?? null;
  }

  redeem(wish: WishToRedeem): RedeemOutcome {
    return this.#db
      .transaction((): RedeemOutcome => {
        const today = this.#calendar.dayOf(wish.at);
        const found = this.#locate(wish.code) ?? this.#lost.findBy(wish.code);
        if (found === null && this.#lost.mayBe(wish.code, today)) return { outcome: 'scan-the-code' };
        if (found === null) return this.#unknown(wish.code);
        const refusal = this.#rules.refusalOf(found.coupon, today);
        if (refusal !== null) return refusal;
        const isMoved = this.#coupons.move(found, { ...wish, to: 'redeemed' });
        assert(isMoved, `Coupon ${found.coupon.serial} was free to be redeemed and was not.`);
        return { outcome: 'redeemed', coupon: this.#again(found.coupon.serial) };
      })
      .immediate();
  }

  giveBack(sale: VoidedSale): readonly Serial[] {
    const of = { db: this.#db, coupons: this.#coupons, calendar: this.#calendar };
    return this.#db.transaction(() => giveBackCoupons(of, sale)).immediate();
  }

  void({ code, at, source }: WishToVoid): VoidOutcome {
    return this.#db
      .transaction((): VoidOutcome => {
        const found = this.#locate(code) ?? this.#lost.findBy(code);
        if (found === null) return this.#unknown(code);
        const { coupon } = found;
        if (coupon.redeemedAt !== null) return { outcome: 'already-used', coupon, usedAt: coupon.redeemedAt };
        if (coupon.state === 'void') return { outcome: 'already-void', coupon };
        const isMoved = this.#coupons.move(found, { to: 'void', at, till: this.#rules.till, basket: null, source });
        assert(isMoved, `Coupon ${coupon.serial} was free to be made void and was not.`);
        return { outcome: 'void', coupon: this.#again(coupon.serial) };
      })
      .immediate();
  }

  /** A full code must be right in all it says; a serial alone is what a cashier keys. */
  #locate(text: string): KeptCoupon | null {
    const read = this.#rules.read(text);
    if (read === null) return null;
    switch (read.kind) {
      case 'serial':
        return this.#coupons.bySerial(read.serial);
      case 'ean13':
        return this.#coupons.byPointer(read.digits);
      case 'full': {
        if (!this.#rules.isSigned(read)) return null;
        const found = this.#coupons.bySerial(read.serial);
        const isSame = found?.coupon.gcn === read.gcn && found.coupon.validTo === read.expiry;
        return isSame ? found : null;
      }
    }
  }

  #unknown(code: string): Extract<RedeemOutcome, { outcome: 'unknown-coupon' }> {
    return { outcome: 'unknown-coupon', otherTill: this.#rules.otherTill(code) };
  }

  #again(serial: Serial): Coupon {
    const kept = this.#coupons.bySerial(serial);
    assert(kept !== null);
    return kept.coupon;
  }
}
