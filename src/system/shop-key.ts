// The shop's one secret: handed in by systemd, or in the secrets folder, or made once where none is given.
import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import { makeFolder } from './make-folder.ts';

export const SHOP_KEY_BYTES = 32;
const NAME = 'shop.key';

export type ShopKey = {
  readonly key: Uint8Array;
  readonly file: string;
  /** `made`: just now, by this program; the other tills of the shop need a copy. */
  readonly source: 'credential' | 'file' | 'made';
};

type Where = { secretsFolder: string; env: Readonly<Record<string, string | undefined>> };

/**
 * The key that is given, or null. A systemd credential comes first.
 * @throws TillError SHOP_KEY_UNREADABLE, SHOP_KEY_WRONG_LENGTH or SHOP_KEY_EXPOSED
 */
export function findShopKey({ secretsFolder, env }: Where): ShopKey | null {
  const credentials = env['CREDENTIALS_DIRECTORY'] ?? '';
  if (credentials !== '') {
    const file = join(credentials, NAME);
    // The credentials folder is the service's alone; its files carry an ACL that a mode alone does not show.
    const key = readKey({ file, mayBeExposed: true });
    if (key !== null) return { key, file, source: 'credential' };
  }
  const file = join(secretsFolder, NAME);
  const key = readKey({ file, mayBeExposed: false });
  return key === null ? null : { key, file, source: 'file' };
}

/**
 * The key that is given; where none is, one is made and is on disk before this returns.
 * @throws TillError as {@link findShopKey}, or SHOP_KEY_UNWRITABLE
 */
export function findOrMakeShopKey(where: Where): ShopKey {
  const found = findShopKey(where);
  if (found !== null) return found;
  const file = join(where.secretsFolder, NAME);
  const key = randomBytes(SHOP_KEY_BYTES);
  try {
    makeFolder(where.secretsFolder);
    if (writeOnce({ folder: where.secretsFolder, file, key })) return { key, file, source: 'made' };
  } catch (thrown) {
    throw new TillError('SHOP_KEY_UNWRITABLE', { file, problem: toError(thrown).message }, { cause: thrown });
  }
  // Another process made one in the same moment: that one is the shop's.
  const theirs = findShopKey(where);
  if (theirs === null) throw new TillError('SHOP_KEY_UNWRITABLE', { file, problem: 'it was taken away again' });
  return theirs;
}

/**
 * A key as people pass it on: the 32 bytes, or 64 hexadecimal digits with or without a line end.
 * @throws TillError SHOP_KEY_WRONG_LENGTH
 */
export function parseShopKey(given: Uint8Array): Uint8Array {
  if (given.length === SHOP_KEY_BYTES) return given;
  const text = Buffer.from(given).toString('latin1').trim();
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Buffer.from(text, 'hex');
  throw new TillError('SHOP_KEY_WRONG_LENGTH', {
    file: 'given',
    foundBytes: given.length,
    wantedBytes: SHOP_KEY_BYTES,
  });
}

/** Puts the shop's key where none is; answers its file. @throws TillError SHOP_KEY_UNWRITABLE */
export function putShopKey({ secretsFolder, key }: { secretsFolder: string; key: Uint8Array }): string {
  const file = join(secretsFolder, NAME);
  try {
    makeFolder(secretsFolder);
    if (writeOnce({ folder: secretsFolder, file, key })) return file;
  } catch (thrown) {
    throw new TillError('SHOP_KEY_UNWRITABLE', { file, problem: toError(thrown).message }, { cause: thrown });
  }
  throw new TillError('SHOP_KEY_UNWRITABLE', { file, problem: 'another one was put there in this moment' });
}

function readKey({ file, mayBeExposed }: { file: string; mayBeExposed: boolean }): Uint8Array | null {
  let key: Uint8Array;
  let mode: number;
  try {
    const opened = openSync(file, 'r');
    try {
      mode = fstatSync(opened).mode & 0o777;
      key = readFileSync(opened);
    } finally {
      closeSync(opened);
    }
  } catch (thrown) {
    const error = toError(thrown);
    if ('code' in error && error.code === 'ENOENT') return null;
    throw new TillError('SHOP_KEY_UNREADABLE', { file, problem: error.message }, { cause: thrown });
  }
  if (!mayBeExposed && (mode & 0o077) !== 0) throw new TillError('SHOP_KEY_EXPOSED', { file, mode: mode.toString(8) });
  if (key.length !== SHOP_KEY_BYTES) {
    throw new TillError('SHOP_KEY_WRONG_LENGTH', { file, foundBytes: key.length, wantedBytes: SHOP_KEY_BYTES });
  }
  return key;
}

/** Whole or not at all, even over a power cut, and never over a key that is there; false where one is. */
function writeOnce({ folder, file, key }: { folder: string; file: string; key: Uint8Array }): boolean {
  const draft = `${file}.${process.pid}.draft`;
  rmSync(draft, { force: true });
  const opened = openSync(draft, 'wx', 0o600);
  try {
    writeSync(opened, key);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
  try {
    linkSync(draft, file);
  } catch (thrown) {
    const error = toError(thrown);
    if ('code' in error && error.code === 'EEXIST') return false;
    throw thrown;
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(folder);
  return true;
}

function syncFolder(folder: string): void {
  const opened = openSync(folder, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
