// Printer profiles: the ones we ship, the shop's own, and wrong ones.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { composeStrip } from '../../src/printer/compose.ts';
import { loadProfile, parseProfile } from '../../src/printer/profile.ts';
import { printOnPaper } from '../../src/printer/simulated/picture.ts';
import { ean13Code, gs1Code, strip } from './a-strip.ts';
import { FOLDERS, profileNamed, SHIPPED } from './a-till-printer.ts';

describe('a printer profile', () => {
  it.each(SHIPPED)('%s is whole, and a strip prints on it without a fault', (name) => {
    const profile = profileNamed(name);
    const codeOf = profile.paperWidthMm < 80 ? ean13Code : gs1Code;
    const composed = composeStrip({ parts: strip({ columns: profile.columns, codeOf }), profile });
    const bytes = Buffer.concat(composed.parts.map((part) => part.bytes));
    const paper = printOnPaper({ bytes, profile });
    expect(paper.problems).toEqual([]);
    expect(paper.pieces.flatMap(({ marks }) => marks.filter(({ kind }) => kind === 'symbol'))).toHaveLength(6);
    const paperMm = paper.pieces.reduce((sum, piece) => sum + piece.toY - piece.fromY, 0) / profile.dotsPerMm;
    expect(Math.abs(composed.millimetres - paperMm)).toBeLessThan(1);
    expect(composed.bytes).toBeLessThanOrEqual(1_600);
  });

  it('in the shop’s own folder wins over the one we ship', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tillcat-'));
    try {
      const own = { ...profileNamed('no-euro'), model: 'ours' };
      writeFileSync(join(folder, 'no-euro.json'), JSON.stringify(own));
      expect(loadProfile({ name: 'no-euro', folders: [folder, ...FOLDERS] }).model).toBe('ours');
      expect(loadProfile({ name: 'zj-5870', folders: [folder, ...FOLDERS] }).paperWidthMm).toBe(58);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('that does not exist is answered with those that do', () => {
    const ask = () => loadProfile({ name: 'epson-tm-t20', folders: ['/var/lib/shop/printers', ...FOLDERS] });
    expect(ask).toThrow(/"epson-tm-t20"; did you mean epson-tm-t20iii\? choose one of .*zj-5870/);
    expect(ask).toThrow(/or put epson-tm-t20\.json into \/var\/lib\/shop\/printers/);
    expect(() => loadProfile({ name: '../../package', folders: FOLDERS })).toThrow(/no printer profile/);
  });

  it('with a wrong field says which', () => {
    const wrong = JSON.stringify({ ...profileNamed('no-euro'), printableDots: 700, colour: 'red' });
    expect(() => parseProfile({ text: wrong, file: 'x.json' })).toThrow(/x\.json is not right: .*colour/);
    expect(() => parseProfile({ text: '{', file: 'x.json' })).toThrow(/x\.json is not right/);
  });
});
