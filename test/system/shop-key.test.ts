// The shop's key: given, or made once; never exposed, never short, never replaced.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findOrMakeShopKey, findShopKey } from '../../src/system/shop-key.ts';

let folder: string;
let secretsFolder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-key-'));
  secretsFolder = join(folder, 'secrets');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function give(bytes: Uint8Array, mode = 0o600): string {
  mkdirSync(secretsFolder, { recursive: true });
  const file = join(secretsFolder, 'shop.key');
  writeFileSync(file, bytes);
  chmodSync(file, mode);
  return file;
}

test('is made once where none is given, readable for nobody else, and is the same ever after', () => {
  expect(findShopKey({ secretsFolder, env: {} })).toBeNull();
  const made = findOrMakeShopKey({ secretsFolder, env: {} });
  expect(made.source).toBe('made');
  expect(made.key).toHaveLength(32);
  expect(statSync(made.file).mode & 0o777).toBe(0o600);
  expect(statSync(secretsFolder).mode & 0o777).toBe(0o700);
  expect(readdirSync(secretsFolder)).toEqual(['shop.key']);
  const again = findOrMakeShopKey({ secretsFolder, env: {} });
  expect(again).toEqual({ ...made, key: again.key, source: 'file' });
  expect(Buffer.from(again.key).equals(made.key)).toBe(true);
});

test('that systemd hands in comes before the one in the folder', () => {
  give(new Uint8Array(32).fill(1));
  const credentials = join(folder, 'credentials');
  mkdirSync(credentials);
  writeFileSync(join(credentials, 'shop.key'), new Uint8Array(32).fill(2), { mode: 0o440 });
  const found = findOrMakeShopKey({ secretsFolder, env: { CREDENTIALS_DIRECTORY: credentials } });
  expect(found.source).toBe('credential');
  expect(found.key[0]).toBe(2);
});

test('is taken from the folder where systemd hands in other credentials only', () => {
  give(new Uint8Array(32).fill(1));
  expect(findShopKey({ secretsFolder, env: { CREDENTIALS_DIRECTORY: folder } })?.source).toBe('file');
});

test.each([0, 31, 33, 64])('of %i bytes is refused and left as it is', (length) => {
  const file = give(new Uint8Array(length));
  expect(() => findOrMakeShopKey({ secretsFolder, env: {} })).toThrow(`has ${length} bytes and must have 32`);
  expect(readFileSync(file)).toHaveLength(length);
});

test.each([0o640, 0o604, 0o644])('that others may read (mode %o) is refused, with the remedy', (mode) => {
  const file = give(new Uint8Array(32), mode);
  expect(() => findShopKey({ secretsFolder, env: {} })).toThrow(`chmod 600 ${file}`);
});

test('that cannot be read is not taken for missing', () => {
  mkdirSync(join(secretsFolder, 'shop.key'), { recursive: true });
  expect(() => findOrMakeShopKey({ secretsFolder, env: {} })).toThrow('Cannot read the shop key');
});

test('that cannot be written is said with its place', () => {
  writeFileSync(secretsFolder, 'a file where the folder should be');
  expect(() => findOrMakeShopKey({ secretsFolder, env: {} })).toThrow(join(secretsFolder, 'shop.key'));
});
