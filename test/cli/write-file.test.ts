// What a command writes tells what somebody buys: nobody but its owner reads it.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeFile } from '../../src/cli/write-file.ts';

test('a written file is for its owner alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tillcat-write-'));
  try {
    const file = join(folder, 'strip.png');
    writeFile(file, 'PNG');
    expect(readFileSync(file, 'utf8')).toBe('PNG');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(() => writeFile(join(folder, 'no', 'strip.png'), 'PNG')).toThrow(/no.strip\.png/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
