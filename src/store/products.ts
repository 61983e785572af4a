// The shop's products as they were last imported, or first met in a purchase.
import type { Statement } from 'better-sqlite3';
import type { ProductId } from '../domain/ids.ts';
import type { Product } from '../domain/product.ts';
import type { Db } from './database.ts';
import { PRODUCT_COLUMNS, productOf, type ProductColumns } from './product-columns.ts';

export class Products {
  readonly #all: Statement<[], ProductColumns>;
  readonly #byId: Statement<[ProductId], ProductColumns>;
  readonly #byCode: Statement<[string], ProductColumns>;
  readonly #count: Statement<[], number>;

  constructor(db: Db) {
    this.#all = db.prepare(`select ${PRODUCT_COLUMNS} from product order by id`);
    this.#byId = db.prepare(`select ${PRODUCT_COLUMNS} from product where id = ?`);
    this.#byCode = db.prepare(`select ${PRODUCT_COLUMNS} from product where code = ?`);
    this.#count = db.prepare<[], number>('select count(*) from product').pluck();
  }

  /** In the order of their numbers. */
  all(): readonly Product[] {
    return this.#all.all().map(productOf);
  }

  byId(id: ProductId): Product | null {
    const columns = this.#byId.get(id);
    return columns === undefined ? null : productOf(columns);
  }

  byCode(code: string): Product | null {
    const columns = this.#byCode.get(code);
    return columns === undefined ? null : productOf(columns);
  }

  count(): number {
    return this.#count.get() ?? 0;
  }
}
