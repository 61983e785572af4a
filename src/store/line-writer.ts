// Writes line items with their baskets; a line is known by customer, basket, product and its ordinal among equal lines.
import type { Statement } from 'better-sqlite3';
import type { LocalDay, ShopCalendar } from '../domain/calendar.ts';
import type { PurchaseRow } from '../domain/shop-rows.ts';
import type { Db } from './database.ts';
import type { KnownCodes } from './known-codes.ts';
import type { OrdinalCounter } from './ordinal-counter.ts';

export type LineOutcome = 'taken' | 'already-known' | 'forgotten';

type BasketRow = { id: number; customer: number; code: string; firstDay: LocalDay; lastDay: LocalDay };
/** A line item of a customer whose row is known. */
export type SoldLine = Omit<PurchaseRow, 'customerCode'> & { readonly customer: number };
type Line = { customer: number; day: LocalDay; basket: number; product: number; ordinal: number };

export class LineWriter {
  readonly #calendar: ShopCalendar;
  readonly #codes: KnownCodes;
  readonly #ordinals: OrdinalCounter;
  readonly #findBasket: Statement<[number, string], [number, LocalDay, LocalDay]>;
  readonly #makeBasket: Statement<[number, string, number, LocalDay, LocalDay]>;
  readonly #widenBasket: Statement<[LocalDay, LocalDay, number]>;
  readonly #findLine: Statement<[number, LocalDay, LocalDay, number, number, number], number>;
  readonly #addLine: Statement<[number, LocalDay, number, number, number, number, number, number | null]>;
  /** Lines of one basket mostly follow each other. */
  #lastBasket: BasketRow | null = null;

  constructor(db: Db, from: { calendar: ShopCalendar; codes: KnownCodes; ordinals: OrdinalCounter }) {
    this.#calendar = from.calendar;
    this.#codes = from.codes;
    this.#ordinals = from.ordinals;
    this.#findBasket = db
      .prepare<[number, string], [number, LocalDay, LocalDay]>(
        'select id, first_day, last_day from basket where customer = ? and code = ?',
      )
      .raw();
    this.#makeBasket = db.prepare(
      'insert into basket (customer, code, at, first_day, last_day) values (?, ?, ?, ?, ?)',
    );
    this.#widenBasket = db.prepare(
      'update basket set first_day = min(first_day, ?), last_day = max(last_day, ?) where id = ?',
    );
    this.#findLine = db
      .prepare<[number, LocalDay, LocalDay, number, number, number], number>(
        `select 1 from purchase
         where customer = ? and day between ? and ? and basket = ? and product = ? and ordinal = ?`,
      )
      .pluck();
    this.#addLine = db.prepare(
      `insert into purchase (customer, day, basket, product, ordinal, at, quantity_milli, price_cents)
       values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
    );
  }

  /** To be called at the start of each transaction: between two of them a purge may have deleted the basket. */
  begin(): void {
    this.#lastBasket = null;
  }

  write(row: PurchaseRow): LineOutcome {
    const customer = this.#codes.customer(row.customerCode);
    return customer === 'forgotten' ? 'forgotten' : this.writeSold({ ...row, customer });
  }

  writeSold(row: SoldLine): Exclude<LineOutcome, 'forgotten'> {
    const { customer } = row;
    const day = this.#calendar.dayOf(row.at);
    const basket = this.#basketOf(row, day);
    const product = this.#codes.product(row.productCode);
    const line = { customer, day, basket: basket.id, product, ordinal: this.#ordinals.next(basket.id, product) };
    if (!this.#isOnlyDay(basket, day) && !this.#claimDay(basket, line)) return 'already-known';
    const { changes } = this.#addLine.run(
      customer,
      day,
      line.basket,
      product,
      line.ordinal,
      row.at,
      row.quantityMilli,
      row.priceCents,
    );
    return changes === 1 ? 'taken' : 'already-known';
  }

  #basketOf(row: SoldLine, day: LocalDay): BasketRow {
    const { customer } = row;
    const last = this.#lastBasket;
    if (last !== null && last.customer === customer && last.code === row.basketCode) return last;
    const found = this.#findBasket.get(customer, row.basketCode);
    const basket: BasketRow =
      found === undefined
        ? { id: this.#newBasket(row, day), customer, code: row.basketCode, firstDay: day, lastDay: day }
        : { id: found[0], customer, code: row.basketCode, firstDay: found[1], lastDay: found[2] };
    this.#lastBasket = basket;
    return basket;
  }

  #newBasket(row: SoldLine, day: LocalDay): number {
    return Number(this.#makeBasket.run(row.customer, row.basketCode, row.at, day, day).lastInsertRowid);
  }

  /** The clustered key settles by itself whether a line is known, as long as its basket has one day, and it is this one. */
  #isOnlyDay(basket: BasketRow, day: LocalDay): boolean {
    return basket.firstDay === day && basket.lastDay === day;
  }

  /** A basket over several days (a sale at midnight, a line whose time was corrected) is looked through; false: known already. */
  #claimDay(basket: BasketRow, line: Line): boolean {
    const { firstDay, lastDay } = basket;
    if (this.#findLine.get(line.customer, firstDay, lastDay, line.basket, line.product, line.ordinal) !== undefined) {
      return false;
    }
    if (line.day < firstDay || line.day > lastDay) {
      this.#widenBasket.run(line.day, line.day, basket.id);
      this.#lastBasket = null;
    }
    return true;
  }
}
