// From the shop's own codes to rows of the store, making what is not there yet; remembers what it was asked lately.
import type { Statement } from 'better-sqlite3';
import type { CodeHasher } from './code-hash.ts';
import type { Db } from './database.ts';

/** The forgotten stay forgotten: their code leads nowhere. */
export type CustomerRowId = number | 'forgotten';

/** Enough for a large shop; beyond it remembering starts afresh. */
const REMEMBERED_CODES = 400_000;

/** Lives for one source (one file, one basket): what it remembers is true only while nobody forgets a customer. */
export class KnownCodes {
  readonly #hasher: CodeHasher;
  readonly #customers = new Map<string, CustomerRowId>();
  readonly #products = new Map<string, number>();
  readonly #findCustomer: Statement<[Buffer], number>;
  readonly #isForgotten: Statement<[Buffer], number>;
  readonly #makeCustomer: Statement<[Buffer]>;
  readonly #findProduct: Statement<[string], number>;
  readonly #makeProduct: Statement<[string, string]>;

  constructor(db: Db, hasher: CodeHasher) {
    this.#hasher = hasher;
    this.#findCustomer = db.prepare<[Buffer], number>('select id from customer where code_hash = ?').pluck();
    this.#isForgotten = db.prepare<[Buffer], number>('select 1 from forgotten_customer where code_hash = ?').pluck();
    this.#makeCustomer = db.prepare('insert into customer (code_hash) values (?)');
    this.#findProduct = db.prepare<[string], number>('select id from product where code = ?').pluck();
    this.#makeProduct = db.prepare('insert into product (code, name) values (?, ?)');
  }

  /** Inside the caller's transaction; after one that failed, forget(). */
  customer(code: string): CustomerRowId {
    const remembered = this.#customers.get(code);
    if (remembered !== undefined) return remembered;
    const hash = this.#hasher.customer(code);
    let row: CustomerRowId | undefined = this.#findCustomer.get(hash);
    if (row === undefined) {
      const isForgotten = this.#isForgotten.get(hash) !== undefined;
      row = isForgotten ? 'forgotten' : Number(this.#makeCustomer.run(hash).lastInsertRowid);
    }
    if (this.#customers.size >= REMEMBERED_CODES) this.#customers.clear();
    this.#customers.set(code, row);
    return row;
  }

  /** Whether customer() would find this customer rather than make one. */
  isStored(code: string): boolean {
    return this.#customers.has(code) || this.#findCustomer.get(this.#hasher.customer(code)) !== undefined;
  }

  product(code: string): number {
    const remembered = this.#products.get(code);
    if (remembered !== undefined) return remembered;
    const row = this.#findProduct.get(code) ?? Number(this.#makeProduct.run(code, code).lastInsertRowid);
    if (this.#products.size >= REMEMBERED_CODES) this.#products.clear();
    this.#products.set(code, row);
    return row;
  }

  /** What a rolled-back transaction made is not there any more. */
  forget(): void {
    this.#customers.clear();
    this.#products.clear();
  }
}
