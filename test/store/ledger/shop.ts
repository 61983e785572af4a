// A small shop with a ledger, for the tests of the ledger.
import { couponRules } from '../../../src/coupons/coupon-rules.ts';
import type { CouponRules } from '../../../src/coupons/coupon-rules.ts';
import type { CodeKind } from '../../../src/coupons/choose-code.ts';
import { ShopCalendar } from '../../../src/domain/calendar.ts';
import type { Instant } from '../../../src/domain/calendar.ts';
import type { Coupon } from '../../../src/domain/coupon.ts';
import { customerId, parseTillId, productId } from '../../../src/domain/ids.ts';
import type { CustomerId, VisitId } from '../../../src/domain/ids.ts';
import { cents } from '../../../src/domain/money.ts';
import type { Choice, ChosenOffer, RewardRule } from '../../../src/domain/offer.ts';
import { catchUp } from '../../../src/store/catch-up.ts';
import { CouponReferences } from '../../../src/store/coupon-references.ts';
import { IN_MEMORY, openDatabase } from '../../../src/store/database.ts';
import type { Db } from '../../../src/store/database.ts';
import { Ledger } from '../../../src/store/ledger.ts';
import { SerialClaims } from '../../../src/store/serial-claims.ts';
import { UsedCoupons, usedCouponsOf } from '../../../src/store/used-coupons.ts';
import { VisitLog } from '../../../src/store/visits.ts';

export const calendar = new ShopCalendar('Europe/Helsinki');
export const TILL = parseTillId('01') ?? wrong('till');

export const HABITUAL: RewardRule = {
  key: 'habitual',
  slot: 'habitual',
  category: '*',
  reward: { kind: 'amount', amountCents: cents(30) },
  validDays: 14,
};
export const NEW: RewardRule = { ...HABITUAL, key: 'new', slot: 'new', reward: { kind: 'percent', percent: 10 } };

export function wrong(what: string): never {
  throw new Error(`The test itself is wrong: ${what}.`);
}

export function at(text: string): Instant {
  return calendar.parse(text) ?? wrong(text);
}

export type Shop = {
  readonly db: Db;
  readonly rules: CouponRules;
  readonly ledger: Ledger;
  readonly visits: VisitLog;
  readonly references: CouponReferences;
  readonly claims: SerialClaims;
};

export function openShop(
  from: {
    file?: string;
    claimsFile?: string;
    countersPerGcn?: number;
    codeKind?: CodeKind;
    companyPrefix?: string;
    /** For a store that was restored: the clock's, and the latest that is believed. */
    now?: Instant;
    believed?: Instant;
    report?: (error: Error) => void;
  } = {},
): Shop {
  const db = openDatabase({ file: from.file ?? IN_MEMORY, keyFingerprint: null });
  const of = couponRules({
    shopKey: new Uint8Array(32).fill(7),
    till: TILL,
    companyPrefix: from.companyPrefix ?? '9501101',
    codeKind: from.codeKind ?? 'gs1',
    pointerPrefix: '29',
    valueMask: '9821234OOVVVC',
  });
  const rules = { ...of, countersPerGcn: from.countersPerGcn ?? of.countersPerGcn };
  const claims = new SerialClaims({ file: from.claimsFile ?? null, till: TILL, countersPerGcn: rules.countersPerGcn });
  const references = new CouponReferences({ db, rules, claims });
  const report = from.report ?? ((error: Error) => wrong(error.message));
  const used = new UsedCoupons({ db, file: from.file === undefined ? null : usedCouponsOf(from.file), report });
  const now = from.now ?? at('2026-11-26');
  catchUp({ db, rules, calendar, claims, used, now, believed: from.believed ?? now });
  const ledger = new Ledger({ db, rules, calendar, references, claims, used });
  const visits = new VisitLog({ db, rules, calendar, language: 'en' });
  return { db, rules, ledger, visits, references, claims };
}

/** Customers are numbers, and so are products: made when first named. */
export function customer(shop: Shop, number: number): CustomerId {
  const hash = Buffer.alloc(16, number);
  shop.db.prepare('insert into customer (id, code_hash) values (?, ?) on conflict do nothing').run(number, hash);
  return customerId(number);
}

export function offer(shop: Shop, { number, rule }: { number: number; rule: RewardRule }): ChosenOffer {
  const name = `Product ${number}`;
  shop.db
    .prepare('insert into product (id, code, name) values (?, ?, ?) on conflict do nothing')
    .run(number, String(number), name);
  return {
    slot: rule.slot === '*' ? 'habitual' : rule.slot,
    product: {
      id: productId(number),
      code: String(number),
      name,
      category: 'Maito',
      department: null,
      priceCents: cents(199),
      flags: ['ok'],
    },
    rule,
    reward: rule.reward,
    probability: 0.5,
    propensity: 1,
    reasons: [{ feature: 'purchases', value: 9, contribution: 1.5 }],
  };
}

export function choice(shop: Shop, offers: readonly ChosenOffer[]): Choice {
  const { product } = offer(shop, { number: 999, rule: HABITUAL });
  return {
    offers,
    passedOver: [{ product, slot: 'habitual', probability: 0.4, veto: 'sensitive-class' }],
    runnersUp: [],
  };
}

export type Issued = { readonly visit: VisitId; readonly coupons: readonly Coupon[] };

/** A visit on 22.11.2026 at four in the afternoon, unless told otherwise; products 1 to n. */
export function issue(
  shop: Shop,
  of: { customer?: number; rules?: readonly RewardRule[]; when?: Instant } = {},
): Issued {
  const when = of.when ?? at('2026-11-22T16:00');
  const who = customer(shop, of.customer ?? 1);
  const rules = of.rules ?? [HABITUAL, HABITUAL, NEW];
  const visit = shop.visits.open({ at: when, customer: who, source: 'scanner' });
  const offers = rules.map((rule, index) => offer(shop, { number: index + 1, rule }));
  const decision = { choice: choice(shop, offers), model: 'plain-1', today: calendar.dayOf(when) };
  return { visit, coupons: shop.ledger.issue({ visit, customer: who, decision, at: when }) };
}

export function printed(shop: Shop, { visit, coupons }: Issued): void {
  const when = at('2026-11-22T16:01');
  shop.ledger.startPrinting({ visit, at: when });
  const parts = coupons.map(({ serial }) => ({ serial, result: 'printed' as const }));
  shop.ledger.recordPrint({ visit, result: { parts, millimetres: 230, bytes: 1511 }, at: when });
}

export function first(issued: Issued): Coupon {
  return issued.coupons[0] ?? wrong('no coupon');
}

export function redeem(shop: Shop, of: { code: string; when: string }) {
  return shop.ledger.redeem({ code: of.code, at: at(of.when), till: TILL, basket: 'sale-1', source: 'till' });
}

export function statesOf(shop: Shop, visit: VisitId): readonly string[] {
  return shop.ledger.couponsOf(visit).map(({ state }) => state);
}
