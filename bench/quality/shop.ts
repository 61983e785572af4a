// Purchases as arrays: customers own ranges of baskets, baskets own ranges of products.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

/** A customer's baskets stand in order of day, then of the basket's own code. */
export type Shop = {
  readonly customers: readonly string[];
  readonly products: readonly string[];
  /** Customer c owns baskets firstBasket[c] up to, not including, firstBasket[c + 1]. */
  readonly firstBasket: Int32Array;
  /** Days since 1970-01-01, per basket. */
  readonly day: Int32Array;
  readonly basketCodes: readonly string[];
  /** Basket b owns places firstLine[b] up to, not including, firstLine[b + 1] of `product`. */
  readonly firstLine: Int32Array;
  /** Distinct within a basket, ascending. */
  readonly product: Int32Array;
};

const MS_PER_DAY = 86_400_000;

export type PurchaseLine = {
  readonly customer: string;
  readonly basket: string;
  readonly day: number;
  readonly product: string;
};

/** The lines of a purchases CSV (gzip by ending); these files quote nothing, and a quote is refused. */
export async function* readPurchaseLines(file: string): AsyncGenerator<PurchaseLine & { readonly text: string }> {
  const bytes = createReadStream(file);
  const input = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  let place: { customer: number; basket: number; time: number; product: number } | null = null;
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    if (text.includes('"')) throw new Error(`${file}: quoted fields are not read here: ${text.slice(0, 80)}`);
    const fields = text.split(',');
    if (place === null) {
      place = {
        customer: fields.indexOf('customer'),
        basket: fields.indexOf('basket'),
        time: fields.indexOf('time'),
        product: fields.indexOf('product'),
      };
      if (Math.min(...Object.values(place)) < 0) throw new Error(`${file}: a column is missing in the header: ${text}`);
      continue;
    }
    const { [place.customer]: customer, [place.basket]: basket, [place.time]: time, [place.product]: product } = fields;
    if (customer === undefined || basket === undefined || time === undefined || product === undefined) {
      throw new Error(`${file}: a line is too short: ${text}`);
    }
    yield { customer, basket, day: dayOf(time), product, text };
  }
}

/** Days since 1970-01-01 of an ISO date; what follows the date is not looked at. */
export function dayOf(time: string): number {
  const day = Date.parse(`${time.slice(0, 10)}T00:00:00Z`) / MS_PER_DAY;
  if (!Number.isInteger(day)) throw new Error(`"${time}" is not a date`);
  return day;
}

export function dateOf(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

type OpenBasket = { readonly code: string; readonly day: number; readonly products: Set<number> };

export async function readShop(lines: AsyncIterable<PurchaseLine> | Iterable<PurchaseLine>): Promise<Shop> {
  const histories = new Map<string, Map<string, OpenBasket>>();
  const productIds = new Map<string, number>();
  for await (const line of lines) {
    const baskets = getOrAdd(histories, line.customer, () => new Map<string, OpenBasket>());
    const basket = getOrAdd(baskets, line.basket, () => ({
      code: line.basket,
      day: line.day,
      products: new Set<number>(),
    }));
    basket.products.add(getOrAdd(productIds, line.product, () => productIds.size));
  }
  return layOut(histories, [...productIds.keys()]);
}

function layOut(histories: ReadonlyMap<string, ReadonlyMap<string, OpenBasket>>, products: readonly string[]): Shop {
  const firstBasket = [0];
  const firstLine = [0];
  const day: number[] = [];
  const basketCodes: string[] = [];
  const product: number[] = [];
  for (const baskets of histories.values()) {
    for (const basket of [...baskets.values()].sort((a, b) => a.day - b.day || compareCodes(a.code, b.code))) {
      day.push(basket.day);
      basketCodes.push(basket.code);
      for (const id of [...basket.products].sort((a, b) => a - b)) product.push(id);
      firstLine.push(product.length);
    }
    firstBasket.push(day.length);
  }
  return {
    customers: [...histories.keys()],
    products,
    firstBasket: Int32Array.from(firstBasket),
    day: Int32Array.from(day),
    basketCodes,
    firstLine: Int32Array.from(firstLine),
    product: Int32Array.from(product),
  };
}

/** Shorter numbers first, so that "9" stands before "10". */
function compareCodes(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
