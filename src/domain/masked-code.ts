// A card number or customer code as it may be shown: enough to find it again, too little to name the customer.

/** Fewer characters than these are masked whole. */
const SHORTEST_SHOWN = 8;

/** "..4417" */
export function maskedCode(code: string): string {
  return code.length < SHORTEST_SHOWN ? '..' : `..${code.slice(-4)}`;
}
