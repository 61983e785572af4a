// A store that was put in place from a backup hears what came after it: coupons that were used or taken back since stay so.
import type { CouponRules } from '../coupons/coupon-rules.ts';
import { CouponRows } from './coupon-rows.ts';
import type { Db } from './database.ts';
import { COPIED_AT, readMeta, removeMeta } from './meta.ts';
import { standing, type UsedCoupons } from './used-coupons.ts';

/** Whenever a store is opened, before anything is asked of it; once done it is not done again. */
export function catchUp(of: { db: Db; rules: CouponRules; used: UsedCoupons }): void {
  const { db, rules, used } = of;
  if (readMeta(db, COPIED_AT) === null) return;
  db.transaction(() => {
    if (readMeta(db, COPIED_AT) === null) return;
    const coupons = new CouponRows({ db, rules, used: null });
    for (const { serial, state, at, till } of used.known().values()) {
      const kept = coupons.bySerial(serial);
      if (kept === null || standing(kept.coupon.state) === standing(state)) continue;
      const step = { at, till, basket: null, source: 'restore' };
      // Used when the backup was made, and given back since.
      if (standing(kept.coupon.state) === 'redeemed') coupons.giveBack(kept, step);
      else coupons.move(kept, { ...step, to: state });
    }
    removeMeta(db, COPIED_AT);
  }).immediate();
}
