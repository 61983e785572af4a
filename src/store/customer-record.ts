// Everything that is kept of one customer, in words they can read: what they bought, what they were offered, and what became of it.
import type { CouponRules } from '../coupons/coupon-rules.ts';
import { instant, isoDay, localDay, type ShopCalendar } from '../domain/calendar.ts';
import type { CustomerId, VisitId } from '../domain/ids.ts';
import { CouponRows } from './coupon-rows.ts';
import type { Customers } from './customers.ts';
import type { Db } from './database.ts';
import { DecisionLog, type LoggedProduct } from './decisions.ts';
import { visitOfRow } from './visit-row.ts';

type PurchaseColumns = {
  at: number;
  basket: string;
  code: string;
  name: string;
  quantityMilli: number;
  priceCents: number | null;
};
type VisitColumns = {
  row: number;
  till: Parameters<typeof visitOfRow>[0]['till'];
  at: number;
  source: string;
  outcome: string;
  end: string | null;
  forgetOn: number | null;
};

/** Times are shop-local ISO 8601, days are days of the shop, money is in whole currency. */
export type CustomerRecord = ReturnType<typeof customerRecord>;

/** Nothing in it is a key of the store: hashes and row numbers would tell the customer nothing. */
export function customerRecord(
  from: { db: Db; rules: CouponRules; calendar: ShopCalendar; customers: Customers },
  customer: CustomerId,
) {
  const { db, calendar } = from;
  const view = from.customers.view({ customer, firstDay: localDay(0) });
  if (view === null) return null;
  const timeOf = (ms: number): string => calendar.isoLocal(instant(ms));
  const coupons = new CouponRows({ ...from, used: null });
  const decisions = new DecisionLog(db);
  const purchases = db
    .prepare<[CustomerId], PurchaseColumns>(
      `select purchase.at, basket.code as basket, product.code, product.name, quantity_milli as quantityMilli,
         purchase.price_cents as priceCents
       from purchase join basket on basket.id = purchase.basket join product on product.id = purchase.product
       where purchase.customer = ? order by day, purchase.at, basket.code, product.code, ordinal`,
    )
    .all(customer);
  return {
    customer: {
      language: view.language,
      status: view.status,
      cards: view.cards,
      optedOutAt: view.optedOutAt === null ? null : timeOf(view.optedOutAt),
    },
    purchases: purchases.map(({ at, basket, code, name, quantityMilli, priceCents }) => ({
      time: timeOf(at),
      basket,
      product: code,
      name,
      quantity: quantityMilli / 1000,
      price: inMoney(priceCents),
    })),
    visits: visitsOf(db, customer).map((visit) => {
      const decision = decisions.find(visit.row);
      return {
        visit: visitOfRow(visit),
        time: timeOf(visit.at),
        cardHeldUpAt: visit.source,
        outcome: visit.outcome,
        strip: visit.end,
        forgottenOn: visit.forgetOn === null ? null : isoDay(localDay(visit.forgetOn)),
        isHeldOut: decision?.isHeldOut ?? false,
        model: decision?.model ?? null,
        considered: decision?.products.map(consideredOf) ?? [],
        coupons: coupons.ofVisit(visit.row).map(({ coupon }) => ({
          serial: coupon.serial,
          number: coupon.gcn,
          product: coupon.productCode,
          name: coupon.productName,
          worth:
            coupon.reward.kind === 'amount'
              ? { amount: inMoney(coupon.reward.amountCents) }
              : { percent: coupon.reward.percent },
          validFrom: isoDay(coupon.validFrom),
          validTo: isoDay(coupon.validTo),
          state: coupon.state,
          steps: coupons
            .eventsOf(coupon.serial)
            .map(({ at, state, till, basket, source }) => ({ time: timeOf(at), state, till, sale: basket, source })),
        })),
      };
    }),
  };
}

/** Their numbers, the first one first. */
export function visitIdsOf(db: Db, customer: CustomerId): readonly VisitId[] {
  return visitsOf(db, customer).map(visitOfRow);
}

function visitsOf(db: Db, customer: CustomerId): readonly VisitColumns[] {
  return db
    .prepare<[CustomerId], VisitColumns>(
      `select id as row, till, at, source, outcome, strip_end as end, forget_on as forgetOn
       from visit where customer = ? order by id`,
    )
    .all(customer);
}

function consideredOf({ slot, productName, probability, outcome, reasons }: LoggedProduct) {
  return {
    name: productName,
    as: slot,
    probability,
    became: outcome.kind === 'chosen' ? 'a coupon' : `nothing: ${outcome.veto}`,
    because: reasons.map(({ feature, value }) => ({ [feature]: value })),
  };
}

function inMoney(cents: number | null): number | null {
  return cents === null ? null : cents / 100;
}
