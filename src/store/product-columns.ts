// A product's columns as the domain's product, and its flags as one text.
import { PRODUCT_FLAGS, type Product, type ProductFlag } from '../domain/product.ts';
import { productId } from '../domain/ids.ts';
import { cents } from '../domain/money.ts';

export const PRODUCT_COLUMNS = 'id, code, name, category, department, price_cents, flags';

export type ProductColumns = {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly category: string | null;
  readonly department: string | null;
  readonly price_cents: number | null;
  readonly flags: string;
};

export function productOf(columns: ProductColumns): Product {
  return {
    id: productId(columns.id),
    code: columns.code,
    name: columns.name,
    category: columns.category,
    department: columns.department,
    priceCents: columns.price_cents === null ? null : cents(columns.price_cents),
    flags: flagsOf(columns.flags),
  };
}

/** In the order of the domain's list, so that the same flags are always the same text. */
export function flagsText(flags: readonly ProductFlag[]): string {
  return PRODUCT_FLAGS.filter((flag) => flags.includes(flag)).join('|');
}

function flagsOf(text: string): readonly ProductFlag[] {
  const words = text.split('|');
  return PRODUCT_FLAGS.filter((flag) => words.includes(flag));
}
