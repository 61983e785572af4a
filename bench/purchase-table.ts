// Published purchases as the recommender's table, for fitting and timing without a store.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ProductId } from '../src/domain/ids.ts';
import type { PurchaseTable } from '../src/domain/purchases.ts';
import { readPurchaseLines } from './quality/shop.ts';

export type ShopTable = {
  readonly purchases: PurchaseTable;
  readonly categoryOf: (product: ProductId) => string | null;
};

/** FOLDER/purchases.csv.gz, and FOLDER/products.csv.gz where there is one. */
export async function readTable(folder: string): Promise<ShopTable> {
  const customers = new Map<string, number>();
  const products = new Map<string, number>();
  const baskets = new Map<string, number>();
  const lines: { customer: number; day: number; basket: number; product: number }[] = [];
  const idOf = (ids: Map<string, number>, code: string): number => {
    const id = ids.get(code) ?? ids.size + 1;
    ids.set(code, id);
    return id;
  };
  for await (const line of readPurchaseLines(join(folder, 'purchases.csv.gz'))) {
    lines.push({
      customer: idOf(customers, line.customer),
      day: line.day,
      basket: idOf(baskets, `${line.customer} ${line.basket}`),
      product: idOf(products, line.product),
    });
  }
  lines.sort((a, b) => a.customer - b.customer || a.day - b.day || a.basket - b.basket || a.product - b.product);
  const purchases = {
    count: lines.length,
    customer: Int32Array.from(lines, ({ customer }) => customer),
    day: Int32Array.from(lines, ({ day }) => day),
    basket: Int32Array.from(lines, ({ basket }) => basket),
    product: Int32Array.from(lines, ({ product }) => product),
    quantityMilli: new Int32Array(lines.length).fill(1000),
  };
  const categories = readCategories(join(folder, 'products.csv.gz'), products);
  return { purchases, categoryOf: (product) => categories.get(product) ?? null };
}

export function upTo(shop: ShopTable, lastDay: number): ShopTable {
  return kept(shop, (line) => shop.purchases.day[line] <= lastDay);
}

export function since(shop: ShopTable, firstDay: number): ShopTable {
  return kept(shop, (line) => shop.purchases.day[line] >= firstDay);
}

export function ofCustomers(shop: ShopTable, customers: ReadonlySet<number>): ShopTable {
  return kept(shop, (line) => customers.has(shop.purchases.customer[line]));
}

/** Ascending. */
export function customersOf({ customer }: PurchaseTable): number[] {
  return [...new Set(customer)].sort((a, b) => a - b);
}

function kept(shop: ShopTable, isKept: (line: number) => boolean): ShopTable {
  const { purchases } = shop;
  const lines = Array.from({ length: purchases.count }, (_, line) => line).filter(isKept);
  const pick = (column: Int32Array) => Int32Array.from(lines, (line) => column[line]);
  return {
    ...shop,
    purchases: {
      count: lines.length,
      customer: pick(purchases.customer),
      day: pick(purchases.day),
      basket: pick(purchases.basket),
      product: pick(purchases.product),
      quantityMilli: pick(purchases.quantityMilli),
    },
  };
}

function readCategories(file: string, products: ReadonlyMap<string, number>): Map<number, string> {
  if (!existsSync(file)) return new Map();
  const [header = '', ...rows] = gunzipSync(readFileSync(file)).toString('utf8').trim().split(/\r?\n/);
  const columns = header.split(',');
  const [product, category] = [columns.indexOf('product'), columns.indexOf('category')];
  return new Map(
    rows.flatMap((row) => {
      const cells = row.split(',');
      const id = products.get(cells[product]);
      return id === undefined || cells[category] === '' ? [] : [[id, cells[category]]];
    }),
  );
}
