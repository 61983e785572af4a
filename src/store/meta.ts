// Single facts about the store itself: under which key it was made, and the latest instant it has seen.
import Database from 'better-sqlite3';
import type { Db } from './database.ts';
import { TillError } from '../domain/till-error.ts';

export function readMeta(db: Db, key: string): string | null {
  const value = db.prepare<[string], string>('select value from meta where key = ?').pluck().get(key);
  return value ?? null;
}

export function removeMeta(db: Db, key: string): void {
  db.prepare('delete from meta where key = ?').run(key);
}

export function writeMeta(db: Db, key: string, value: string): void {
  db.prepare('insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value').run(
    key,
    value,
  );
}

export const FINGERPRINT = 'key-fingerprint';
/** When the copy that this store was made from was taken; gone once it has heard what came since (catch-up.ts). */
export const COPIED_AT = 'backup-at';
/** There while a restored store has not heard the list of used coupons, which could not be read (catch-up.ts). */
export const LIST_UNHEARD = 'used-coupons-unheard';
/** The stretches of serials that were printed after a backup that was restored (lost-coupons.ts). */
export const LOST_COUPONS = 'lost-coupons';

/** Under which key a store that nobody has open was made; null where none is written in it, or it cannot be read. */
export function fingerprintOfStore(file: string): string | null {
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    return readMeta(db, FINGERPRINT);
  } catch {
    // Damaged, or not ours: opening it for work says so, with a name for what is wrong.
    return null;
  } finally {
    db?.close();
  }
}

/**
 * A store keeps the fingerprint of the first key it is opened with, and belongs to that key from then on.
 * @throws TillError STORE_OTHER_KEY
 */
export function keepFingerprint(db: Db, from: { file: string; readonly: boolean; fingerprint: string }): void {
  const made = readMeta(db, FINGERPRINT);
  if (made === null) {
    if (!from.readonly) writeMeta(db, FINGERPRINT, from.fingerprint);
    return;
  }
  if (made !== from.fingerprint) {
    throw new TillError('STORE_OTHER_KEY', { file: from.file, made, given: from.fingerprint });
  }
}
