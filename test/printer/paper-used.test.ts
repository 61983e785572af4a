// How much paper a strip of six takes on every printer we know: the cuts are placed by the blade's distance.
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import { composeStrip } from '../../src/printer/compose.ts';
import { printOnPaper } from '../../src/printer/simulated/picture.ts';
import { layOutStrip } from '../../src/receipt/strip-layout.ts';
import { SIX, stripOf } from '../receipt/sample-strip.ts';
import { ean13Code, gs1Code, line, strip } from './a-strip.ts';
import { profileNamed, SHIPPED } from './a-till-printer.ts';

describe('six coupons', () => {
  it.each(SHIPPED)('take no more than 240 mm of 80 mm paper, or 290 of 58 mm, on %s', (name) => {
    const profile = profileNamed(name);
    const six = SIX.map((coupon) =>
      profile.printableDots < 488 ? { ...coupon, code: ean13Code(coupon.serial) } : coupon,
    );
    for (const language of LANGUAGES) {
      const parts = layOutStrip({ strip: stripOf(six, language), columns: profile.columns });
      const composed = composeStrip({ parts, profile });
      expect(composed.millimetres).toBeLessThanOrEqual(profile.paperWidthMm < 80 ? 290 : 240);
      expect(composed.bytes).toBeLessThanOrEqual(1_600);
    }
  });

  it.each([5, 12, 15, 25, 40])('are cut between their lines by a blade %d mm from the head', (cutterDistanceMm) => {
    const profile = { ...profileNamed('epson-tm-t20iii'), cutterDistanceMm };
    const { parts } = composeStrip({ parts: strip({ columns: 48, codeOf: gs1Code }), profile });
    const paper = printOnPaper({ bytes: Buffer.concat(parts.map(({ bytes }) => bytes)), profile });
    expect(paper.problems).toEqual([]);
    expect(paper.pieces.map(({ cut }) => cut)).toEqual([...Array<string>(7).fill('partial'), 'full']);
    for (const piece of paper.pieces.slice(1, 7)) {
      expect(piece.marks.filter(({ kind }) => kind === 'symbol')).toHaveLength(1);
      const top = Math.min(...piece.marks.map(({ y }) => y)) - piece.fromY;
      expect(top / profile.dotsPerMm).toBeGreaterThanOrEqual(1.2);
    }
  });

  it('never put a code on paper with the part ahead of it, however far away the blade is', () => {
    const profile = { ...profileNamed('epson-tm-t20iii'), cutterDistanceMm: 60 };
    const parts = strip({ columns: 48, codeOf: gs1Code });
    const [header] = composeStrip({ parts, profile }).parts;
    const paper = printOnPaper({ bytes: header?.bytes ?? new Uint8Array(0), profile });
    expect(paper.pieces.flatMap(({ marks }) => marks.filter(({ kind }) => kind === 'symbol'))).toEqual([]);
  });

  it('need no cut at the end of a part', () => {
    const parts = [
      { serial: null, elements: [line('one')] },
      { serial: null, elements: [line('two')] },
    ];
    const paper = composeStrip({ parts, profile: profileNamed('epson-tm-t20iii') });
    expect(paper.parts.map(({ millimetres }) => millimetres)).toEqual([27 / 8, 27 / 8]);
  });
});
