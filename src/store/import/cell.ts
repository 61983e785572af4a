// One cell of a line as what it stands for: a value, or why it cannot be taken.

/** Why a line was not taken. */
export type Refusal = { readonly column: string; readonly reason: string; readonly value: string };
export type Line<Row> = { readonly row: Row } | { readonly refusal: Refusal };
export type Cell<Value> = { readonly value: Value } | { readonly reason: string };

const LONGEST_CODE = 100;
const LONGEST_NAME = 500;
const DECIMAL = /^-?\d{1,12}(?:\.\d{1,12})?$/;
/** PurchaseTable counts thousandths in 32 bits. */
const LARGEST_QUANTITY_MILLI = 2_147_483_647;
const LARGEST_CENTS = 100_000_000_00;

export function codeCell(text: string): Cell<string> {
  if (text === '') return { reason: 'is empty' };
  return text.length > LONGEST_CODE ? { reason: `is longer than ${LONGEST_CODE} characters` } : { value: text };
}

export function nameCell(text: string): Cell<string | null> {
  if (text.length > LONGEST_NAME) return { reason: `is longer than ${LONGEST_NAME} characters` };
  return { value: text === '' ? null : text };
}

/** Money in decimals with a point, in cents; nothing is null. */
export function moneyCell(text: string): Cell<number | null> {
  if (text === '') return { value: null };
  if (!DECIMAL.test(text)) return { reason: 'is not money in decimals with a point' };
  const cents = scaled(text, 2);
  return Math.abs(cents) > LARGEST_CENTS ? { reason: 'is too much' } : { value: cents };
}

/** A number above zero, in thousandths; nothing is one piece. */
export function quantityCell(text: string): Cell<number> {
  if (text === '') return { value: 1000 };
  if (!DECIMAL.test(text)) return { reason: 'is not a number with a point' };
  if (Number(text) <= 0) return { reason: 'is not above zero' };
  const milli = Math.max(1, scaled(text, 3));
  return milli > LARGEST_QUANTITY_MILLI ? { reason: 'is too much' } : { value: milli };
}

/** Decimals as a whole number of hundredths or thousandths, halves away from zero: by digits, because 1.005 * 100 is not 100.5. */
function scaled(text: string, decimals: number): number {
  const isNegative = text.startsWith('-');
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const digits = fraction.padEnd(decimals + 1, '0');
  const roundUp = Number(digits[decimals]) >= 5 ? 1 : 0;
  const size = Number(whole) * 10 ** decimals + Number(digits.slice(0, decimals)) + roundUp;
  return isNegative && size !== 0 ? -size : size;
}
