// The coupon's symbol: its bytes, its width, and what is refused before it is sent.
import { describe, expect, it } from 'vitest';
import { fitSymbol } from '../../src/printer/symbology.ts';
import { drawSymbol } from '../../src/printer/symbol-modules.ts';
import { profileNamed } from './a-till-printer.ts';

const on80mm = profileNamed('epson-tm-t20iii');
const on512dots = profileNamed('epson-tm-t88v');
const on58mm = profileNamed('zj-5870');
const GS1 = '(17)261206(255)9501101000017482109377715';

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

describe('a GS1-128 coupon', () => {
  it('is set C after FNC1, 244 modules of 2 dots', () => {
    const symbol = fitSymbol({ kind: 'gs1', elementString: GS1 }, on80mm);
    // {C {1 17 26 12 06 25 59 50 11 01 00 00 17 48 21 09 37 77 15, each pair one byte
    expect(hex(symbol.data)).toBe('7b437b31' + '111a0c06193b320b01000011301509254d0f');
    expect(symbol).toMatchObject({ symbology: 73, moduleDots: 2, barDots: 488 });
    expect(drawSymbol(73, symbol.data)).toMatchObject({ content: ']172612062559501101000017482109377715' });
    expect(drawSymbol(73, symbol.data)?.modules).toHaveLength(244);
  });

  it('fits the 512 dots of a 180 dpi head, and is refused on 58 mm with what to do', () => {
    expect(fitSymbol({ kind: 'gs1', elementString: GS1 }, on512dots).barDots).toBe(488);
    expect(() => fitSymbol({ kind: 'gs1', elementString: GS1 }, on58mm)).toThrow(/488 dots .* 384; set coupons\.code/);
  });

  it('separates an AI of open length from the next one', () => {
    const { data } = fitSymbol({ kind: 'gs1', elementString: '(10)AB{1(17)261206' }, on80mm);
    expect(Buffer.from(data).toString('latin1')).toBe('{C{1\x0a{BAB{{1{1{C\x11\x1a\x0c\x06');
    expect(drawSymbol(73, data)?.content).toBe(']10AB{1]17261206');
  });

  it.each(['1604', '1605', '1620'])(
    'never spells a real-time command with the digits %s, and says the same',
    (digits) => {
      const elementString = `(17)261206(255)950110100001700${digits}377715`;
      const { data, barDots } = fitSymbol({ kind: 'gs1', elementString }, on80mm);
      expect(hex(data)).not.toMatch(/10(04|05|14)/);
      expect(drawSymbol(73, data)?.content).toBe(`]17261206255950110100001700${digits}377715`);
      expect(barDots).toBe(554);
      // Where that is too wide the short form goes out: a status byte nobody asked for does no harm.
      expect(fitSymbol({ kind: 'gs1', elementString }, on512dots).barDots).toBe(488);
    },
  );

  it.each(['', '17261206', '(17)2612(', '(17)26ä'])('%j is no element string', (elementString) => {
    expect(() => fitSymbol({ kind: 'gs1', elementString }, on80mm)).toThrow(/cannot be printed/);
  });
});

describe('an EAN-13 coupon', () => {
  it('is its 13 digits, 95 modules of 3 dots', () => {
    const symbol = fitSymbol({ kind: 'ean13', digits: '2112345678900' }, on58mm);
    expect(Buffer.from(symbol.data).toString('latin1')).toBe('2112345678900');
    expect(symbol).toMatchObject({ symbology: 67, moduleDots: 3, barDots: 285 });
    expect(drawSymbol(67, symbol.data)?.modules).toHaveLength(95);
  });

  it('with a wrong check digit or another length is refused', () => {
    expect(() => fitSymbol({ kind: 'ean13', digits: '2112345678901' }, on58mm)).toThrow(/check digit/);
    expect(() => fitSymbol({ kind: 'ean13', digits: '211234567890' }, on58mm)).toThrow(/13 digits/);
  });
});
