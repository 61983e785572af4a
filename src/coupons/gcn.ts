// Coupon numbers: company prefix + coupon reference + check digit make the GCN that stands for one set of terms.
import { gs1CheckDigit, parseGcn } from '../domain/ids.ts';
import type { Gcn } from '../domain/ids.ts';

/** Digits of a GCN without its check digit (GS1 General Specifications, 3.5: AI 255). */
const BODY_DIGITS = 12;

/** A GS1 company prefix leaves at least one digit for the reference. */
export function isCompanyPrefix(text: string): boolean {
  return /^\d{4,11}$/.test(text);
}

/** How many coupon references a prefix leaves: 7 digits leave 100 000. */
export function referenceCount(companyPrefix: string): number {
  if (!isCompanyPrefix(companyPrefix)) {
    throw new RangeError(`A GS1 company prefix has 4 to 11 digits; got "${companyPrefix}".`);
  }
  return 10 ** (BODY_DIGITS - companyPrefix.length);
}

/** @throws RangeError for a prefix that is none, or a reference it has no room for */
export function makeGcn({ companyPrefix, reference }: { companyPrefix: string; reference: number }): Gcn {
  const count = referenceCount(companyPrefix);
  if (!Number.isInteger(reference) || reference < 0 || reference >= count) {
    throw new RangeError(`Prefix ${companyPrefix} has coupon references 0 to ${count - 1}; got ${reference}.`);
  }
  const body = companyPrefix + String(reference).padStart(BODY_DIGITS - companyPrefix.length, '0');
  const gcn = parseGcn(body + gs1CheckDigit(body));
  if (gcn === null) throw new RangeError(`${body} cannot be made a GCN.`);
  return gcn;
}
