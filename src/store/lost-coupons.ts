// Coupons printed after the backup that stands in the store's place: no row knows them, and their papers are out.
//
//   counters of a number:   0 … last in a row | lost: claimed, and in no row | claimed since
//
// A whole code is signed, and its coupon number stands for its terms: with a counter out of that stretch it is honoured, once,
// and gets its row again. What only the row knew (customer, product, the visit) stays lost; a reward in percent stays in percent.
import type { Statement } from 'better-sqlite3';
import type { CouponRules } from '../coupons/coupon-rules.ts';
import { addDays, localDay, type LocalDay, type ShopCalendar } from '../domain/calendar.ts';
import { parseSerial, type Gcn, type Serial } from '../domain/ids.ts';
import type { Slot } from '../domain/offer.ts';
import { CouponRows, type KeptCoupon } from './coupon-rows.ts';
import type { Db } from './database.ts';
import { FORGET_AFTER_DAYS } from './forget-after.ts';
import { LOST_COUPONS, writeMeta } from './meta.ts';
import type { SerialClaims } from './serial-claims.ts';

/** A stretch of a number's counters, `to` excluded, and the days on which they may have been issued. */
type Stretch = {
  readonly gcn: Gcn;
  readonly from: number;
  readonly to: number;
  readonly firstDay: LocalDay;
  readonly lastDay: LocalDay;
};

type Terms = {
  readonly slot: Slot | '*';
  readonly kind: 'amount' | 'percent';
  /** Cents or percent. */
  readonly worth: number;
  readonly validDays: number;
};

export class LostCoupons {
  readonly #db: Db;
  readonly #rules: CouponRules;
  readonly #calendar: ShopCalendar;
  readonly #coupons: CouponRows;
  readonly #stretches: Statement<[], Stretch>;
  readonly #terms: Statement<[Gcn], Terms>;

  constructor({ db, rules, calendar }: { db: Db; rules: CouponRules; calendar: ShopCalendar }) {
    this.#db = db;
    this.#rules = rules;
    this.#calendar = calendar;
    this.#coupons = new CouponRows({ db, rules, used: null });
    this.#stretches = db.prepare(
      `select stretch.value ->> 'gcn' as gcn, stretch.value ->> 'from' as "from", stretch.value ->> 'to' as "to",
         stretch.value ->> 'firstDay' as firstDay, stretch.value ->> 'lastDay' as lastDay
       from meta, json_each(meta.value) stretch where meta.key = '${LOST_COUPONS}'`,
    );
    this.#terms = db.prepare(
      `select terms ->> 'slot' as slot, terms ->> 'reward' as kind, terms ->> 'worth' as worth,
         terms ->> 'validDays' as validDays
       from coupon_reference where gcn = ?`,
    );
  }

  /**
   * When a backup has taken the store's place, before anything is issued: what was claimed and is in no row is lost. A number
   * whose terms the backup does not know is left out for good: its used coupons could not be brought back as used.
   */
  note({ claims, firstDay, lastDay }: { claims: SerialClaims; firstDay: LocalDay; lastDay: LocalDay }): void {
    const numbers = claims.numbers().filter((gcn) => this.#terms.get(gcn) !== undefined);
    const stretches = numbers.map((gcn) => {
      return { gcn, from: this.#lastCounter(gcn) + 1, to: claims.claimedBelow(gcn), firstDay, lastDay };
    });
    const all = [...this.#stretches.all(), ...stretches.filter(({ from, to }) => from < to)];
    writeMeta(this.#db, LOST_COUPONS, JSON.stringify(all));
  }

  /** Whether a keyed number may be one of them: its digits alone do not tell, its whole code does. */
  mayBe(text: string, today: LocalDay): boolean {
    const read = this.#rules.read(text);
    if (read?.kind !== 'serial') return false;
    return this.#stretchesWith(read.serial).some(({ gcn, lastDay }) => {
      const terms = this.#terms.get(gcn);
      return terms !== undefined && today <= lastDay + terms.validDays;
    });
  }

  /** The coupon of a whole code that is one of them, in a row again; null where it is none. In the caller's transaction. */
  findBy(text: string): KeptCoupon | null {
    const read = this.#rules.read(text);
    if (read?.kind !== 'full' || !this.#rules.isSigned(read)) return null;
    const { gcn, serial, expiry } = read;
    const terms = this.#terms.get(gcn);
    if (terms === undefined || this.#coupons.bySerial(serial) !== null) return null;
    const issuedOn = expiry - terms.validDays;
    const isLost = this.#stretchesWith(serial).some(
      (stretch) => stretch.gcn === gcn && issuedOn >= stretch.firstDay && issuedOn <= stretch.lastDay,
    );
    return isLost ? this.bringBack({ gcn, serial, validTo: expiry }) : null;
  }

  /** The row of a coupon that was surely issued; null where its number's terms are lost too. In the caller's transaction. */
  bringBack({ gcn, serial, validTo }: { gcn: Gcn; serial: Serial; validTo: LocalDay }): KeptCoupon | null {
    const terms = this.#terms.get(gcn);
    if (terms === undefined) return null;
    const { slot, kind, worth, validDays } = terms;
    const issuedOn = localDay(validTo - validDays);
    const { validFrom } = this.#rules.validity({ issuedOn, validDays });
    const { till } = this.#rules;
    const at = this.#calendar.startOf(issuedOn);
    const visit = this.#db
      .prepare(
        "insert into visit (till, at, source, outcome, strip_end) values (?, ?, 'restore', 'printing', 'unknown')",
      )
      .run(till, at).lastInsertRowid;
    const row = this.#db
      .prepare(
        `insert into coupon (gcn, serial, visit, place, slot, amount_cents, percent, code_kind, issued_at, issued_on,
           valid_from, valid_to, state, forget_on)
         values (@gcn, @serial, @visit, 1, @slot, @amountCents, @percent, 'gs1', @at, @issuedOn, @validFrom, @validTo,
           'issued', @forgetOn)`,
      )
      .run({
        gcn,
        serial,
        visit,
        slot: slot === '*' ? 'habitual' : slot,
        amountCents: kind === 'amount' ? worth : null,
        percent: kind === 'percent' ? worth : null,
        at,
        issuedOn,
        validFrom,
        validTo,
        // It names nobody, but the sale it is used in leads to somebody.
        forgetOn: addDays(validTo, FORGET_AFTER_DAYS),
      }).lastInsertRowid;
    this.#coupons.begin({ row: Number(row), at, till, source: 'restore' });
    return this.#coupons.bySerial(serial);
  }

  #stretchesWith(serial: Serial): readonly Stretch[] {
    if (!serial.startsWith(this.#rules.till)) return [];
    const counter = this.#rules.counterOf(serial);
    return this.#stretches.all().filter(({ from, to }) => counter >= from && counter < to);
  }

  /** -1 where no row has the number. */
  #lastCounter(gcn: Gcn): number {
    const { till } = this.#rules;
    const last = this.#db
      .prepare<[Gcn, string, string], string | null>(
        'select max(serial) from coupon where gcn = ? and serial between ? and ?',
      )
      .pluck()
      .get(gcn, `${till}0000000000`, `${till}9999999999`);
    const serial = parseSerial(last ?? '');
    return serial === null ? -1 : this.#rules.counterOf(serial);
  }
}
