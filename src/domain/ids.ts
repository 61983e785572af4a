// The shop's identifiers, branded so that a serial can never be passed where a card number is meant.

declare const brand: unique symbol;
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** A customer's row in this till's store. Says nothing about the person outside it. */
export type CustomerId = Brand<number, 'CustomerId'>;
/** A product's row in this till's store. */
export type ProductId = Brand<number, 'ProductId'>;
/** One card held up: till number and running number, "01-000042". */
export type VisitId = Brand<string, 'VisitId'>;
/** Two digits; owns its share of the serials. */
export type TillId = Brand<string, 'TillId'>;
/** A loyalty card's number as scanned, without framing. Never stored: see store/code-hash.ts. */
export type CardNumber = Brand<string, 'CardNumber'>;
/** Global Coupon Number: 13 digits with check digit, GS1 AI (255) without its serial component. */
export type Gcn = Brand<string, 'Gcn'>;
/** A coupon's serial component: 12 digits = 2 till, 5 counter, 5 MAC. */
export type Serial = Brand<string, 'Serial'>;

export const customerId = (row: number): CustomerId => row as CustomerId;
export const productId = (row: number): ProductId => row as ProductId;
export const cardNumber = (text: string): CardNumber => text as CardNumber;

export function visitId(till: TillId, running: number): VisitId {
  return `${till}-${String(running).padStart(6, '0')}` as VisitId;
}

/** The visit id a text spells, or null. */
export function parseVisitId(text: string): VisitId | null {
  return /^\d{2}-\d{6,}$/.test(text) ? (text as VisitId) : null;
}

export function parseTillId(text: string): TillId | null {
  return /^\d{2}$/.test(text) ? (text as TillId) : null;
}

export function parseSerial(text: string): Serial | null {
  return /^\d{12}$/.test(text) ? (text as Serial) : null;
}

/** The GCN a text spells; null unless it is 13 digits with the right check digit. */
export function parseGcn(text: string): Gcn | null {
  return /^\d{13}$/.test(text) && gs1CheckDigit(text.slice(0, 12)) === text.slice(12) ? (text as Gcn) : null;
}

/** The GS1 check digit for any key without it: weights 3,1,3… from the right (GS1 General Specifications, 7.9). */
export function gs1CheckDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 3 : 1);
  }
  return String((10 - (sum % 10)) % 10);
}
