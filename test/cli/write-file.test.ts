// What a command writes tells what somebody buys: nobody but its owner reads it.
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFile } from '../../src/cli/write-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-write-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const rightsOf = (file: string): number => statSync(file).mode & 0o777;

test('a written file is for its owner alone', () => {
  const file = join(folder, 'strip.png');
  writeFile(file, 'PNG');
  expect(readFileSync(file, 'utf8')).toBe('PNG');
  expect(rightsOf(file)).toBe(0o600);
  expect(() => writeFile(join(folder, 'no', 'strip.png'), 'PNG')).toThrow(/no.strip\.png/);
});

test('a file that everybody could read is for its owner alone once a customer is in it', () => {
  const file = join(folder, 'customer.json');
  writeFileSync(file, 'of yesterday');
  chmodSync(file, 0o666);
  const opened = openSync(file, 'r');
  writeFile(file, 'of today');
  expect(readFileSync(file, 'utf8')).toBe('of today');
  expect(rightsOf(file)).toBe(0o600);
  // Whoever had it open has what it was.
  expect(readFileSync(opened, 'utf8')).toBe('of yesterday');
  closeSync(opened);
  expect(readdirSync(folder)).toEqual(['customer.json']);
});

test('a link stays a link, and what it leads to is for its owner alone', () => {
  const file = join(folder, 'customer.json');
  writeFileSync(file, '', { mode: 0o644 });
  symlinkSync('customer.json', join(folder, 'link.json'));
  writeFile(join(folder, 'link.json'), 'of today');
  expect(readFileSync(file, 'utf8')).toBe('of today');
  expect(rightsOf(file)).toBe(0o600);
});

test('what is no file is written to as it is, and a folder is refused', () => {
  writeFile('/dev/null', 'of today');
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  mkdirSync(join(folder, 'customers'));
  expect(() => writeFile(join(folder, 'customers'), 'of today')).toThrow(/customers/);
  expect(readdirSync(folder)).toEqual(['customers']);
});
