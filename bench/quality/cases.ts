// The protocol: who is asked for, what the recommender may know, and what was bought afterwards.
import type { Shop } from './shop.ts';

/** Offered as habitual: bought in the 56 days before the visit. */
const WINDOW_DAYS = 56;
const LABEL_DAYS = 28;
const MIN_BASKETS = 3;
const ELIGIBILITY_DAYS = 182;

/** Per customer, the baskets that exist for a recommender: from[c] up to, not including, to[c]. */
export type Known = { readonly from: Int32Array; readonly to: Int32Array };

/** One of the two lists: what may stand on it, and what of that was bought. */
export type Task = {
  /** Ascending; made on each call, for the new ones are nearly the whole shop. */
  readonly candidates: () => Int32Array;
  readonly boughtNext: ReadonlySet<number>;
  /** Bought in the 28 days from the visit on; null where the data's dates are not real. */
  readonly boughtIn28Days: ReadonlySet<number> | null;
};

export type Case = {
  readonly customer: number;
  /** Local day of the visit; nothing of that day is known. */
  readonly asOf: number;
  readonly known: Known;
  readonly habitual: Task;
  readonly new: Task;
};

/** All cases that share one state of knowledge. */
export type Split = { readonly name: string; readonly known: Known; readonly cases: readonly Case[] };

export function splitAtCut(
  shop: Shop,
  cut: { readonly name: string; readonly day: number; readonly memoryDays: number },
): Split {
  const count = shop.customers.length;
  const known = { from: new Int32Array(count), to: new Int32Array(count) };
  for (let customer = 0; customer < count; customer++) {
    known.from[customer] = firstBasketFrom(shop, customer, cut.day - cut.memoryDays);
    known.to[customer] = firstBasketFrom(shop, customer, cut.day);
  }
  const sold = productsSold(shop, known);
  const isSold = new Set(sold);
  const cases: Case[] = [];
  for (let customer = 0; customer < count; customer++) {
    const visit = known.to[customer] ?? 0;
    const asOf = shop.day[visit] ?? 0;
    const hasVisit = visit < (shop.firstBasket[customer + 1] ?? 0) && asOf < cut.day + LABEL_DAYS;
    // Who counts as a customer does not depend on what is remembered, so that tables of different memories show the same cases.
    const hasEnough = visit - firstBasketFrom(shop, customer, cut.day - ELIGIBILITY_DAYS) >= MIN_BASKETS;
    if (hasVisit && hasEnough && (shop.day[visit - 1] ?? 0) >= asOf - WINDOW_DAYS) {
      cases.push(makeCase({ shop, known, sold, isSold, customer, visit, hasRealDates: true }));
    }
  }
  return { name: cut.name, known, cases };
}

/** Holds out every customer's last basket; for data whose dates are made up, so that no window is laid over them. */
export function splitAtLastBasket(shop: Shop): Split {
  const known = { from: shop.firstBasket.slice(0, -1), to: shop.firstBasket.slice(1).map((end) => end - 1) };
  const sold = productsSold(shop, known);
  const isSold = new Set(sold);
  const cases: Case[] = [];
  for (let customer = 0; customer < shop.customers.length; customer++) {
    const visit = known.to[customer] ?? 0;
    if (visit > (known.from[customer] ?? 0)) {
      cases.push(makeCase({ shop, known, sold, isSold, customer, visit, hasRealDates: false }));
    }
  }
  return { name: 'last basket', known, cases };
}

function firstBasketFrom(shop: Shop, customer: number, day: number): number {
  let basket = shop.firstBasket[customer] ?? 0;
  const end = shop.firstBasket[customer + 1] ?? 0;
  while (basket < end && (shop.day[basket] ?? 0) < day) basket++;
  return basket;
}

function makeCase(input: {
  readonly shop: Shop;
  readonly known: Known;
  readonly sold: Int32Array;
  readonly isSold: ReadonlySet<number>;
  readonly customer: number;
  readonly visit: number;
  readonly hasRealDates: boolean;
}): Case {
  const { shop, known, customer, visit } = input;
  const asOf = shop.day[visit] ?? 0;
  const remembered = new Set<number>();
  const habitual = new Set<number>();
  for (let basket = known.from[customer] ?? 0; basket < visit; basket++) {
    for (const product of productsOf(shop, basket)) {
      remembered.add(product);
      if (!input.hasRealDates || (shop.day[basket] ?? 0) >= asOf - WINDOW_DAYS) habitual.add(product);
    }
  }
  const next = new Set(productsOf(shop, visit));
  const later = new Set<number>();
  const end = shop.firstBasket[customer + 1] ?? 0;
  for (let basket = visit; basket < end && (shop.day[basket] ?? 0) < asOf + LABEL_DAYS; basket++) {
    for (const product of productsOf(shop, basket)) later.add(product);
  }
  const makeTask = (candidates: () => Int32Array, isCandidate: (product: number) => boolean): Task => ({
    candidates,
    boughtNext: new Set([...next].filter(isCandidate)),
    boughtIn28Days: input.hasRealDates ? new Set([...later].filter(isCandidate)) : null,
  });
  const isNew = (product: number): boolean => input.isSold.has(product) && !remembered.has(product);
  const habitualCandidates = Int32Array.from(habitual).sort();
  return {
    customer,
    asOf,
    known,
    habitual: makeTask(
      () => habitualCandidates,
      (product) => habitual.has(product),
    ),
    new: makeTask(() => input.sold.filter((product) => !remembered.has(product)), isNew),
  };
}

export function productsOf(shop: Shop, basket: number): Int32Array {
  return shop.product.subarray(shop.firstLine[basket], shop.firstLine[basket + 1]);
}

/** Ascending. */
function productsSold(shop: Shop, known: Known): Int32Array {
  const isSold = new Uint8Array(shop.products.length);
  for (let customer = 0; customer < shop.customers.length; customer++) {
    for (let basket = known.from[customer] ?? 0; basket < (known.to[customer] ?? 0); basket++) {
      for (const product of productsOf(shop, basket)) isSold[product] = 1;
    }
  }
  return Int32Array.from(isSold.keys()).filter((product) => isSold[product] === 1);
}
