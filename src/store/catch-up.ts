// A store that was put in place from a backup hears what came after it: coupons that were used or taken back since stay so, and
// those printed since are honoured.
import type { CouponRules } from '../coupons/coupon-rules.ts';
import { instant, type Instant, type ShopCalendar } from '../domain/calendar.ts';
import { CouponRows } from './coupon-rows.ts';
import type { Db } from './database.ts';
import { LostCoupons } from './lost-coupons.ts';
import { COPIED_AT, readMeta, removeMeta } from './meta.ts';
import type { SerialClaims } from './serial-claims.ts';
import { standing, type UsedCoupons } from './used-coupons.ts';

/** Whenever a store is opened, before anything is asked of it; once done it is not done again. */
export function catchUp(of: {
  db: Db;
  rules: CouponRules;
  calendar: ShopCalendar;
  claims: SerialClaims;
  used: UsedCoupons;
  /** The clock's own: a believed one stands where the backup was made, however long ago that is. */
  now: Instant;
  /** The latest instant that is believed. */
  believed: Instant;
}): void {
  const { db, calendar, claims, used } = of;
  if (readMeta(db, COPIED_AT) === null) return;
  const coupons = new CouponRows({ ...of, used: null });
  const lost = new LostCoupons(of);
  db.transaction(() => {
    const copiedAt = readMeta(db, COPIED_AT);
    if (copiedAt === null) return;
    const lines = [...used.known().values()];
    const latest = lines.reduce((last, { at }) => Math.max(last, at), Math.max(of.now, of.believed));
    const firstDay = calendar.dayOf(instant(Number(copiedAt)));
    lost.note({ claims, firstDay, lastDay: calendar.dayOf(instant(latest)) });
    for (const line of lines) {
      const kept = coupons.bySerial(line.serial) ?? lost.bringBack(line);
      if (kept === null || standing(kept.coupon.state) === standing(line.state)) continue;
      const step = { at: line.at, till: line.till, basket: null, source: 'restore' };
      // Used when the backup was made, and given back since.
      if (standing(kept.coupon.state) === 'redeemed') coupons.giveBack(kept, step);
      else coupons.move(kept, { ...step, to: line.state });
    }
    removeMeta(db, COPIED_AT);
  }).immediate();
}
