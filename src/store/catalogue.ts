// The products in memory, one by one as they are asked for, and forgotten as soon as another process has written to the store.
import type { ProductId } from '../domain/ids.ts';
import type { Product } from '../domain/product.ts';
import type { Db } from './database.ts';
import type { Products } from './products.ts';

export class Catalogue {
  readonly #db: Db;
  readonly #products: Products;
  readonly #known = new Map<ProductId, Product>();
  #dataVersion: unknown = null;

  constructor({ db, products }: { db: Db; products: Products }) {
    this.#db = db;
    this.#products = products;
  }

  /** To be called before a decision: an import may have renamed or reclassified what is remembered here. */
  refresh(): void {
    const version = this.#db.pragma('data_version', { simple: true });
    if (version !== this.#dataVersion) this.#known.clear();
    this.#dataVersion = version;
  }

  byId(id: ProductId): Product | null {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const product = this.#products.byId(id);
    if (product !== null) this.#known.set(id, product);
    return product;
  }
}
