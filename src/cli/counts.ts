// How many, as a terminal says it: 96 412, and one coupon but six coupons.

/** 96 412: a plain space parts the thousands, as on the till page. */
export function thousands(count: number): string {
  return count.toLocaleString('fi-FI').replaceAll('\u00a0', ' ');
}

/** "1 coupon", "6 coupons". */
export function counted(count: number, noun: string): string {
  return `${thousands(count)} ${noun}${count === 1 ? '' : 's'}`;
}
