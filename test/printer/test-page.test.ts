// The page of `printer test`, as every printer we know puts it on paper.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { composeStrip } from '../../src/printer/compose.ts';
import { drawPaper, printOnPaper, writeOut } from '../../src/printer/simulated/picture.ts';
import { flawsOfStrip } from '../../src/printer/verify-strip.ts';
import { testPage } from '../../src/receipt/test-page.ts';
import { areThere } from '../end-to-end/needed-programs.ts';
import { profileNamed, SHIPPED } from './a-till-printer.ts';

function pageOn(name: string) {
  const profile = profileNamed(name);
  const { model, columns } = profile;
  const cutterDistanceMm = profile.hasCutter ? profile.cutterDistanceMm : null;
  const hasWideCode = profile.printableDots >= 488;
  const hasQr = profile.symbologies.includes('qr');
  const parts = testPage({ model, profile: name, columns, hasWideCode, hasQr, cutterDistanceMm });
  const strip = composeStrip({ parts, profile });
  const { pieces } = printOnPaper({ bytes: Buffer.concat(strip.parts.map((part) => part.bytes)), profile });
  return { profile, parts, strip, pieces, hasQr, hasWideCode };
}

describe('the test page', () => {
  it.each(SHIPPED)('shows width, characters, a code and the cut on %s', (name) => {
    const { profile, parts, strip, pieces, hasQr, hasWideCode } = pageOn(name);
    expect(flawsOfStrip({ parts, strip, profile })).toEqual([]);
    const lines = writeOut({ pieces, profile }).split('\n');
    expect(lines).toContain('----+----1----+----2----+----3----+----4----+----5'.slice(0, profile.columns));
    expect(lines.join('\n')).toContain(name === 'no-euro' ? 'ß EUR %' : 'ß € %');
    expect(lines.join('\n')).toContain(hasWideCode ? '(17)000101(255)9501101000009000000000000' : '2900000000001');
    expect(lines.join('\n').includes(`TillCAT, ${name}: åäö €`)).toBe(hasQr);
    if (profile.hasCutter) {
      // The arrows stand on two pieces: nothing is between them but the blade.
      expect(pieces).toHaveLength(2);
      expect(writeOut({ pieces: pieces.slice(1), profile })).toMatch(/^v+\n/);
    }
  });

  it.skipIf(!areThere('ZXingReader')).each(SHIPPED)('carries codes that ZXing reads from its picture on %s', (name) => {
    const { profile, pieces } = pageOn(name);
    const folder = mkdtempSync(join(tmpdir(), 'tillcat-'));
    const file = join(folder, 'page.png');
    writeFileSync(file, drawPaper({ pieces, profile }));
    const read = execFileSync('ZXingReader', [file], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    const texts = [...read.matchAll(/^Text:\s+"(.*)"$/gm)].map(([, content]) => content);
    const bars = profile.printableDots >= 488 ? '170001012559501101000009000000000000' : '2900000000001';
    const square = profile.symbologies.includes('qr') ? [`TillCAT, ${name}: åäö €`] : [];
    expect(texts.sort()).toEqual([bars, ...square].sort());
  });
});
