// How regularly a customer buys a product, in four levels: whoever bought on several days weighs more.

export const LEVELS = 4;
/** By level: bought on 1, 2, 3–4, 5 or more days. Flatter and steeper tested, little between them. */
export const LEVEL_WEIGHTS: readonly number[] = [1, 1.4, 1.75, 2];
/** The heaviest posting; two of them times the products of a query stay within an Int32. */
export const MAX_WEIGHT = 255;

export function levelOfDays(days: number): number {
  if (days >= 5) return 3;
  return days >= 3 ? 2 : days - 1;
}
