// The bytes of a part, named one by one, and what never gets into them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeStrip } from '../../src/printer/compose.ts';
import { readStream } from '../../src/printer/command-reader.ts';
import { flawsOfStrip } from '../../src/printer/verify-strip.ts';
import type { PrinterProfile } from '../../src/printer/profile.ts';
import type { ReceiptElement } from '../../src/receipt/elements.ts';
import { line, serial } from './a-strip.ts';
import { profileNamed } from './a-till-printer.ts';

const onEpson = profileNamed('epson-tm-t20iii');

function bytesOf(elements: readonly ReceiptElement[], profile: PrinterProfile = onEpson): string {
  const composed = composeStrip({ parts: [{ serial: serial(1), elements }], profile });
  return Buffer.from(composed.parts[0]?.bytes ?? []).toString('hex');
}

const HEAD = '1b40' + '1b5200' + '1b7413' + '1b3336'; // ESC @, ESC R 0, ESC t 19: CP858, ESC 3 54: 27 dots a line

describe('a part of the strip', () => {
  it('begins afresh, prints in CP858 and is cut at the start of a line', () => {
    const text = Buffer.from('Hyv').toString('hex') + '84' + '20d5'; // ä is 84, € is D5
    expect(bytesOf([line('Hyvä €'), { kind: 'cut', cut: 'partial' }])).toBe(HEAD + text + '0a' + '1d564200');
    expect(bytesOf([{ kind: 'cut', cut: 'full' }])).toBe(HEAD + '1d564100');
  });

  it('is right in every part, because each sets its page itself', () => {
    const composed = composeStrip({
      parts: [1, 2, 3].map((i) => ({ serial: serial(i), elements: [line('ä'), { kind: 'cut', cut: 'partial' }] })),
      profile: onEpson,
    });
    const [first, second, last] = composed.parts.map((part) => Buffer.from(part.bytes).toString('hex'));
    // The next part's ä is printed ahead of the cut, and 12.9 mm of paper are fed so that the blade stands between them.
    expect(first).toBe(HEAD + '840a' + '1b4ace' + '840a' + '1d5601');
    expect(second).toBe(HEAD + '1b4ace' + '840a' + '1d5601');
    expect(last).toBe(HEAD + '1d564200');
  });

  it('goes to another page only for what the first lacks', () => {
    expect(bytesOf([line('ä Ž')])).toBe(HEAD + '8420' + '1b7410' + '8e' + '0a'); // CP1252 is 16
  });

  it('sets size and weight where they change', () => {
    const runs = [
      { text: 'a', width: 1, height: 2, bold: false },
      { text: 'b', width: 2, height: 2, bold: true },
    ] as const;
    expect(bytesOf([{ kind: 'line', runs }])).toBe(HEAD + '1d2101' + '61' + '1d2111' + '1b4501' + '62' + '0a');
  });

  it('centres a symbol and says all of its looks each time', () => {
    const code = { kind: 'ean13', digits: '2112345678900' } as const;
    const digits = Buffer.from(code.digits).toString('hex');
    expect(bytesOf([{ kind: 'symbol', code, heightMm: 9 }])).toBe(
      HEAD + '1b6101' + '1d4800' + '1d6848' + '1d7703' + '1d6b430d' + digits + '1b6100',
    );
  });

  it('begins the strip, and only the strip, with the shop’s logo where one is stored in the printer', () => {
    const parts = [1, 2].map((i) => ({
      serial: serial(i),
      elements: [line('ä'), { kind: 'cut', cut: 'full' } as const],
    }));
    const profile = { ...onEpson, logo: 'TC' };
    const strip = composeStrip({ parts, profile });
    const [first, second] = strip.parts.map(({ bytes }) => Buffer.from(bytes).toString('hex'));
    expect(first).toContain(HEAD + '1b6101' + '1d284c0600' + '3045' + '5443' + '0101' + '1b6100' + '840a');
    expect(second).not.toContain('1d284c');
    expect(flawsOfStrip({ parts, strip, profile })).toEqual([]);
  });

  it('tells Chinese firmware first that this is not Chinese', () => {
    const onZj = profileNamed('zj-5870');
    expect(bytesOf([line('ä')], onZj)).toBe('1b40' + '1c2e' + '1b5200' + '1b7410' + '1b331b' + 'e4' + '0a');
  });

  it('has a tear line where there is no cutter', () => {
    const tearLine = Buffer.from('- - - - - - - - - - - - - - - -'.slice(0, 31)).toString('hex') + '0a';
    expect(bytesOf([{ kind: 'cut', cut: 'partial' }], profileNamed('zj-5870'))).toMatch(new RegExp(`${tearLine}$`));
  });

  it('gives up padding, and nothing else, where a sign became longer', () => {
    const profile = profileNamed('no-euro');
    const text = readStream(
      Buffer.from(bytesOf([line(`Maito${' '.repeat(36)}-0,30 €`)], profile), 'hex'),
      'escpos',
    ).find((command) => command.kind === 'text');
    expect(text?.kind === 'text' && Buffer.from(text.bytes).toString()).toBe(`Maito${' '.repeat(34)}-0,30 EUR`);
  });

  it('writes the sign as one letter where there is no padding to give up', () => {
    const profile = profileNamed('no-euro');
    const hex = bytesOf([line(`${'x'.repeat(41)}-0,30 €`)], profile);
    expect(Buffer.from(hex, 'hex').toString('latin1')).toContain(`${'x'.repeat(41)}-0,30 e\n`);
  });

  it('obeys no command in a name, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
        const kinds = readStream(Buffer.from(bytesOf([line(name)]), 'hex'), 'escpos').map(({ kind }) => kind);
        const expected = ['initialise', 'national-set', 'code-page', 'line-spacing', 'text', 'line-feed'];
        expect(kinds.filter((kind) => !expected.includes(kind))).toEqual([]);
        expect(kinds.filter((kind) => kind === 'line-feed')).toHaveLength(1);
        expect(kinds.filter((kind) => kind === 'initialise')).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });
});
