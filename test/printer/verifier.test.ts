// The judge of printer bytes: ours are well, and what other programs are known to send wrongly is named.
import fc from 'fast-check';
import thermal from 'node-thermal-printer';
import { describe, expect, it } from 'vitest';
import { composeStrip } from '../../src/printer/compose.ts';
import { flawsOfStrip } from '../../src/printer/verify-strip.ts';
import { verifyStream } from '../../src/printer/verifier.ts';
import { ean13Code, gs1Code, line, serial, strip } from './a-strip.ts';
import { profileNamed, SHIPPED } from './a-till-printer.ts';

const onEpson = profileNamed('epson-tm-t20iii');

function kindsOf(bytes: Uint8Array, profile = onEpson): readonly string[] {
  return [...new Set(verifyStream({ bytes, profile }).flaws.map(({ kind }) => kind))];
}

/** ESC @, ESC t 19 (CP858), then what is given, then a line feed. */
function afterHead(...bytes: readonly (number | string)[]): Uint8Array {
  const rest = bytes.flatMap((part) => (typeof part === 'number' ? [part] : [...Buffer.from(part, 'latin1')]));
  return Uint8Array.from([0x1b, 0x40, 0x1b, 0x74, 19, ...rest, 0x0a]);
}

describe('our own strips', () => {
  it.each(SHIPPED)('are without a flaw on %s, and say what was laid out', (name) => {
    const profile = profileNamed(name);
    const parts = strip({ columns: profile.columns, codeOf: profile.printableDots < 488 ? ean13Code : gs1Code });
    expect(flawsOfStrip({ parts, strip: composeStrip({ parts, profile }), profile })).toEqual([]);
  });

  it.each(['epson-tm-t20iii', 'no-euro', 'zj-5870'])(
    'are without a flaw on %s whatever a product is called',
    (name) => {
      const profile = profileNamed(name);
      const texts = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.string({ unit: 'grapheme', maxLength: 60 }),
      );
      fc.assert(
        fc.property(texts, (text) => {
          const parts = [{ serial: serial(1), elements: [line(text), line(text, { width: 2, height: 2 })] }];
          expect(flawsOfStrip({ parts, strip: composeStrip({ parts, profile }), profile })).toEqual([]);
        }),
        { numRuns: 150 },
      );
    },
  );

  it('are stopped when one byte of them is wrong', () => {
    const parts = strip({ columns: 48, codeOf: gs1Code });
    const composed = composeStrip({ parts, profile: onEpson });
    const spoilt = composed.parts.map((part, i) => {
      const bytes = Uint8Array.from(part.bytes);
      // The third digit pair of the third coupon's code.
      const at = Buffer.from(bytes).indexOf(Buffer.from([0x1d, 0x6b, 73]));
      if (i === 3) bytes[at + 9] = ((bytes[at + 9] ?? 0) + 1) % 100;
      return { ...part, bytes };
    });
    const flaws = flawsOfStrip({ parts, strip: { ...composed, parts: spoilt }, profile: onEpson });
    expect(flaws.map(({ kind }) => kind)).toEqual(['wrong-words']);
  });
});

describe('the habits of node-thermal-printer', () => {
  const printer = () =>
    new thermal.printer({ type: thermal.types.EPSON, interface: '', characterSet: thermal.CharacterSet.PC858_EURO });

  it('loses its code page at a cut, and feeds eight lines for it', () => {
    const out = printer();
    out.println('Pääryna 0,50 €');
    expect(kindsOf(out.getBuffer())).toEqual([]);
    out.cut();
    out.println('Pääryna 0,50 €');
    expect(kindsOf(out.getBuffer())).toEqual(['no-page']);
  });

  it('goes to pages the printer has not', () => {
    const out = printer();
    out.println('d’Auchy');
    expect(kindsOf(out.getBuffer())).toContain('wrong-page');
  });

  it('sends a line of UTF-8', () => {
    const out = printer();
    out.drawLine('─');
    expect(kindsOf(out.getBuffer())).toContain('utf8');
  });

  it('counts characters where a QR code counts bytes', () => {
    const out = printer();
    out.printQR('hä€');
    expect(kindsOf(out.getBuffer())).toContain('length');
  });

  it('sends a Code 128 longer than its length byte says', () => {
    const out = printer();
    out.code128('1'.repeat(300));
    expect(kindsOf(out.getBuffer())).toContain('length');
  });

  it('prints an EAN-13 that is none', () => {
    const out = printer();
    out.printBarcode('ABC', 67);
    expect(kindsOf(out.getBuffer())).toContain('symbol-data');
  });

  it('lets commands in a name through: the drawer opens and the paper is cut in mid-line', () => {
    const out = printer();
    out.print('milk\x1bp\x00\x19\xfa\x1dV\x00');
    expect(kindsOf(out.getBuffer())).toEqual(expect.arrayContaining(['drawer', 'cut-in-line']));
  });
});

describe('a stream that is not well', () => {
  it.each([
    ['a drawer kick in real time', afterHead(0x10, 0x14, 1, 0, 1), 'drawer'],
    ['a page the printer has not', afterHead(0x1b, 0x74, 21), 'wrong-page'],
    ['letters before any page', Uint8Array.of(0x84, 0x0a), 'no-page'],
    ['a byte no character has', afterHead(0xff), 'unprintable'],
    ['text over the width', afterHead('x'.repeat(49)), 'line-width'],
    ['a cut in mid-line', afterHead('x', 0x1d, 0x56, 0), 'cut-in-line'],
    ['a cut through a line', afterHead('x\n\n\n\n', 0x1b, 0x4a, 20, 0x1d, 0x56, 0), 'cut-through'],
    ['an unknown command', afterHead(0x1b, 0x7e), 'unknown-command'],
    ['a command no strip needs', afterHead(0x1b, 0x4d, 1), 'foreign-command'],
    ['a raster picture', afterHead(0x1d, 0x76, 0x30, 0, 1, 0, 2, 0, 0xff, 0xff), 'picture'],
    ['national characters', afterHead(0x1b, 0x52, 5), 'national-set'],
    [
      'a symbol wider than the head',
      afterHead(0x1d, 0x77, 6, 0x1d, 0x6b, 73, 24, `{B${'A'.repeat(22)}`),
      'symbol-width',
    ],
    ['modules of one dot', afterHead(0x1d, 0x77, 1, 0x1d, 0x6b, 67, 12, '211234567890'), 'symbol-width'],
    ['a symbol of Code 93', afterHead(0x1d, 0x6b, 72, 3, 'ABC'), 'symbol-kind'],
    ['a check digit that is wrong', afterHead(0x1d, 0x6b, 67, 13, '2112345678901'), 'symbol-data'],
    ['a real-time command in data', afterHead(0x1d, 0x6b, 73, 7, '{C', 0x10, 0x14, 1, 2, 3), 'real-time-in-data'],
    ['a symbol cut short', Uint8Array.of(0x1b, 0x40, 0x1d, 0x6b, 67, 13, 0x32), 'unfinished'],
    ['a line that never ends', Uint8Array.of(0x41), 'unfinished'],
  ])('with %s is named', (_, bytes, kind) => {
    expect(kindsOf(bytes)).toContain(kind);
  });

  it('with a quiet zone over the paper’s edge is named, though the bars have room', () => {
    // 2 × 267 dots of bars on 576: at the left edge 32 unprinted dots are left of them, and 20 must be; at module 6 60 must.
    const bars = (module: number) => afterHead(0x1d, 0x77, module, 0x1d, 0x6b, 73, 8, '{BABCDEF');
    expect(kindsOf(bars(2))).toEqual([]);
    expect(kindsOf(bars(5))).toEqual(['symbol-width']);
  });

  it('without the word that it is not Chinese is named where the firmware is', () => {
    const bytes = Uint8Array.of(0x1b, 0x40, 0x1b, 0x74, 16, 0xe4, 0x0a);
    expect(kindsOf(bytes, profileNamed('zj-5870'))).toContain('chinese');
    expect(kindsOf(Uint8Array.of(0x1b, 0x40, 0x1c, 0x2e, 0x1b, 0x74, 16, 0xe4, 0x0a), profileNamed('zj-5870'))).toEqual(
      [],
    );
  });

  it('is judged to its end, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        for (const { at } of verifyStream({ bytes, profile: onEpson }).flaws) {
          expect(at).toBeLessThanOrEqual(bytes.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});
