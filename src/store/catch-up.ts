// A store that was put in place from a backup hears what came after it: coupons that were used or taken back since stay so, and
// those printed since are honoured.
import type { CouponRules } from '../coupons/coupon-rules.ts';
import { instant, type Instant, type ShopCalendar } from '../domain/calendar.ts';
import { CouponRows, type KeptCoupon } from './coupon-rows.ts';
import type { Db } from './database.ts';
import { LostCoupons } from './lost-coupons.ts';
import { COPIED_AT, LIST_UNHEARD, readMeta, removeMeta, writeMeta } from './meta.ts';
import type { SerialClaims } from './serial-claims.ts';
import { standing, type UsedCoupons } from './used-coupons.ts';
import type { UsedLine } from './used-coupons-file.ts';

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
  if (readMeta(db, COPIED_AT) === null && !used.isUnheard()) return;
  const coupons = new CouponRows({ ...of, used: null });
  const lost = new LostCoupons(of);
  db.transaction(() => {
    const lines = used.known();
    const copiedAt = readMeta(db, COPIED_AT);
    if (copiedAt !== null) {
      const latest = (lines ?? []).reduce((last, { at }) => Math.max(last, at), Math.max(of.now, of.believed));
      const firstDay = calendar.dayOf(instant(Number(copiedAt)));
      lost.note({ claims, firstDay, lastDay: calendar.dayOf(instant(latest)) });
      removeMeta(db, COPIED_AT);
      // Until it can be read nothing is redeemed (used-coupons.ts), and the next one to open the store tries again.
      writeMeta(db, LIST_UNHEARD, 'yes');
    }
    if (lines === null || !used.isUnheard()) return;
    for (const line of lines) {
      const kept = coupons.bySerial(line.serial) ?? lost.bringBack(line);
      if (kept !== null) hear({ coupons, kept, line });
    }
    removeMeta(db, LIST_UNHEARD);
  }).immediate();
}

function hear({ coupons, kept, line }: { coupons: CouponRows; kept: KeptCoupon; line: UsedLine }): void {
  if (isAsIn(line, kept)) return;
  const step = { at: line.at, till: line.till, basket: null, source: 'restore' };
  // The use that the backup knows was given back since; what came after it follows.
  const isUsed = standing(kept.coupon.state) === 'redeemed';
  if (isUsed && !coupons.giveBack(kept, step)) return;
  const free = isUsed ? coupons.bySerial(line.serial) : kept;
  if (free !== null && !isAsIn(line, free)) coupons.move(free, { ...step, basket: line.sale, to: line.state });
}

/** Two uses at two times are two: the first was given back in between. */
function isAsIn(line: UsedLine, { coupon }: KeptCoupon): boolean {
  if (standing(coupon.state) !== standing(line.state)) return false;
  return line.state !== 'redeemed' || coupon.redeemedAt === line.at;
}
