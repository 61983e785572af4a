// QR codes byte by byte: their length counts bytes, and their size is what an independent encoder makes of them.
import bwip from 'bwip-js';
import { describe, expect, it } from 'vitest';
import { readStream } from '../../src/printer/command-reader.ts';
import { fitQr, sideModules, type QrLevel } from '../../src/printer/qr-code.ts';
import { profileNamed } from './a-till-printer.ts';

const onEpson = profileNamed('epson-tm-t20iii');
const fit = (text: string, profile = onEpson) => fitQr({ data: Buffer.from(text), level: 'M', profile });

describe('a QR code', () => {
  it('is model, module, level, data and print, with a length in bytes', () => {
    // "hä€" is 1 + 2 + 3 bytes: 6, and cn fn m make 9.
    expect(Buffer.from(fit('hä€').bytes).toString('hex')).toBe(
      '1d286b0400' +
        '31413200' +
        '1d286b0300' +
        '314306' +
        '1d286b0300' +
        '314531' +
        '1d286b0900' +
        '315030' +
        '68c3a4e282ac' +
        '1d286b0300' +
        '315130',
    );
  });

  it('is read back whole, and says its length in two bytes where one is too small', () => {
    const data = 'x'.repeat(300);
    const stored = readStream(fit(data).bytes, 'escpos').find(
      (command) => command.kind === 'two-dimensional' && command.function === 80,
    );
    expect(stored?.kind === 'two-dimensional' && Buffer.from(stored.data.subarray(1)).toString()).toBe(data);
    expect(Buffer.from(fit(data).bytes).toString('hex')).toContain('1d286b2f01315030'); // 303 = 0x012f
  });

  it('is as large as the paper allows with its quiet zone, and refused where it does not fit', () => {
    expect(fit('x'.repeat(14))).toMatchObject({ moduleDots: 6, sideDots: 126 });
    expect(fit('x'.repeat(2_331)).moduleDots).toBe(3);
    expect(() => fit('x'.repeat(2_331), { ...onEpson, printableDots: 384, paperDots: 464 })).toThrow(/needs 531 dots/);
    expect(() => fit('x', profileNamed('zj-5870'))).toThrow(/draws none/);
    expect(() => fit('')).toThrow(/1 to 2953 bytes/);
    expect(() => fit('x'.repeat(2_332))).toThrow(/1 to 2953 bytes/);
    expect(() => fit('x', profileNamed('star-tsp143'))).toThrow(/draws none/);
  });

  it.each(['L', 'M', 'Q', 'H'] as const)('has the size another encoder gives it at level %s', (level: QrLevel) => {
    for (const bytes of [1, 7, 8, 14, 15, 100, 250, 251, 700, 1_273]) {
      const [drawn] = bwip.raw('qrcode', 'x'.repeat(bytes), `eclevel=${level}`);
      const side = drawn !== undefined && 'pixx' in drawn ? drawn.pixx : null;
      expect(sideModules({ bytes, level }), `${bytes} bytes`).toBe(side);
    }
  });
});
