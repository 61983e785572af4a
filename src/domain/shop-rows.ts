// The shop's own records as they come in, from a CSV file, a till or the sample shop: checked, but not stored yet.
import type { Instant } from './calendar.ts';
import type { Language } from './language.ts';
import type { Cents } from './money.ts';
import type { ProductFlag } from './product.ts';

export type ProductRow = {
  readonly code: string;
  readonly name: string;
  readonly category: string | null;
  readonly department: string | null;
  readonly priceCents: Cents | null;
  readonly flags: readonly ProductFlag[];
};

/** Several rows may give one customer several cards. */
export type CustomerRow = {
  readonly customerCode: string;
  readonly card: string | null;
  readonly language: Language | null;
  readonly status: 'active' | 'blocked';
  readonly optedOut: boolean;
};

export type PurchaseRow = {
  readonly customerCode: string;
  readonly basketCode: string;
  readonly at: Instant;
  readonly productCode: string;
  readonly quantityMilli: number;
  /** Paid for the whole line; null where it is not known. */
  readonly priceCents: Cents | null;
};
