// The GS1 text of a coupon, written and read back as scanners and cashiers give it.
import fc from 'fast-check';
import bwipjs from 'bwip-js';
import { expect, it } from 'vitest';
import { elementString, readCode } from '../../src/coupons/element-string.ts';
import { makeGcn } from '../../src/coupons/gcn.ts';
import { couponKey, serialMac } from '../../src/coupons/mac.ts';
import { makeSerial } from '../../src/coupons/serial.ts';
import { localDay } from '../../src/domain/calendar.ts';
import { gs1CheckDigit, parseGcn, parseSerial } from '../../src/domain/ids.ts';
import { day, till } from './words.ts';

const gcn = parseGcn('9501101000018') ?? raise();
const serial = parseSerial('482109377715') ?? raise();
const expiry = day('2026-12-06');
const full = { kind: 'full', gcn, serial, expiry };

function raise(): never {
  throw new Error('the test itself is wrong');
}

it('writes the last day first, then the coupon number with its serial', () => {
  expect(elementString({ gcn, serial, expiry })).toBe('(17)261206(255)9501101000018482109377715');
});

it.each([
  ['with brackets, as printed', '(17)261206(255)9501101000018482109377715'],
  ['as bare digits', '172612062559501101000018482109377715'],
  ['from a GS1-128 with its AIM identifier', ']C1172612062559501101000018482109377715'],
  ['from a GS1 QR code', ']Q3172612062559501101000018482109377715'],
  ['from a GS1 DataMatrix', ']d2172612062559501101000018482109377715'],
  ['from a DataBar', ']e0172612062559501101000018482109377715'],
  ['with FNC1 at the head as GS', '\x1d172612062559501101000018482109377715'],
  ['with identifier and FNC1', ']C1\x1d172612062559501101000018482109377715'],
  ['with a separator behind each element', '17261206\x1d2559501101000018482109377715\x1d'],
  ['number first, then a separator and the day', ']C12559501101000018482109377715\x1d17261206'],
  ['number first with brackets', '(255)9501101000018482109377715(17)261206'],
  ['keyed with spaces', ' (17) 261206 (255) 9501101000018 4821 0937 7715 '],
  ['framed by STX and ETX', '\x02]C1172612062559501101000018482109377715\x03\r\n'],
])('reads a full code %s', (_how, text) => {
  expect(readCode(text)).toEqual(full);
});

it.each(['482109377715', '4821 0937 7715', '4821-0937-7715', ' 4821\u00a00937 7715\r\n', ']C0482109377715'])(
  'reads a serial keyed or scanned as %j',
  (text) => {
    expect(readCode(text)).toEqual({ kind: 'serial', serial });
  },
);

it.each(['2901123456782', ']E02901123456782', '2901123456782\r'])('reads an EAN-13 from %j', (text) => {
  expect(readCode(text)).toEqual({ kind: 'ean13', digits: '2901123456782' });
});

it.each([
  ['nothing', ''],
  ['words', 'hello'],
  ['a serial a digit short', '48210937771'],
  ['an EAN-13 with a wrong check digit', '2901123456783'],
  ['a coupon number with a wrong check digit', '(17)261206(255)9501101000019482109377715'],
  ['month 13', '(17)261306(255)9501101000018482109377715'],
  ['day 00, which we never print', '(17)261200(255)9501101000018482109377715'],
  ['half a bracket', '(17261206(255)9501101000018482109377715'],
  ['a number without its day', '(255)9501101000018482109377715'],
  ['a digit too many', '1726120625595011010000184821093777150'],
  ['digits that are not ASCII', '４８２１０９３７７７１５'],
  ['an endless line', '1'.repeat(100_000)],
])('takes %s for no coupon', (_what, text) => {
  expect(readCode(text)).toBeNull();
});

const coupons = fc.record({
  companyPrefix: fc.stringMatching(/^\d{6,9}$/),
  reference: fc.nat(999),
  counter: fc.nat(99_999),
  till: fc.stringMatching(/^\d{2}$/),
  expiry: fc.integer({ min: day('2000-01-01'), max: day('2099-12-31') }),
});

function code(drawn: { companyPrefix: string; reference: number; counter: number; till: string; expiry: number }) {
  const of = { gcn: makeGcn(drawn), till: till(drawn.till), counter: drawn.counter, expiry: localDay(drawn.expiry) };
  const mac = serialMac(couponKey(new Uint8Array(32)), of);
  return { gcn: of.gcn, serial: makeSerial({ ...of, mac }), expiry: of.expiry };
}

it('reads back whatever it writes, in every delivery', () => {
  fc.assert(
    fc.property(coupons, fc.constantFrom('', ']C1', ']Q3', '\x1d', ']d2\x1d'), fc.boolean(), (drawn, head, bare) => {
      const of = code(drawn);
      const text = elementString(of);
      expect(readCode(head + (bare ? text.replace(/[()]/g, '') : text))).toEqual({ kind: 'full', ...of });
    }),
  );
});

/** With `lintreqs` bwip-js also knows which elements GS1 wants together, and which never. */
function draw(text: string): void {
  const options = { bcid: 'gs1-128', text, lintreqs: true };
  bwipjs.raw(options);
}

it('writes only what GS1 accepts', () => {
  fc.assert(
    fc.property(coupons, (drawn) => {
      expect(() => draw(elementString(code(drawn)))).not.toThrow();
    }),
    { numRuns: 60 },
  );
});

it('asks a validator that does refuse what is wrong', () => {
  const wrong = elementString({ gcn, serial, expiry }).replace('(255)950110100001', '(255)950110100002');
  expect(() => draw(wrong)).toThrow();
  expect(() => draw('(255)9501101000018(21)12345')).toThrow(/GS1requisite|requisite|255|21/i);
});

it('never throws, whatever is held under the scanner', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const read = readCode(text);
      if (read?.kind === 'ean13') expect(gs1CheckDigit(read.digits.slice(0, 12))).toBe(read.digits.slice(12));
    }),
  );
});
