// The GS1 element string on the paper, and reading it back in every way a scanner or a cashier may deliver it.
import type { LocalDay } from '../domain/calendar.ts';
import { gs1CheckDigit, parseGcn, parseSerial } from '../domain/ids.ts';
import type { Gcn, Serial } from '../domain/ids.ts';
import { expiryDigits, parseExpiry } from './expiry.ts';

/**
 * "(17)261206(255)9501101000017482109377715". AI (17) goes first because its length is fixed: no separator is needed,
 * and all 36 digits pair up in set C.
 */
export function elementString({ gcn, serial, expiry }: { gcn: Gcn; serial: Serial; expiry: LocalDay }): string {
  return `(17)${expiryDigits(expiry)}(255)${gcn}${serial}`;
}

export type PresentedCode =
  | { readonly kind: 'full'; readonly gcn: Gcn; readonly serial: Serial; readonly expiry: LocalDay }
  /** What a cashier keys. */
  | { readonly kind: 'serial'; readonly serial: Serial }
  /** Our pointer, or any other EAN-13: the ledger knows which. */
  | { readonly kind: 'ean13'; readonly digits: string };

/** The longest thing that may still be a coupon; anything longer is not worth a regular expression. */
const LONGEST = 120;
const AIM_IDENTIFIER = /^\][A-Za-z][0-9A-Za-z]/;
/** FNC1 arrives as GS (0x1D), at the head, between the elements or at the end. */
const FNC1 = '\x1d';
/** Framing, line ends and the spaces and hyphens people put between fours. */
const FRAMING = /[\x00-\x1c\x1e\x1f\s-]/g;
const EXPIRY_FIRST = new RegExp(`^${FNC1}?(?:\\(17\\)|17)(\\d{6})${FNC1}?(?:\\(255\\)|255)(\\d{13})(\\d{12})${FNC1}?$`);
const NUMBER_FIRST = new RegExp(`^${FNC1}?(?:\\(255\\)|255)(\\d{13})(\\d{12})${FNC1}?(?:\\(17\\)|17)(\\d{6})${FNC1}?$`);

/** What a presented text says; null where it cannot be a coupon. Nothing is looked up or verified here. */
export function readCode(text: string): PresentedCode | null {
  if (text.length > LONGEST) return null;
  const bare = text.replace(FRAMING, '').replace(AIM_IDENTIFIER, '');
  if (/^\d{12}$/.test(bare)) return readSerial(bare);
  if (/^\d{13}$/.test(bare)) return gs1CheckDigit(bare.slice(0, 12)) === bare.slice(12) ? ean13(bare) : null;
  const expiryFirst = EXPIRY_FIRST.exec(bare);
  if (expiryFirst !== null) {
    const [, expiry = '', gcn = '', serial = ''] = expiryFirst;
    return readFull({ expiry, gcn, serial });
  }
  const [, gcn = '', serial = '', expiry = ''] = NUMBER_FIRST.exec(bare) ?? [];
  return readFull({ expiry, gcn, serial });
}

const ean13 = (digits: string): PresentedCode => ({ kind: 'ean13', digits });

function readSerial(digits: string): PresentedCode | null {
  const serial = parseSerial(digits);
  return serial === null ? null : { kind: 'serial', serial };
}

function readFull(texts: { expiry: string; gcn: string; serial: string }): PresentedCode | null {
  const gcn = parseGcn(texts.gcn);
  const serial = parseSerial(texts.serial);
  const expiry = parseExpiry(texts.expiry);
  return gcn === null || serial === null || expiry === null ? null : { kind: 'full', gcn, serial, expiry };
}
