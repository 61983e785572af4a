// Text as the printer can print it: normalised, free of control characters, and encoded in pages the printer has.
import { encodeCharacter } from './code-pages.ts';
import type { CodePageName } from './code-pages.ts';
import type { PrinterProfile } from './profile.ts';

/** A stretch of text that one page holds. */
export type EncodedRun = { readonly page: CodePageName; readonly bytes: Uint8Array };

/**
 * The nearest text this printer can print. May be longer than it was ("€" becomes "EUR" where no page has it), so it is
 * applied before the columns are counted; applying it again changes nothing.
 */
export function printableText(text: string, profile: PrinterProfile): string {
  let printable = '';
  for (const character of text.normalize('NFC')) printable += reduce(character, profile);
  return printable;
}

/** Encodes text, staying in the page that is set for as long as it holds the characters. */
export function encodeText({ text, profile, page }: TextToEncode): readonly EncodedRun[] {
  const characters = [...printableText(text, profile)];
  const runs: { page: CodePageName; bytes: number[] }[] = [];
  let current = page;
  for (const [i, character] of characters.entries()) {
    if (encodeCharacter(current, character) === null) current = pageForRest(characters, i, profile);
    const byte = encodeCharacter(current, character);
    if (byte === null) continue;
    const last = runs.at(-1);
    if (last?.page === current) last.bytes.push(byte);
    else runs.push({ page: current, bytes: [byte] });
  }
  return runs.map((run) => ({ page: run.page, bytes: Uint8Array.from(run.bytes) }));
}

export type TextToEncode = {
  readonly text: string;
  readonly profile: PrinterProfile;
  /** The page the printer is in. */
  readonly page: CodePageName;
};

/** The page a part begins in: the one the profile prefers. */
export function firstPage(profile: PrinterProfile): CodePageName {
  return profile.codePages[0]?.page ?? 'CP437';
}

/** Printed the same on every printer, so that a strip does not change its look with the code page. */
const TYPOGRAPHY: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "'": '\u2018\u2019\u201A\u201B\u2032\u2035\u02BC\u00B4',
    '"': '\u201C\u201D\u201E\u201F\u2033',
    '-': '\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\uFE58\uFE63\uFF0D',
    '...': '\u2026',
    TM: '\u2122',
  }).flatMap(([plain, fancy]) => [...fancy].map((character) => [character, plain])),
);

/** Where no page has the character itself and Unicode does not take it apart. */
const NEAREST: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '€': 'EUR',
    '£': 'GBP',
    '¥': 'JPY',
    '¢': 'c',
    '×': 'x',
    '÷': '/',
    '±': '+/-',
    '°': 'o',
    '·': '.',
    '•': '*',
    '®': '(R)',
    '©': '(C)',
    '№': 'No',
    '§': 'S',
    '«': '"',
    '»': '"',
    '‹': "'",
    '›': "'",
    '⁄': '/',
    µ: 'u',
    μ: 'u',
    ß: 'ss',
    ẞ: 'SS',
    æ: 'ae',
    Æ: 'AE',
    œ: 'oe',
    Œ: 'OE',
    ø: 'o',
    Ø: 'O',
    ł: 'l',
    Ł: 'L',
    đ: 'd',
    Đ: 'D',
    ð: 'd',
    Ð: 'D',
    þ: 'th',
    Þ: 'Th',
    ı: 'i',
    ħ: 'h',
    Ħ: 'H',
    ŧ: 't',
    Ŧ: 'T',
    ŋ: 'n',
    Ŋ: 'N',
    ĸ: 'k',
    ſ: 's',
  }),
);

/** Every kind of blank, line breaks and tabs among them, is a space: a name cannot begin a line of its own. */
const BLANK = /^(?!\uFEFF)[\s\u0085]$/u;
/** Control characters, what steers direction or has no width, halves of surrogate pairs, private characters, emoji and their parts. */
const NOT_PRINTED =
  /^(?:\p{Cc}|\p{Cf}|\p{Cs}|\p{Co}|\p{Cn}|\p{Mn}|\p{Me}|\p{Variation_Selector}|\p{Regional_Indicator}|\p{Emoji_Modifier})$/u;
const EMOJI = /^\p{Extended_Pictographic}$/u;

function reduce(character: string, profile: PrinterProfile): string {
  // Most of what is printed, and the same in every page.
  if (character >= ' ' && character <= '~') return character;
  if (BLANK.test(character)) return ' ';
  if (NOT_PRINTED.test(character)) return '';
  const plain = TYPOGRAPHY.get(character);
  if (plain !== undefined) return plain;
  if (isPrintable(character, profile)) return character;
  const nearest = NEAREST.get(character) ?? withoutMarks(character);
  if (nearest !== character) return [...nearest].map((part) => reduce(part, profile)).join('');
  return EMOJI.test(character) ? '' : '?';
}

/** "Ž" is Z and a mark, "ﬁ" is f and i, "½" is 1, a stroke and 2. */
function withoutMarks(character: string): string {
  return character.normalize('NFKD').replace(/\p{M}/gu, '');
}

function isPrintable(character: string, profile: PrinterProfile): boolean {
  return profile.codePages.some(({ page }) => encodeCharacter(page, character) !== null);
}

/** Of the pages that hold the character, the one that carries furthest; the profile's order decides between equals. */
function pageForRest(characters: readonly string[], from: number, profile: PrinterProfile): CodePageName {
  let best = firstPage(profile);
  let furthest = -1;
  for (const { page } of profile.codePages) {
    const carries = characters.slice(from).findIndex((character) => encodeCharacter(page, character) === null);
    const reach = carries === -1 ? characters.length : carries;
    if (reach > furthest && reach > 0) [best, furthest] = [page, reach];
  }
  return best;
}
