// Offers become coupons: each gets its number, a serial nobody ever had, and the code that goes on its paper.
import type { Statement } from 'better-sqlite3';
import type { CouponRules, PrintedCode } from '../coupons/coupon-rules.ts';
import { addDays } from '../domain/calendar.ts';
import type { Instant, LocalDay } from '../domain/calendar.ts';
import type { CustomerId, Gcn, Serial } from '../domain/ids.ts';
import type { ChosenOffer, RewardRule } from '../domain/offer.ts';
import type { CouponReferences, NumberedTerms } from './coupon-references.ts';
import { rewardColumns } from './coupon-rows.ts';
import type { CouponRows } from './coupon-rows.ts';
import type { Db } from './database.ts';
import { FORGET_AFTER_DAYS } from './forget-after.ts';
import type { SerialClaims } from './serial-claims.ts';

type Strip = {
  readonly visitRow: number;
  readonly customer: CustomerId;
  readonly offers: readonly ChosenOffer[];
  readonly today: LocalDay;
  readonly at: Instant;
};

type Numbered = { readonly number: NumberedTerms; readonly serial: Serial };

export class CouponIssue {
  readonly #db: Db;
  readonly #rules: CouponRules;
  readonly #references: CouponReferences;
  readonly #claims: SerialClaims;
  readonly #coupons: CouponRows;
  readonly #insert: Statement;

  constructor(from: {
    db: Db;
    rules: CouponRules;
    references: CouponReferences;
    claims: SerialClaims;
    coupons: CouponRows;
  }) {
    this.#db = from.db;
    this.#rules = from.rules;
    this.#references = from.references;
    this.#claims = from.claims;
    this.#coupons = from.coupons;
    this.#insert = from.db.prepare(
      `insert into coupon (gcn, serial, visit, place, slot, customer, product, product_code, product_name, amount_cents,
         percent, code_kind, ean13, issued_at, issued_on, valid_from, valid_to, state, forget_on)
       values (@gcn, @serial, @visit, @place, @slot, @customer, @product, @productCode, @productName, @amountCents,
         @percent, @codeKind, @ean13, @at, @today, @validFrom, @validTo, 'issued', @forgetOn)`,
    );
  }

  /** In the caller's transaction. Counters used by a transaction that fails are never used again. */
  write(strip: Strip): void {
    const { visitRow, customer, offers, today, at } = strip;
    for (const [index, offer] of offers.entries()) {
      const { validFrom, validTo } = this.#rules.validity({ issuedOn: today, validDays: offer.rule.validDays });
      const { number, serial } = this.#number(offer.rule, validTo);
      const code = this.#code({ ...number, serial, reward: offer.reward });
      const { lastInsertRowid } = this.#insert.run({
        gcn: number.gcn,
        serial,
        visit: visitRow,
        place: index + 1,
        slot: offer.slot,
        customer,
        product: offer.product.id,
        productCode: offer.product.code,
        productName: offer.product.name,
        ...rewardColumns(offer.reward),
        codeKind: code.kind,
        ean13: code.kind === 'gs1' ? null : code.ean13,
        at,
        today,
        validFrom,
        validTo,
        forgetOn: addDays(validTo, FORGET_AFTER_DAYS),
      });
      this.#coupons.begin({ row: Number(lastInsertRowid), at, till: this.#rules.till, source: 'visit' });
    }
    this.postponeForgetting(strip);
  }

  /** A visit and its decision are known as long as the longest of its coupons, printed or held back. */
  postponeForgetting({ visitRow, offers, today }: Pick<Strip, 'visitRow' | 'offers' | 'today'>): void {
    const validDays = Math.max(0, ...offers.map(({ rule }) => rule.validDays));
    this.#db
      .prepare('update visit set forget_on = max(forget_on, ?) where id = ?')
      .run(addDays(today, validDays + FORGET_AFTER_DAYS), visitRow);
  }

  /**
   * Counters of different numbers may sign to the same serial, once in 100 000: that counter is passed over. So is one whose
   * code a printer would take for an order, once in 600; on narrow paper there is no other way to write it.
   */
  #number(rule: RewardRule, expiry: LocalDay): Numbered {
    for (;;) {
      const number = this.#references.numberFor(rule);
      const counter = this.#claims.next(number.gcn, number.terms);
      if (counter === null) {
        this.#references.retireUsedUp(number.gcn);
        continue;
      }
      const serial = this.#rules.sign({ gcn: number.gcn, counter, expiry });
      if (this.#rules.isSerialUnfit({ gcn: number.gcn, serial })) continue;
      if (this.#coupons.bySerial(serial) === null) return { number, serial };
    }
  }

  #code(of: { gcn: Gcn; serial: Serial; reference: number; reward: ChosenOffer['reward'] }): PrintedCode {
    for (let attempt = 0; ; attempt++) {
      const code = this.#rules.code({ ...of, attempt });
      if (code.kind !== 'pointer' || !this.#coupons.isPointerTaken(code.ean13)) return code;
    }
  }
}
