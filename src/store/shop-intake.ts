// The one door by which the shop's records get in, from a file or from the sample shop; each call is one transaction.
import type { Statement } from 'better-sqlite3';
import type { Instant, ShopCalendar } from '../domain/calendar.ts';
import type { CustomerRow, ProductRow, PurchaseRow } from '../domain/shop-rows.ts';
import type { CodeHasher } from './code-hash.ts';
import type { Db } from './database.ts';
import { KnownCodes } from './known-codes.ts';
import { LineWriter } from './line-writer.ts';
import { OrdinalCounter } from './ordinal-counter.ts';
import { flagsText } from './product-columns.ts';

export type Taken = {
  /** Rows that changed something. */
  readonly taken: number;
  /** Rows that said nothing new. */
  readonly alreadyKnown: number;
  /** Rows of customers who asked to be forgotten: left out. */
  readonly forgotten: number;
  /** Cards that were another customer's before. */
  readonly cardsMoved: number;
};

type CustomerValues = { language: string | null; status: string; optedOutAt: number | null; customer: number };
type Tally = { -readonly [Count in keyof Taken]: Taken[Count] };

/**
 * One intake reads one source once: equal purchase lines are numbered over all its calls, so that giving the same source to a
 * fresh intake again changes nothing. A till's sale goes through Purchases.recordSale. An intake that threw is done with.
 */
export class ShopIntake {
  readonly #db: Db;
  readonly #hasher: CodeHasher;
  readonly #codes: KnownCodes;
  readonly #lines: LineWriter;
  readonly #putProduct: Statement<[string, string, string | null, string | null, number | null, string]>;
  readonly #putCustomer: Statement<[CustomerValues]>;
  readonly #cardOwner: Statement<[Buffer], number>;
  readonly #putCard: Statement<[Buffer, number]>;
  #dataVersion: unknown = null;

  /** @param from.expectedLines how many purchase lines will come, where that is known: saves memory */
  constructor(db: Db, from: { hasher: CodeHasher; calendar: ShopCalendar; expectedLines?: number }) {
    this.#db = db;
    this.#hasher = from.hasher;
    this.#codes = new KnownCodes(db, from.hasher);
    const ordinals = new OrdinalCounter(from.expectedLines ?? 0);
    this.#lines = new LineWriter(db, { calendar: from.calendar, codes: this.#codes, ordinals });
    this.#putProduct = db.prepare(
      `insert into product (code, name, category, department, price_cents, flags) values (?, ?, ?, ?, ?, ?)
       on conflict (code) do update set name = excluded.name, category = excluded.category,
         department = excluded.department, price_cents = excluded.price_cents, flags = excluded.flags
       where (name, category, department, price_cents, flags) is not
         (excluded.name, excluded.category, excluded.department, excluded.price_cents, excluded.flags)`,
    );
    // An import may ask for no coupons in a customer's name; it never takes back what the customer asked for.
    this.#putCustomer = db.prepare(
      `update customer set language = @language, status = @status, opted_out_at = coalesce(opted_out_at, @optedOutAt)
       where id = @customer
         and (language, status, opted_out_at) is not (@language, @status, coalesce(opted_out_at, @optedOutAt))`,
    );
    this.#cardOwner = db.prepare<[Buffer], number>('select customer from card where number_hash = ?').pluck();
    this.#putCard = db.prepare(
      `insert into card (number_hash, customer) values (?, ?)
       on conflict (number_hash) do update set customer = excluded.customer`,
    );
  }

  takeProducts(rows: readonly ProductRow[]): Taken {
    return this.#inOneTransaction((tally) => {
      for (const row of rows) {
        const { changes } = this.#putProduct.run(
          row.code,
          row.name,
          row.category,
          row.department,
          row.priceCents,
          flagsText(row.flags),
        );
        count(tally, changes > 0);
      }
    });
  }

  /** @param at when an opt-out named here counts as asked for */
  takeCustomers(rows: readonly CustomerRow[], at: Instant): Taken {
    return this.#inOneTransaction((tally) => {
      for (const row of rows) {
        const isNew = !this.#codes.isStored(row.customerCode);
        const customer = this.#codes.customer(row.customerCode);
        if (customer === 'forgotten') {
          tally.forgotten++;
          continue;
        }
        const optedOutAt = row.optedOut ? at : null;
        const isChanged =
          this.#putCustomer.run({ language: row.language, status: row.status, optedOutAt, customer }).changes > 0;
        const isNewCard = row.card !== null && this.#giveCard({ card: row.card, customer, tally });
        count(tally, isNew || isChanged || isNewCard);
      }
    });
  }

  takePurchases(rows: readonly PurchaseRow[]): Taken {
    return this.#inOneTransaction((tally) => {
      this.#lines.begin();
      for (const row of rows) {
        const outcome = this.#lines.write(row);
        if (outcome === 'forgotten') tally.forgotten++;
        else count(tally, outcome === 'taken');
      }
    });
  }

  /** A card has one customer: the latest row wins it. True where that changed something. */
  #giveCard({ card, customer, tally }: { card: string; customer: number; tally: Tally }): boolean {
    const hash = this.#hasher.card(card);
    const owner = this.#cardOwner.get(hash);
    if (owner === customer) return false;
    if (owner !== undefined) tally.cardsMoved++;
    this.#putCard.run(hash, customer);
    return true;
  }

  #inOneTransaction(take: (tally: Tally) => void): Taken {
    const tally: Tally = { taken: 0, alreadyKnown: 0, forgotten: 0, cardsMoved: 0 };
    this.#db
      .transaction(() => {
        this.#dropWhatOthersChanged();
        take(tally);
      })
      .immediate();
    return tally;
  }

  /** Between two of our transactions another process may have forgotten a customer; `data_version` tells whether any wrote. */
  #dropWhatOthersChanged(): void {
    const version = this.#db.pragma('data_version', { simple: true });
    if (version !== this.#dataVersion) this.#codes.forget();
    this.#dataVersion = version;
  }
}

function count(tally: Tally, isTaken: boolean): void {
  if (isTaken) tally.taken++;
  else tally.alreadyKnown++;
}
