// A strip for nobody before the till is ready: decided and composed, neither issued nor printed, so that the first customer finds
// the code warm.
import type { Shop } from './app.ts';
import type { Coupon } from './domain/coupon.ts';
import type { Customer } from './domain/customer.ts';
import type { Instant, LocalDay } from './domain/calendar.ts';
import { customerId, visitId } from './domain/ids.ts';
import type { PurchaseTable } from './domain/purchases.ts';
import { specimenCode, specimensOf } from './preview.ts';
import { composeStrip } from './printer/compose.ts';
import { stripParts } from './strip-of.ts';

/** Rows begin at 1: this is nobody's. */
const NOBODY: Customer = { id: customerId(0), language: null, status: 'active', optedOutAt: null };
const [VISITS, DAYS_BETWEEN, PRODUCTS] = [7, 7, 8];
/** The first run brings the code in; the second finds out what it works on. */
const RUNS = 2;

/** Some tens of milliseconds, once. Leaves nothing behind but what the till would have remembered after its first visit. */
export function rehearse(shop: Shop, at: Instant): void {
  const { config, calendar, profile, couponRules: rules } = shop;
  const { code: wanted, pointerPrefix } = config.coupons;
  const today = calendar.dayOf(at);
  const history = inventedPurchases(today);
  for (let run = 0; run < RUNS; run++) {
    const { choice } = shop.decideFor(NOBODY, { history, at });
    const coupons = specimensOf({ choice, rules, today, at });
    const codeOf = (coupon: Coupon) => specimenCode(coupon, { rules, wanted, pointerPrefix, paper: profile });
    const strip = {
      config,
      calendar,
      columns: profile.columns,
      customer: NOBODY,
      visit: visitId(shop.till, 0),
      coupons,
      reasonsAt: (place: number) => choice.offers[place - 1]?.reasons ?? [],
    };
    composeStrip({ parts: stripParts({ ...strip, codeOf, at, isSpecimen: true, isCopy: false }), profile });
  }
}

/** Weekly, of the products that came into the store first: half of them every time, half of them now and then. */
function inventedPurchases(today: LocalDay): PurchaseTable {
  const count = VISITS * PRODUCTS;
  const visitOf = (line: number): number => Math.floor(line / PRODUCTS);
  const column = (of: (line: number) => number): Int32Array =>
    Int32Array.from({ length: count }, (_, line) => of(line));
  return {
    count,
    customer: column(() => NOBODY.id),
    day: column((line) => today - DAYS_BETWEEN * (VISITS - visitOf(line))),
    basket: column((line) => 1 + visitOf(line)),
    product: column((line) => productAt(visitOf(line), line % PRODUCTS)),
    quantityMilli: column(() => 1000),
  };
}

function productAt(visit: number, place: number): number {
  const isUsual = place < PRODUCTS / 2;
  return 1 + place + (isUsual ? 0 : (visit * PRODUCTS) / 2);
}
