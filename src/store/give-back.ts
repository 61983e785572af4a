// A sale that was taken back as a whole gives back the coupons that were used in it.
import type { Instant, LocalDay, ShopCalendar } from '../domain/calendar.ts';
import { addDays } from '../domain/calendar.ts';
import type { Serial, TillId } from '../domain/ids.ts';
import type { CouponRows } from './coupon-rows.ts';
import type { Db } from './database.ts';

export type VoidedSale = {
  readonly till: TillId;
  /** As the till numbers its sales, and as it named the sale with the redemption. */
  readonly sale: string;
  /** The day of the sale, which is the day of the redemption: numbers may start again each morning. */
  readonly day: LocalDay;
  readonly at: Instant;
};

/**
 * Only a coupon's latest use counts: one that was given back and used again elsewhere is that other sale's. In the caller's
 * transaction; a few milliseconds for a month of a busy till.
 */
export function giveBackCoupons(
  of: { db: Db; coupons: CouponRows; calendar: ShopCalendar },
  { till, sale, day, at }: VoidedSale,
): readonly Serial[] {
  const { db, coupons, calendar } = of;
  const used = db
    .prepare<[{ day: LocalDay; from: Instant; until: Instant; till: TillId; sale: string }], Serial>(
      `select serial from coupon join coupon_event last on last.coupon = coupon.id
       where coupon.state = 'redeemed' and valid_to >= @day and redeemed_at >= @from and redeemed_at < @until
         and last.id = (select max(id) from coupon_event where coupon = coupon.id)
         and last.till = @till and last.basket = @sale
       order by coupon.id`,
    )
    .pluck()
    .all({ day, from: calendar.startOf(day), until: calendar.startOf(addDays(day, 1)), till, sale });
  return used.filter((serial) => {
    const kept = coupons.bySerial(serial);
    return kept !== null && coupons.giveBack(kept, { at, till, basket: sale, source: 'sale-void' });
  });
}
