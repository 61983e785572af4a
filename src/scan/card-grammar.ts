// The one grammar that decides what a scan is: a loyalty card, the STOP or START card, a coupon, or nothing of ours.
import { cardNumber, gs1CheckDigit, type CardNumber } from '../domain/ids.ts';
import { stripIdentifier } from './aim-identifier.ts';

export type CardRule = {
  /** First digits, counted in `length`; empty for none. */
  readonly prefix: string;
  readonly length: number;
  readonly check: 'ean13' | 'luhn' | 'none';
};

export type ScanReading =
  | { readonly kind: 'card'; readonly number: CardNumber }
  /** The laminated card that opts the card before it out, and the one that undoes it. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'start' }
  | { readonly kind: 'coupon'; readonly text: string }
  | { readonly kind: 'not-a-card'; readonly why: string };

/**
 * Reads one scan. Without rules any plausible number may be a card, and
 * the shop's customers decide.
 */
export function readCard(scan: {
  text: string;
  rules: readonly CardRule[];
  stopCard: string;
  startCard: string;
}): ScanReading {
  const text = stripIdentifier({ text: scan.text.trim(), prefix: null });
  if (text === scan.stopCard) return { kind: 'stop' };
  if (text === scan.startCard) return { kind: 'start' };
  if (isCoupon(text)) return { kind: 'coupon', text };
  if (text === '') return { kind: 'not-a-card', why: 'the scan is empty' };
  if (scan.rules.length === 0) {
    return /^[0-9A-Za-z-]{1,32}$/.test(text)
      ? { kind: 'card', number: cardNumber(text) }
      : { kind: 'not-a-card', why: 'a card has 1 to 32 letters, digits and hyphens' };
  }
  const refusals: string[] = [];
  for (const rule of scan.rules) {
    const refusal = refusalOf({ text, rule });
    if (refusal === null) return { kind: 'card', number: cardNumber(text) };
    refusals.push(refusal.why);
    if (refusal.isNear) return { kind: 'not-a-card', why: refusal.why };
  }
  return {
    kind: 'not-a-card',
    why: refusals.length === 1 ? (refusals[0] ?? '') : `no card rule takes it: ${seen(text)}`,
  };
}

type Refusal = { readonly why: string; readonly isNear: boolean };

function refusalOf({ text, rule }: { text: string; rule: CardRule }): Refusal | null {
  const shape = rule.check === 'none' ? /^[0-9A-Za-z-]+$/ : /^[0-9]+$/;
  if (!shape.test(text)) return { why: 'a card has no such characters', isNear: false };
  if (!text.startsWith(rule.prefix)) return { why: `our cards begin with ${rule.prefix}`, isNear: false };
  if (text.length !== rule.length)
    return { why: `our cards have ${rule.length} characters, ${seen(text)}`, isNear: false };
  if (!checks(text, rule.check)) return { why: 'its check digit is wrong; scan it again', isNear: true };
  return null;
}

function seen(text: string): string {
  return `this has ${text.length} characters`;
}

function checks(text: string, check: CardRule['check']): boolean {
  switch (check) {
    case 'ean13':
      return text.length === 13 && gs1CheckDigit(text.slice(0, 12)) === text.slice(12);
    case 'luhn':
      return isLuhn(text);
    case 'none':
      return true;
  }
}

/** ISO/IEC 7812-1 annex B: every second digit from the right, the check digit not counted, is doubled. */
function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const weighted = i % 2 === 0 ? digit : digit * 2;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

/** A GS1 coupon, bracketed or as a scanner sends it: an expiry date (17) and a coupon number (255), in either order. */
function isCoupon(text: string): boolean {
  const bare = text.replace(/[()\u001d]/g, '');
  return /^17\d{6}255\d{13,25}$/.test(bare) || /^255\d{25}17\d{6}$/.test(bare);
}
