// What the shop sold of each product on each purged day: no customer in it, kept for two years.
import { setImmediate } from 'node:timers/promises';
import type { LocalDay } from '../domain/calendar.ts';
import type { Db } from './database.ts';

type Sum = { lines: number; quantityMilli: number; priceCents: number };
/** product, lines, quantity in thousandths, cents of the lines whose price is known */
type SumRow = [number, number, number, number];

/** Baskets read, or sums written, between two breaths: a few milliseconds each. */
const BASKETS_AT_ONCE = 500;
const ROWS_AT_ONCE = 1000;

export class ProductDays {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Sums the lines before a day of all baskets that began on `day`; a sale counts on the day it began. */
  async sumUp(of: { day: LocalDay; before: LocalDay; signal: AbortSignal }): Promise<void> {
    const sums = new Map<number, Sum>();
    const lastOf = this.#db
      .prepare<[LocalDay, number, number], number | null>(
        `select max(id) from (select id from basket where first_day = ? and id > ? order by id limit ?)`,
      )
      .pluck();
    const read = this.#db
      .prepare<[LocalDay, LocalDay, number, number], SumRow>(
        `select purchase.product, count(*), sum(quantity_milli), coalesce(sum(price_cents), 0)
         from basket cross join purchase on purchase.customer = basket.customer
           and purchase.day between basket.first_day and min(basket.last_day, ? - 1) and purchase.basket = basket.id
         where basket.first_day = ? and basket.id > ? and basket.id <= ?
         group by purchase.product`,
      )
      .raw();
    let from = 0;
    for (;;) {
      of.signal.throwIfAborted();
      const to = lastOf.get(of.day, from, BASKETS_AT_ONCE);
      if (to === null || to === undefined) break;
      for (const row of read.all(of.before, of.day, from, to)) add(sums, row);
      from = to;
      await setImmediate();
    }
    await this.#write(of.day, sums);
  }

  /** Deletes the sums of the days before this one. */
  async dropBefore(day: LocalDay, signal: AbortSignal): Promise<void> {
    const drop = this.#db.prepare<[LocalDay, number]>(
      `delete from product_day
       where (day, product) in (select day, product from product_day where day < ? order by day, product limit ?)`,
    );
    while (drop.run(day, ROWS_AT_ONCE).changes > 0) {
      await setImmediate();
      signal.throwIfAborted();
    }
  }

  /** The larger sum stays: a purge finished later, or purchases imported once more, see some of the day's lines or all again. */
  async #write(day: LocalDay, sums: ReadonlyMap<number, Sum>): Promise<void> {
    const put = this.#db.prepare<[LocalDay, number, number, number, number]>(
      `insert into product_day (day, product, lines, quantity_milli, price_cents) values (?, ?, ?, ?, ?)
       on conflict (day, product) do update set lines = excluded.lines, quantity_milli = excluded.quantity_milli,
         price_cents = excluded.price_cents
       where excluded.lines > product_day.lines`,
    );
    const putSome = this.#db.transaction((some: readonly (readonly [number, Sum])[]) => {
      for (const [product, sum] of some) put.run(day, product, sum.lines, sum.quantityMilli, sum.priceCents);
    });
    const rows = [...sums];
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
      putSome.immediate(rows.slice(start, start + ROWS_AT_ONCE));
      await setImmediate();
    }
  }
}

function add(sums: Map<number, Sum>, [product, lines, quantityMilli, priceCents]: SumRow): void {
  const sum = sums.get(product);
  if (sum === undefined) {
    sums.set(product, { lines, quantityMilli, priceCents });
    return;
  }
  sum.lines += lines;
  sum.quantityMilli += quantityMilli;
  sum.priceCents += priceCents;
}
