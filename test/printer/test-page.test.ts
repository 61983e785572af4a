// The page of `printer test`, as every printer we know puts it on paper.
import { describe, expect, it } from 'vitest';
import { composeStrip } from '../../src/printer/compose.ts';
import { printOnPaper, writeOut } from '../../src/printer/simulated/picture.ts';
import { flawsOfStrip } from '../../src/printer/verify-strip.ts';
import { testPage } from '../../src/receipt/test-page.ts';
import { profileNamed, SHIPPED } from './a-till-printer.ts';

describe('the test page', () => {
  it.each(SHIPPED)('shows width, characters, a code and the cut on %s', (name) => {
    const profile = profileNamed(name);
    const { model, columns } = profile;
    const cutterDistanceMm = profile.hasCutter ? profile.cutterDistanceMm : null;
    const hasWideCode = profile.printableDots >= 488;
    const parts = testPage({ model, profile: name, columns, hasWideCode, cutterDistanceMm });
    const strip = composeStrip({ parts, profile });
    expect(flawsOfStrip({ parts, strip, profile })).toEqual([]);
    const { pieces } = printOnPaper({ bytes: Buffer.concat(strip.parts.map((part) => part.bytes)), profile });
    const lines = writeOut({ pieces, profile }).split('\n');
    expect(lines).toContain('----+----1----+----2----+----3----+----4----+----5'.slice(0, columns));
    expect(lines.join('\n')).toContain(name === 'no-euro' ? 'ß EUR %' : 'ß € %');
    expect(lines.join('\n')).toContain(hasWideCode ? '(17)000101(255)9501101000009000000000000' : '2900000000001');
    if (profile.hasCutter) {
      // The arrows stand on two pieces: nothing is between them but the blade.
      expect(pieces).toHaveLength(2);
      expect(writeOut({ pieces: pieces.slice(1), profile })).toMatch(/^v+\n/);
    }
  });
});
