// A customer as the till knows one: no name, no card number, only what serving needs.
import type { Instant } from './calendar.ts';
import type { CustomerId } from './ids.ts';
import type { Language } from './language.ts';

export type Customer = {
  readonly id: CustomerId;
  /** null: the shop's own language. */
  readonly language: Language | null;
  readonly status: 'active' | 'blocked';
  /** When this customer asked for no coupons; null while coupons are welcome. */
  readonly optedOutAt: Instant | null;
};
