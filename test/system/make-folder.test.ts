// The folders of the configuration: made where they can be, named where they cannot, and never waited for.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeDataFolder, makeFolder } from '../../src/system/make-folder.ts';
import { findOrMakeShopKey } from '../../src/system/shop-key.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a folder is made with those above it, for its owner alone, and twice is no harm', () => {
  const deep = join(folder, 'var', 'till', 'state');
  makeDataFolder(deep);
  makeDataFolder(deep);
  expect(statSync(deep).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'var')).mode & 0o777).toBe(0o700);
});

// Node's own way of making a path of folders tries this one for ever, deaf to every signal.
test('a place where the kernel takes no folder is named at once, with what to do', () => {
  expect(() => makeDataFolder('/proc/tillcat/state')).toThrow(
    /^Cannot make the data folder \/proc\/tillcat\/state: .*mkdir '\/proc\/tillcat'; set data in the configuration /,
  );
  expect(() => findOrMakeShopKey({ secretsFolder: '/proc/tillcat', env: {} })).toThrow(/none can be made at \/proc/);
});

test('a file in the way is named', () => {
  writeFileSync(join(folder, 'var'), '');
  expect(() => makeDataFolder(join(folder, 'var', 'state'))).toThrow(/Cannot make the data folder .*var/);
  expect(() => makeFolder(join(folder, 'var'))).toThrow(/EEXIST/);
});
