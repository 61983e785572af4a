// The composition root's key: given to a till before its first import, and told by its fingerprint ever after.
import { existsSync } from 'node:fs';
import type { Config } from './config/schema.ts';
import { storeFile } from './app-backup.ts';
import { TillError } from './domain/till-error.ts';
import { keyFingerprint } from './store/code-hash.ts';
import { fingerprintOfStore } from './store/meta.ts';
import { findShopKey, parseShopKey, putShopKey } from './system/shop-key.ts';

export type KeyFacts = { readonly fingerprint: string; readonly file: string; readonly source: 'credential' | 'file' };

/** null where the till has none yet. @throws TillError SHOP_KEY_… */
export function keyFacts(config: Config): KeyFacts | null {
  const found = findShopKey({ secretsFolder: config.secrets, env: process.env });
  if (found === null || found.source === 'made') return null;
  return { fingerprint: keyFingerprint(found.key), file: found.file, source: found.source };
}

/**
 * The same key again changes nothing, so that a fleet's script may run twice.
 * @throws TillError SHOP_KEY_WRONG_LENGTH, SHOP_KEY_IN_USE where another key is here already, or a store made under one
 */
export function setKey(config: Config, given: Uint8Array): KeyFacts & { readonly isNew: boolean } {
  const key = parseShopKey(given);
  const fingerprint = keyFingerprint(key);
  const present = keyFacts(config);
  if (present !== null) {
    if (present.fingerprint === fingerprint) return { ...present, isNew: false };
    throw new TillError('SHOP_KEY_IN_USE', { place: present.file, made: present.fingerprint, given: fingerprint });
  }
  const store = storeFile(config);
  const made = existsSync(store) ? fingerprintOfStore(store) : null;
  if (made !== null && made !== fingerprint) {
    throw new TillError('SHOP_KEY_IN_USE', { place: store, made, given: fingerprint });
  }
  return { fingerprint, file: putShopKey({ secretsFolder: config.secrets, key }), source: 'file', isNew: true };
}
