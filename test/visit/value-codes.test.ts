// Value coupons on paper: the EAN-13 of the till's own mask, read back from a picture of the strip by a reader that is not ours.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { drawPaper } from '../../src/printer/simulated/picture.ts';
import { areThere } from '../end-to-end/needed-programs.ts';
import { CARDS } from './corner-shop.ts';
import { openTill } from './open-till.ts';

/** Two places for the offer, three for the cents. */
const VALUE_COUPONS = { code: 'value', valueMask: '9821234OOVVVC' } as const;

it.skipIf(!areThere('ZXingReader'))(
  'ZXing reads the till’s code off each coupon, with its cents and check digit',
  async () => {
    await using till = await openTill({ coupons: VALUE_COUPONS });
    const { visit } = await till.serve(CARDS.anna);
    const coupons = till.record(visit).coupons;
    expect(coupons).toHaveLength(6);
    const pieces = till.device.strips.at(-1)?.slice(1, 7) ?? [];
    const codes = pieces.map((piece) => codeRead(drawPaper({ pieces: [piece], profile: till.device.profile })));
    // 98 2 1234 OO VVV C: the amount on the paper is in the code, in cents; one reads the other off the same piece.
    const amounts = pieces.flatMap(({ marks }) => {
      const words = marks.map((mark) => (mark.kind === 'text' ? mark.text : '')).join('');
      const [, euros, cents] = /-(\d),(\d\d) €/.exec(words) ?? [];
      return euros === undefined || cents === undefined ? [] : [`${euros}${cents}`];
    });
    expect(codes.map((code) => code.slice(9, 12))).toEqual(amounts);
    for (const code of codes) expect(code).toMatch(/^9821234\d{6}$/);
    const inLedger = coupons.map(({ serial }) => till.shop.ledger.codeOf(serial));
    expect(inLedger.map((code) => (code?.kind === 'ean13' ? code.digits : '')).sort()).toEqual([...codes].sort());
  },
);

/** What a scanner would type. */
function codeRead(png: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'tillcat-'));
  const file = join(folder, 'coupon.png');
  writeFileSync(file, png);
  const read = execFileSync('ZXingReader', ['-format', 'EAN-13', file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return /^Text:\s+"(.*)"$/m.exec(read)?.[1] ?? '';
}
