// Garbled letters: a cut, a fresh connection or a Chinese firmware forgets the code page, and å ä ö é and € must still be right.
import { describe, expect, it } from 'vitest';
import type { Piece } from '../../src/printer/paper-marks.ts';
import { NAMES } from '../printer/a-strip.ts';
import { SHIPPED, profileNamed, tillPrinter } from '../printer/a-till-printer.ts';
import { expectNextStripWhole, inTheThirdPart, printerOn } from './a-printer-on-a-cable.ts';
import { WAYS } from './cables.ts';

const AMOUNT = '-0,30 €';

function lettersOf({ marks }: Piece): string {
  return marks.map((mark) => (mark.kind === 'text' ? mark.text : '')).join('');
}

describe.concurrent.each(WAYS)('over %s', (way) => {
  it('the last coupon behind six cuts is as right as the first, and so is the strip after a broken one', async () => {
    await using till = await printerOn(way);
    await till.untilReady();
    till.device.setAfterBytes(inTheThirdPart(till), { unplugged: true });
    await till.print();
    await till.cable.plugIn();
    await till.untilReady();
    const before = till.device.pieces.length;
    await expectNextStripWhole(till);
    const coupons = till.device.pieces.slice(before).slice(1, 7);
    const words = coupons.map(lettersOf);
    // The last name holds a Polish letter and a dash no Western page has: those are written in others that it has.
    for (const [i, name] of NAMES.slice(0, 5).entries()) expect(words[i]).toContain(name);
    for (const piece of words) expect(piece).toContain(AMOUNT);
  });
});

describe('on every printer we know', () => {
  it.each(SHIPPED)(
    '%s prints only letters its own pages have, and says an amount without a euro sign where it has none',
    async (name) => {
      const { device, print } = tillPrinter({ profile: profileNamed(name) });
      await print();
      device.tear();
      const words = device.pieces.map(lettersOf).join(' ');
      expect(device.problems).toEqual([]);
      expect(words).not.toContain('\uFFFD');
      expect(words).toContain(name === 'no-euro' ? '-0,30 EUR' : AMOUNT);
      expect(words).toContain('Pågen Åkerö ÄÖ');
    },
  );
});
