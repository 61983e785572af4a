// Digits that a printer takes for an order. In set C of Code 128 each pair of digits is one byte, and 16 04, 16 05 and 16 20 are
// DLE EOT, DLE ENQ and DLE DC4, which Epson's printers obey the moment they arrive, even inside a code.

const ORDERS = new Set(['04', '05', '20']);

/** @param digits in pairs from the first one on; an odd last one is no byte */
export function spellsCommand(digits: string): boolean {
  const pairs = digits.match(/\d\d/g) ?? [];
  return pairs.some((pair, i) => pair === '16' && ORDERS.has(pairs[i + 1] ?? ''));
}
