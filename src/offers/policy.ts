// Which products may be on a coupon at all: law and manners first, then what the shop itself has mapped.
import type { Veto } from '../domain/offer.ts';
import { FORBIDDEN_CLASSES, SENSITIVE_CLASSES, type HardClass, type Product } from '../domain/product.ts';

export type PolicyClass = 'ok' | HardClass;

/** The shop's own word on its categories and departments; made by `policyFrom`. */
export type Policy = { readonly classOf: ReadonlyMap<string, PolicyClass> };

export type Unmapped = {
  readonly products: number;
  /** Categories without a word on them, those with the most products first; null where the product has none. */
  readonly categories: readonly { readonly category: string | null; readonly products: number }[];
};

/** What stands for any category and department. */
const ANY = '*';
/** From the gravest on: a product of two classes is refused for the graver one. */
const HARD_CLASSES: readonly HardClass[] = [...FORBIDDEN_CLASSES, ...SENSITIVE_CLASSES];

/** @param categories `policy.categories` of the configuration: category or department -> "ok" or a class; "*" is any */
export function policyFrom(categories: Readonly<Record<string, PolicyClass>>): Policy {
  const classOf = new Map<string, PolicyClass>();
  for (const [name, given] of Object.entries(categories)) {
    // Two spellings of one name: the hard class stays.
    const key = mapKey(name);
    if (given !== 'ok' || !classOf.has(key)) classOf.set(key, given);
  }
  return { classOf };
}

/**
 * `ok` only if the product's flags or the policy say so, and neither flags, category, department nor "*" names a hard class.
 * No setting unlocks a hard class; whatever nobody has spoken about is `unmapped` and is not printed.
 */
export function classify(product: Product, policy: Policy): PolicyClass | 'unmapped' {
  const said: (PolicyClass | undefined)[] = [
    ...product.flags,
    ...[product.category, product.department, ANY].map((name) =>
      name === null ? undefined : policy.classOf.get(mapKey(name)),
    ),
  ];
  return HARD_CLASSES.find((hard) => said.includes(hard)) ?? (said.includes('ok') ? 'ok' : 'unmapped');
}

/** The reason a product may not be printed, or null where it may. */
export function policyVeto(product: Product, policy: Policy): Veto | null {
  const found = classify(product, policy);
  switch (found) {
    case 'ok':
      return null;
    case 'unmapped':
      return 'unmapped-category';
    case 'infant-formula':
    case 'tobacco':
    case 'nicotine':
      return 'forbidden-class';
    case 'alcohol':
    case 'medicine':
    case 'gambling':
    case 'health':
    case 'discreet':
      return 'sensitive-class';
  }
}

/** What `doctor` tells: "412 products in 9 unmapped categories are not printed". */
export function countUnmapped(products: Iterable<Product>, policy: Policy): Unmapped {
  const counts = new Map<string | null, number>();
  let total = 0;
  for (const product of products) {
    if (classify(product, policy) !== 'unmapped') continue;
    counts.set(product.category, (counts.get(product.category) ?? 0) + 1);
    total++;
  }
  const categories = [...counts].map(([category, count]) => ({ category, products: count }));
  categories.sort((a, b) => b.products - a.products || (a.category ?? '').localeCompare(b.category ?? '', 'fi'));
  return { products: total, categories };
}

/** How many are printed only because "*" is ok, though neither category, department nor flag tells what they are: tobacco, say. */
export function countUntold(products: Iterable<Product>, policy: Policy): number {
  let count = 0;
  for (const product of products) {
    const isTold = product.category !== null || product.department !== null || product.flags.length > 0;
    if (!isTold && classify(product, policy) === 'ok') count++;
  }
  return count;
}

function mapKey(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}
