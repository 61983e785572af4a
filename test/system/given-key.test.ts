// A key that is given to a till: as bytes or digits, once, and never in place of another.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keyFacts, setKey } from '../../src/app-key.ts';
import { parseConfig } from '../../src/config/load-config.ts';
import { openDatabase } from '../../src/store/database.ts';

const KEY = Buffer.alloc(32, 3);
const OTHER = Buffer.alloc(32, 4);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-key-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const config = () => ({
  ...parseConfig({ yaml: '', file: 'tillcat.yaml' }),
  data: join(folder, 'data'),
  secrets: join(folder, 'secrets'),
});

test('is stored for its owner alone, and known by its fingerprint from then on', () => {
  expect(keyFacts(config())).toBeNull();
  const { file, fingerprint, isNew } = setKey(config(), KEY);
  expect(isNew).toBe(true);
  expect(readFileSync(file).equals(KEY)).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(keyFacts(config())?.fingerprint).toBe(fingerprint);
});

test('may be given as hexadecimal digits, and twice', () => {
  setKey(config(), KEY);
  expect(setKey(config(), Buffer.from(`${KEY.toString('hex')}\n`)).isNew).toBe(false);
});

test('never takes another key’s place, nor that of a key whose store is here', () => {
  setKey(config(), KEY);
  expect(() => setKey(config(), OTHER)).toThrow(/nothing was changed/);
  rmSync(join(folder, 'secrets'), { recursive: true });
  openDatabase({ file: join(folder, 'data', 'tillcat.db'), keyFingerprint: '0123456789abcdef' }).close();
  expect(() => setKey(config(), KEY)).toThrow(/0123456789abcdef/);
  expect(keyFacts(config())).toBeNull();
});

test('is refused where it is no key', () => {
  expect(() => setKey(config(), Buffer.from('hunter2'))).toThrow(/must have 32/);
});
