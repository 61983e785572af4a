// The codes read back from the picture of the paper, by readers that are not ours.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CouponCode } from '../../src/domain/strip.ts';
import { composeStrip } from '../../src/printer/compose.ts';
import { drawPaper, printOnPaper } from '../../src/printer/simulated/picture.ts';
import { ean13Code, gs1Code, NAMES, serial, strip } from './a-strip.ts';
import { profileNamed } from './a-till-printer.ts';

/** Debian's zxing-cpp-tools and zbar-tools; each test is skipped, and says so, where its reader is missing. */
const has = (command: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const profiles = ['epson-tm-t20iii', 'epson-tm-t88v', 'star-tsp143', 'zj-5870'];

function scanned(code: CouponCode): string {
  return code.kind === 'gs1' ? code.elementString.replace(/[()]/g, '') : code.digits;
}

function readFromPicture({ name, read }: { name: string; read: (file: string) => string }) {
  const profile = profileNamed(name);
  const codeOf = profile.printableDots < 488 ? ean13Code : gs1Code;
  const { parts } = composeStrip({ parts: strip({ columns: profile.columns, codeOf }), profile });
  const { pieces } = printOnPaper({ bytes: Buffer.concat(parts.map((part) => part.bytes)), profile });
  const folder = mkdtempSync(join(tmpdir(), 'tillcat-'));
  try {
    const file = join(folder, 'strip.png');
    writeFileSync(file, drawPaper({ pieces, profile }));
    return { text: read(file), wanted: NAMES.map((_, i) => scanned(codeOf(serial(i + 1)))) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the picture of a strip', () => {
  it.skipIf(!has('ZXingReader')).each(profiles)('of %s carries every code, read by ZXing', (name) => {
    const read = (file: string): string => execFileSync('ZXingReader', [file], { encoding: 'utf8' });
    const { text, wanted } = readFromPicture({ name, read });
    const texts = [...text.matchAll(/^Text:\s+"(.*)"$/gm)].map(([, content]) => content);
    expect(texts.sort()).toEqual(wanted.sort());
    if (name !== 'zj-5870') expect(text).toContain(']C1');
  });

  it.skipIf(!has('zbarimg')).each(profiles)('of %s carries every code, read by zbar', (name) => {
    const read = (file: string): string =>
      execFileSync('zbarimg', ['-q', '--raw', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const { text, wanted } = readFromPicture({ name, read });
    expect(text.trim().split('\n').sort()).toEqual(wanted.sort());
  });
});
