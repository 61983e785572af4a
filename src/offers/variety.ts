// What was printed lately: strips of one customer should not be the same strip again and again.
import type { LocalDay } from '../domain/calendar.ts';
import type { ProductId } from '../domain/ids.ts';

export type RecentOffer = { readonly product: ProductId; readonly day: LocalDay };

/** After four weeks a product is fresh again. */
export const FRESH_AFTER_DAYS = 28;
/** Successive strips may share this much, unless nothing else is worth printing. */
export const MOST_OVERLAP = 1 / 3;

export type LatelyPrinted = {
  /** On the customer's latest strip. */
  readonly onLastStrip: ReadonlySet<ProductId>;
  /** On any strip within FRESH_AFTER_DAYS. */
  readonly withinCoolDown: ReadonlySet<ProductId>;
};

/** @param recent products on this customer's earlier strips, in any order; days after today are ignored */
export function latelyPrinted(recent: readonly RecentOffer[], today: LocalDay): LatelyPrinted {
  const fresh = recent.filter(({ day }) => day <= today && today - day < FRESH_AFTER_DAYS);
  const lastDay = fresh.reduce((latest, { day }) => Math.max(latest, day), -Infinity);
  return {
    onLastStrip: new Set(fresh.filter(({ day }) => day === lastDay).map(({ product }) => product)),
    withinCoolDown: new Set(fresh.map(({ product }) => product)),
  };
}

/** How many of a strip's places may repeat the last strip. */
export function mostRepeats(places: number): number {
  return Math.floor(places * MOST_OVERLAP);
}
