// The coupon's symbol as the printer's own bar code command, byte by byte, and how wide it will be.
import { gs1CheckDigit } from '../domain/ids.ts';
import type { CouponCode } from '../domain/strip.ts';
import { TillError } from '../domain/till-error.ts';
import type { PrinterProfile } from './profile.ts';

/** A symbol that is known to fit its paper. */
export type FittedSymbol = {
  /** The m of GS k m n (function B): 67 EAN-13, 73 Code 128. */
  readonly symbology: 67 | 73;
  readonly data: Uint8Array;
  readonly moduleDots: number;
  readonly barDots: number;
};

/** Wider modules read no better at a till and cost paper; GS1 asks for 0.264 to 0.66 mm. */
const PREFERRED_MODULE_DOTS = 3;
const SMALLEST_MODULE_DOTS = 2;
/** Light modules beside the bars: GS1 General Specifications 5.2.3.4 (EAN-13: 11 left, 7 right) and 5.4.3.1 (GS1-128: 10). */
export const QUIET_MODULES = { 67: 11, 73: 10 } as const;
const EAN13_MODULES = 95;

/**
 * The symbol with the widest modules that fit: bars within the printable dots, bars and quiet zones within the paper (the
 * margin that is never printed on counts as quiet). Symbols are to be centred.
 * @throws TillError SYMBOL_TOO_WIDE, SYMBOL_INVALID
 */
export function fitSymbol(code: CouponCode, profile: PrinterProfile): FittedSymbol {
  const candidates = code.kind === 'gs1' ? code128Candidates(code.elementString, profile) : [ean13(code.digits)];
  for (const candidate of candidates) {
    const largest = Math.min(PREFERRED_MODULE_DOTS, profile.maxModuleDots);
    for (let moduleDots = largest; moduleDots >= SMALLEST_MODULE_DOTS; moduleDots--) {
      const barDots = candidate.modules * moduleDots;
      const withQuietZones = barDots + 2 * QUIET_MODULES[candidate.symbology] * moduleDots;
      if (barDots <= profile.printableDots && withQuietZones <= profile.paperDots) {
        return { symbology: candidate.symbology, data: candidate.data, moduleDots, barDots };
      }
    }
  }
  throw new TillError('SYMBOL_TOO_WIDE', {
    code: nameOf(code),
    barDots: Math.min(...candidates.map(({ modules }) => modules)) * SMALLEST_MODULE_DOTS,
    printableDots: profile.printableDots,
    profile: profile.name,
  });
}

type Candidate = { readonly symbology: 67 | 73; readonly data: Uint8Array; readonly modules: number };

function nameOf(code: CouponCode): string {
  return code.kind === 'gs1' ? code.elementString : code.digits;
}

function ean13(digits: string): Candidate {
  if (!/^\d{13}$/.test(digits)) throw new TillError('SYMBOL_INVALID', { code: digits, problem: 'it is not 13 digits' });
  if (gs1CheckDigit(digits.slice(0, 12)) !== digits.slice(12)) {
    throw new TillError('SYMBOL_INVALID', { code: digits, problem: 'its check digit is wrong' });
  }
  return { symbology: 67, data: Buffer.from(digits, 'latin1'), modules: EAN13_MODULES };
}

/** The shortest form first; then, where its bytes would spell a real-time command, the form that does not. */
function code128Candidates(elementString: string, { commands }: PrinterProfile): readonly Candidate[] {
  const content = gs1Content(elementString);
  const plain = code128(content, false);
  // Star is sent digits as text, and takes no command out of the middle of them.
  if (commands === 'star-line') return [plain];
  return spellsRealTimeCommand(plain.data) ? [code128(content, true), plain] : [plain];
}

const FNC1 = 'FNC1';
type Symbol128 = string;

/** AIs whose length is fixed by their first two digits; all others end in FNC1 unless they are last (GS1 Gen. Spec. 7.8.5). */
const FIXED_LENGTH = new Set('00 01 02 03 04 11 12 13 14 15 16 17 18 19 20 31 32 33 34 35 36 41'.split(' '));

/** "(17)261206(255)95…" as the characters of the symbol, FNC1 first. */
function gs1Content(elementString: string): readonly Symbol128[] {
  const elements = [...elementString.matchAll(/\((\d{2,4})\)([^()]+)/g)];
  const isWhole = elements.map(([whole]) => whole).join('') === elementString;
  if (!isWhole || elements.length === 0 || !/^[\x20-\x7e]+$/.test(elementString)) {
    throw new TillError('SYMBOL_INVALID', {
      code: elementString,
      problem: 'it is not a GS1 element string with brackets',
    });
  }
  return elements.flatMap(([, ai = '', value = ''], i) => {
    const ends = !FIXED_LENGTH.has(ai.slice(0, 2)) && i < elements.length - 1;
    return [...(i === 0 ? [FNC1] : []), ...ai, ...value, ...(ends ? [FNC1] : [])];
  });
}

/**
 * GS k 73 takes a set with "{B" or "{C", FNC1 with "{1", and in set C one byte of 0 to 99 for two digits. Every set, FNC1,
 * character or pair is one symbol character of 11 modules; start is one of the sets, check is one more, stop has 13.
 */
function code128(content: readonly Symbol128[], avoidsRealTime: boolean): Candidate {
  const bytes: number[] = [];
  let symbolCharacters = 0;
  let set: 'B' | 'C' | null = null;
  const put = (...data: number[]): void => {
    bytes.push(...data);
    symbolCharacters++;
  };
  const inSet = (wanted: 'B' | 'C'): void => {
    if (set !== wanted) put(0x7b, wanted.charCodeAt(0));
    set = wanted;
  };
  let i = 0;
  while (i < content.length) {
    const first = content[i] ?? '';
    if (first === FNC1) {
      if (set === null) inSet(digitsFrom(content, i + 1) >= 2 ? 'C' : 'B');
      put(0x7b, 0x31);
      i++;
      continue;
    }
    const run = digitsFrom(content, i);
    const second = content[i + 1] ?? '';
    const pair = Number(first + second);
    const isDangerous = avoidsRealTime && set === 'C' && bytes.at(-1) === 0x10 && REAL_TIME.has(pair);
    // Going over to set C for two digits and back gains nothing.
    if (!isDangerous && run >= 2 && (set === 'C' || run >= 4)) {
      inSet('C');
      put(pair);
      i += 2;
      continue;
    }
    inSet('B');
    for (const character of isDangerous ? [first, second] : [first]) {
      if (character === '{') put(0x7b, 0x7b);
      else put(character.charCodeAt(0));
      i++;
    }
  }
  if (bytes.length > 255) {
    throw new TillError('SYMBOL_INVALID', { code: content.join(''), problem: 'it is longer than 255 bytes' });
  }
  return { symbology: 73, data: Uint8Array.from(bytes), modules: symbolCharacters * 11 + 11 + 13 };
}

function digitsFrom(content: readonly Symbol128[], from: number): number {
  let count = 0;
  while (/^\d$/.test(content[from + count] ?? '')) count++;
  return count;
}

/** After DLE (16): EOT status, ENQ recover, DC4 drawer and power. A printer obeys them even inside another command's data. */
const REAL_TIME = new Set([0x04, 0x05, 0x14]);

function spellsRealTimeCommand(data: Uint8Array): boolean {
  return data.some((byte, i) => byte === 0x10 && REAL_TIME.has(data[i + 1] ?? 0));
}
