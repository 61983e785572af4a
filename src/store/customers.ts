// Customers and their cards: found by keyed hash, asked for no coupons, or forgotten.
import type { Statement } from 'better-sqlite3';
import type { Instant, LocalDay } from '../domain/calendar.ts';
import { instant, localDay } from '../domain/calendar.ts';
import type { Customer } from '../domain/customer.ts';
import type { CardNumber, CustomerId } from '../domain/ids.ts';
import { customerId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import { parseLanguage } from '../domain/language.ts';
import type { CodeHasher } from './code-hash.ts';
import type { Db } from './database.ts';

/** What TillCAT knows of one customer, for `customer show`. */
export type CustomerView = {
  readonly language: Language | null;
  readonly status: Customer['status'];
  readonly cards: number;
  readonly optedOutAt: Instant | null;
  /** First and last day with a purchase in the remembered time; null without any. */
  readonly firstDay: LocalDay | null;
  readonly lastDay: LocalDay | null;
  /** Baskets and lines from the given day on. */
  readonly visits: number;
  readonly lines: number;
};

type CustomerColumns = { id: number; language: string | null; status: Customer['status']; opted_out_at: number | null };
type PurchaseSums = { first: number | null; last: number | null; visits: number; lines: number };

export class Customers {
  readonly #db: Db;
  readonly #hasher: CodeHasher;
  readonly #byCard: Statement<[Buffer], CustomerColumns>;
  readonly #byCode: Statement<[Buffer], CustomerColumns>;
  readonly #byId: Statement<[CustomerId], CustomerColumns>;

  constructor(db: Db, hasher: CodeHasher) {
    this.#db = db;
    this.#hasher = hasher;
    const columns = 'customer.id, language, status, opted_out_at';
    this.#byCard = db.prepare(
      `select ${columns} from card join customer on customer.id = card.customer where number_hash = ?`,
    );
    this.#byCode = db.prepare(`select ${columns} from customer where code_hash = ?`);
    this.#byId = db.prepare(`select ${columns} from customer where id = ?`);
  }

  findByCard(card: CardNumber): Customer | null {
    return customerOf(this.#byCard.get(this.#hasher.card(card)));
  }

  /** By the shop's own customer code, as in its files. */
  findByCode(code: string): Customer | null {
    return customerOf(this.#byCode.get(this.#hasher.customer(code)));
  }

  byId(customer: CustomerId): Customer | null {
    return customerOf(this.#byId.get(customer));
  }

  /** What stands for the shop's own customer code: the same at every till with the shop's key. */
  codeHashOf(customer: CustomerId): Buffer | null {
    const hash = this.#db.prepare<[CustomerId], Buffer>('select code_hash from customer where id = ?').pluck();
    return hash.get(customer) ?? null;
  }

  /** Safe inside the caller's transaction. The first time asked stands. */
  optOut({ customer, at }: { customer: CustomerId; at: Instant }): void {
    this.#db.prepare('update customer set opted_out_at = coalesce(opted_out_at, ?) where id = ?').run(at, customer);
  }

  optIn(customer: CustomerId): void {
    this.#db.prepare('update customer set opted_out_at = null where id = ?').run(customer);
  }

  /**
   * Deletes the customer, the cards and all purchases, and leaves a hash by which no import makes the customer again.
   * The deleted may stay in the write-ahead log until it is truncated (purge.ts, truncateLog).
   */
  forget(customer: CustomerId): void {
    this.#db.transaction(() => forgetRows(this.#db, customer)).immediate();
  }

  /** Of all who are known; some tens of milliseconds for 100,000. */
  ids(): ReadonlySet<CustomerId> {
    return new Set(this.#db.prepare<[], CustomerId>('select id from customer').pluck().all());
  }

  count(): number {
    return this.#db.prepare<[], number>('select count(*) from customer').pluck().get() ?? 0;
  }

  cardCount(): number {
    return this.#db.prepare<[], number>('select count(*) from card').pluck().get() ?? 0;
  }

  /** @param of.firstDay where the window for visits and lines begins */
  view(of: { customer: CustomerId; firstDay: LocalDay }): CustomerView | null {
    const customer = this.byId(of.customer);
    if (customer === null) return null;
    const cards = this.#db.prepare<[number], number>('select count(*) from card where customer = ?').pluck();
    const sums = this.#db
      .prepare<[number, number, number], PurchaseSums>(
        `select min(day) as first, max(day) as last,
           count(distinct case when day >= ? then basket end) as visits, count(case when day >= ? then 1 end) as lines
         from purchase where customer = ?`,
      )
      .get(of.firstDay, of.firstDay, of.customer);
    return {
      language: customer.language,
      status: customer.status,
      cards: cards.get(of.customer) ?? 0,
      optedOutAt: customer.optedOutAt,
      firstDay: dayOrNull(sums?.first),
      lastDay: dayOrNull(sums?.last),
      visits: sums?.visits ?? 0,
      lines: sums?.lines ?? 0,
    };
  }
}

/** In the caller's transaction; what the ledger knows of the customer must be forgotten before (ledger-purge.ts). */
export function forgetRows(db: Db, customer: CustomerId): void {
  db.prepare(
    'insert into forgotten_customer (code_hash) select code_hash from customer where id = ? on conflict do nothing',
  ).run(customer);
  for (const table of ['purchase', 'basket', 'card'])
    db.prepare(`delete from ${table} where customer = ?`).run(customer);
  db.prepare('delete from customer where id = ?').run(customer);
}

function customerOf(columns: CustomerColumns | undefined): Customer | null {
  if (columns === undefined) return null;
  return {
    id: customerId(columns.id),
    language: columns.language === null ? null : parseLanguage(columns.language),
    status: columns.status,
    optedOutAt: columns.opted_out_at === null ? null : instant(columns.opted_out_at),
  };
}

function dayOrNull(day: number | null | undefined): LocalDay | null {
  return day === null || day === undefined ? null : localDay(day);
}
