// The products asked for lately, in memory, and forgotten as soon as another process has written to the store.
import type { Statement } from 'better-sqlite3';
import type { ProductId } from '../domain/ids.ts';
import type { Product } from '../domain/product.ts';
import type { Db } from './database.ts';
import type { Products } from './products.ts';

/** What a till prints again and again; all 20,000 of a big shop would be 4 MB. */
const MOST_KNOWN = 4000;

export class Catalogue {
  readonly #products: Products;
  readonly #version: Statement<[], unknown>;
  readonly #known = new Map<ProductId, Product>();
  #dataVersion: unknown = null;

  constructor({ db, products }: { db: Db; products: Products }) {
    this.#products = products;
    this.#version = db.prepare<[], unknown>('pragma data_version').pluck();
  }

  /**
   * To be called before a decision: an import may have renamed or reclassified what is remembered here.
   * @returns whether that may be so
   */
  refresh(): boolean {
    const version = this.#version.get();
    const isStale = version !== this.#dataVersion;
    if (isStale) this.#known.clear();
    this.#dataVersion = version;
    return isStale;
  }

  byId(id: ProductId): Product | null {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const product = this.#products.byId(id);
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    if (product !== null) this.#known.set(id, product);
    return product;
  }
}
