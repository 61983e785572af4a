// Streams as other programs send them, written by hand after their ways: what is wrong in each is named, and nothing else.
import { describe, expect, it } from 'vitest';
import type { FlawKind } from '../../src/printer/flaw.ts';
import { verifyStream } from '../../src/printer/verifier.ts';
import { profileNamed } from './a-till-printer.ts';

const profile = profileNamed('epson-tm-t20iii');
const [ESC, GS, FS, LF, NUL] = [0x1b, 0x1d, 0x1c, 0x0a, 0x00];

/** Numbers are bytes, text is Latin-1. */
function bytesOf(...parts: readonly (number | string)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : [...Buffer.from(part, 'latin1')])),
  );
}

const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const page = (slot: number): string => `\x1bt${String.fromCharCode(slot)}`;
/** GS ( k: code 49 is QR, and the length counts cn and fn. */
const qr = (length: number, fn: number, ...rest: readonly (number | string)[]): readonly (number | string)[] => [
  ...[GS, '(k', length & 0xff, length >> 8, 49, fn],
  ...rest,
];

type Sample = readonly [what: string, bytes: Uint8Array, flaws: readonly FlawKind[]];

const PYTHON_ESCPOS: readonly Sample[] = [
  ['a line in a page the printer has', bytesOf(ESC, '@', page(16), 'Cr\xe8me 0,50 \x80', LF), []],
  [
    'a page out of its table that this printer has not',
    bytesOf(ESC, '@', page(21), '\xa1', LF),
    ['wrong-page', 'unprintable'],
  ],
  [
    'set(): fonts, underline, density',
    bytesOf(ESC, '@', page(16), ESC, 'M', 1, ESC, '-', 1, 'x', LF),
    ['foreign-command'],
  ],
  ['a bar code of function A', bytesOf(ESC, '@', page(16), GS, 'k', 2, '211234567890', NUL, LF), ['foreign-command']],
  ['cashdraw()', bytesOf(ESC, '@', ESC, 'p', 0, 25, 250), ['drawer']],
  ['an image by bands', bytesOf(ESC, '@', GS, 'v0', 0, 2, 0, 1, 0, 0xff, 0xff), ['picture']],
  ['cut() behind six feeds', bytesOf(ESC, '@', page(16), 'x', LF, LF, LF, LF, LF, LF, LF, GS, 'V', 0), []],
];

const ESCPOS_PHP: readonly Sample[] = [
  ['text(): UTF-8 handed on as it is', bytesOf(ESC, '@', page(16), utf8('Päärynä'), LF), ['utf8']],
  ['before any page', bytesOf(ESC, '@', '\x84\x94', LF), ['no-page']],
  ['pulse()', bytesOf(ESC, '@', ESC, 'p', 48, 60, 120), ['drawer']],
  ['cut(65, 3)', bytesOf(ESC, '@', page(16), 'x', LF, GS, 'V', 65, 3), []],
  ['cut in the middle of a line', bytesOf(ESC, '@', page(16), 'x', GS, 'V', 65, 3), ['cut-in-line', 'unfinished']],
  [
    'qrCode(): length right',
    bytesOf(
      ...[ESC, '@', page(16), ESC, 'a', 1],
      ...qr(4, 65, 50, 0),
      ...qr(3, 67, 4),
      ...qr(3, 69, 49),
      ...qr(7, 80, 48, 'abcd'),
      ...qr(3, 81, 48),
    ),
    [],
  ],
  [
    'qrCode(): counted in characters',
    bytesOf(ESC, '@', page(16), ESC, 'a', 1, ...qr(6, 80, 48, utf8('hä€')), ...qr(3, 81, 48), LF),
    ['length', 'symbol-in-line', 'utf8'],
  ],
];

const RECEIPTIO: readonly Sample[] = [
  [
    'its opening: fonts, spacing, Kanji, character spacing',
    bytesOf(ESC, '@', ESC, 'M', 48, FS, '(A', 2, 0, 48, 0, ESC, ' ', 0, FS, 'S', 0, 0, FS, '.', page(16), '\xe4', LF),
    ['foreign-command'],
  ],
  ['its questions before and after', bytesOf(0x10, 4, 2, GS, 'IB', GS, 'IC', ESC, '@', GS, 'a', 255, GS, 'r1'), []],
  ['its flush of a broken job', bytesOf(...Array<number>(600).fill(NUL), ESC, '@'), []],
  ['absolute places', bytesOf(ESC, '@', page(16), ESC, '$', 100, 0, 'x', LF), ['foreign-command']],
  [
    'a picture of the whole receipt',
    bytesOf(ESC, '@', GS, '8L', 12, 0, 0, 0, '0p0', 1, 1, '1', 8, 0, 1, 0, 1, 0xff),
    ['picture'],
  ],
];

const THE_TILLS_OWN: readonly Sample[] = [
  ['a bar code cut short by its length byte', bytesOf(ESC, '@', page(16), GS, 'k', 73, 4, '{B1234567', LF), ['length']],
  [
    'a bar code whose length eats the cut',
    bytesOf(ESC, '@', page(16), GS, 'k', 67, 17, '2112345678900', LF, GS, 'V', 0),
    ['symbol-data'],
  ],
  ['Star commands', bytesOf(ESC, '@', ESC, GS, 't', 4, ESC, 'd', 2), ['unknown-command']],
  ['a line of another width', bytesOf(ESC, '@', page(16), '-'.repeat(64), LF), ['line-width']],
  [
    'a drawer in real time, in the middle of a line',
    bytesOf(ESC, '@', page(16), 'x', 0x10, 0x14, 1, 0, 2, LF),
    ['drawer'],
  ],
];

describe.each([
  ['python-escpos', PYTHON_ESCPOS],
  ['escpos-php', ESCPOS_PHP],
  ['receiptline and receiptio', RECEIPTIO],
  ['a till’s own program', THE_TILLS_OWN],
])('after the ways of %s', (_, samples) => {
  it.each(samples)('%s', (_what, bytes, flaws) => {
    const found = new Set(verifyStream({ bytes, profile }).flaws.map(({ kind }) => kind));
    expect([...found].sort()).toEqual([...flaws].sort());
  });
});
