// Who bought what: the two doors by which ranking and training read it, and the one by which a till's baskets come in.
import type { Statement } from 'better-sqlite3';
import { instant, type Instant, type LocalDay, type ShopCalendar } from '../domain/calendar.ts';
import type { CustomerId } from '../domain/ids.ts';
import { NO_PURCHASES, type PurchaseTable } from '../domain/purchases.ts';
import type { PurchaseRow } from '../domain/shop-rows.ts';
import type { CodeHasher } from './code-hash.ts';
import type { Db } from './database.ts';
import { KnownCodes } from './known-codes.ts';
import { LineWriter } from './line-writer.ts';
import { OrdinalCounter } from './ordinal-counter.ts';

/** day, basket, product, quantity in thousandths */
type HistoryLine = [number, number, number, number];
/** customer, then as above */
type ShopLine = [number, number, number, number, number];

/** How many lines lie between two reports of progress. */
const PROGRESS_LINES = 1 << 17;

export class Purchases {
  readonly #db: Db;
  readonly #hasher: CodeHasher;
  readonly #calendar: ShopCalendar;
  readonly #history: Statement<[CustomerId, LocalDay, Instant], HistoryLine>;
  readonly #buyers: Statement<[LocalDay, Instant, Instant, number], CustomerId>;

  constructor(db: Db, from: { hasher: CodeHasher; calendar: ShopCalendar }) {
    this.#db = db;
    this.#hasher = from.hasher;
    this.#calendar = from.calendar;
    this.#history = db
      .prepare<[CustomerId, LocalDay, Instant], HistoryLine>(
        `select day, basket, product, quantity_milli from purchase where customer = ? and day >= ? and at < ?
         order by day, basket, product`,
      )
      .raw();
    this.#buyers = db
      .prepare<[LocalDay, Instant, Instant, number], CustomerId>(
        // By the day's baskets and by nothing else: left to itself SQLite goes through all baskets there are, customer by customer.
        `select customer from basket indexed by basket_by_first_day where first_day >= ? and at >= ? and at < ?
         group by customer order by min(id) limit ?`,
      )
      .pluck();
  }

  /** The door for ranking: one customer's purchases from `firstDay` on and strictly before an instant. */
  historyOf(of: { customer: CustomerId; before: Instant; firstDay: LocalDay }): PurchaseTable {
    const lines = this.#history.all(of.customer, of.firstDay, of.before);
    if (lines.length === 0) return NO_PURCHASES;
    const table = emptyTable(lines.length);
    table.customer.fill(of.customer);
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i];
      if (line === undefined) break;
      table.day[i] = line[0];
      table.basket[i] = line[1];
      table.product[i] = line[2];
      table.quantityMilli[i] = line[3];
    }
    return table;
  }

  /**
   * Who bought anything from `since` on and strictly before `before`, in the order in which their sales came in. A sale counts by the
   * line of it that came first; one that spreads over more than a day is rare and may be missed.
   */
  buyersSince(of: { since: Instant; before: Instant; most: number }): readonly CustomerId[] {
    return this.#buyers.all(this.#calendar.dayOf(of.since), of.since, of.before, of.most);
  }

  /**
   * The door for training: everybody's purchases from `firstDay` on and strictly before an instant, 20 bytes a line.
   * `onProgress` gets the share done and must not use the store.
   */
  allBefore(of: {
    before: Instant;
    firstDay: LocalDay;
    onProgress?: ((share: number) => void) | undefined;
  }): PurchaseTable {
    // One transaction: the lines counted are the lines read, whatever comes in meanwhile.
    return this.#db.transaction(() => this.#readAll(of))();
  }

  /**
   * A till's sale, once however often it is sent; its lines in the order of the receipt. Where the shop's purchase file brings
   * the same sale, it is known by then, as long as both name it alike. `unknown-customer`: forgotten meanwhile, nothing is kept.
   */
  recordSale(sale: {
    customer: CustomerId;
    basketCode: string;
    at: Instant;
    lines: readonly Pick<PurchaseRow, 'productCode' | 'quantityMilli' | 'priceCents'>[];
  }): { readonly taken: number; readonly alreadyKnown: number } | 'unknown-customer' {
    const { customer, basketCode, at, lines } = sale;
    const codes = new KnownCodes(this.#db, this.#hasher);
    const writer = new LineWriter(this.#db, {
      calendar: this.#calendar,
      codes,
      ordinals: new OrdinalCounter(lines.length),
    });
    const isKnown = this.#db.prepare<[CustomerId], number>('select 1 from customer where id = ?').pluck();
    const write = this.#db.transaction(() => {
      if (isKnown.get(customer) === undefined) return 'unknown-customer';
      const taken = lines.filter((line) => writer.writeSold({ ...line, customer, basketCode, at }) === 'taken').length;
      return { taken, alreadyKnown: lines.length - taken };
    });
    return write.immediate();
  }

  /** A sale the till takes back as a whole was never bought; answers how many lines of it were known. */
  takeBackSale({ customer, basketCode }: { customer: CustomerId; basketCode: string }): number {
    const find = this.#db.prepare<[CustomerId, string], { id: number; first: LocalDay; last: LocalDay }>(
      'select id, first_day as first, last_day as last from basket where customer = ? and code = ?',
    );
    return this.#db
      .transaction(() => {
        const basket = find.get(customer, basketCode);
        if (basket === undefined) return 0;
        const { changes } = this.#db
          .prepare('delete from purchase where customer = ? and day between ? and ? and basket = ?')
          .run(customer, basket.first, basket.last, basket.id);
        this.#db.prepare('delete from basket where id = ?').run(basket.id);
        return changes;
      })
      .immediate();
  }

  /** Of the lines of the newest day; null in an empty store. */
  newestAt(): Instant | null {
    const newest = this.#db
      .prepare<[], number | null>(
        `select max(purchase.at) from basket
         join purchase on purchase.customer = basket.customer and purchase.day between basket.first_day and basket.last_day
           and purchase.basket = basket.id
         where basket.first_day = (select max(first_day) from basket)`,
      )
      .pluck()
      .get();
    return newest === null || newest === undefined ? null : instant(newest);
  }

  #readAll(of: {
    before: Instant;
    firstDay: LocalDay;
    onProgress?: ((share: number) => void) | undefined;
  }): PurchaseTable {
    const count = this.#db
      .prepare<[LocalDay, Instant], number>('select count(*) from purchase where day >= ? and at < ?')
      .pluck()
      .get(of.firstDay, of.before);
    if (count === undefined || count === 0) return NO_PURCHASES;
    const table = emptyTable(count);
    const lines = this.#db
      .prepare<[LocalDay, Instant], ShopLine>(
        `select customer, day, basket, product, quantity_milli from purchase where day >= ? and at < ?
         order by customer, day, basket, product`,
      )
      .raw()
      .iterate(of.firstDay, of.before);
    let i = 0;
    for (const [customer, day, basket, product, quantityMilli] of lines) {
      table.customer[i] = customer;
      table.day[i] = day;
      table.basket[i] = basket;
      table.product[i] = product;
      table.quantityMilli[i] = quantityMilli;
      i++;
      if (i % PROGRESS_LINES === 0) of.onProgress?.(i / count);
    }
    of.onProgress?.(1);
    return table;
  }
}

function emptyTable(count: number): PurchaseTable {
  return {
    count,
    customer: new Int32Array(count),
    day: new Int32Array(count),
    basket: new Int32Array(count),
    product: new Int32Array(count),
    quantityMilli: new Int32Array(count),
  };
}
