// The composition root's backups: made beside a running daemon, restored under the lock of a stopped one, found by a start.
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Shop } from './app.ts';
import type { Config } from './config/schema.ts';
import { isoDay, type Instant } from './domain/calendar.ts';
import { TillError } from './domain/till-error.ts';
import { nightlyBackups, writeBackup, writeNightlyBackup, type BackupFacts } from './store/backup.ts';
import { damageOf } from './store/check-pages.ts';
import { keyFingerprint } from './store/code-hash.ts';
import { noteDamage, recoverStore, restoreBackup, type Recovery, type Restored } from './store/restore.ts';
import { lockFolder } from './system/folder-lock.ts';
import { makeDataFolder } from './system/make-folder.ts';
import { realClock } from './system/real-clock.ts';
import { findShopKey } from './system/shop-key.ts';

/** A big store on a slow card, at the lowest priority. */
const LOOKING_MS = 60 * 60_000;

export const storeFile = (config: Config): string => join(config.data, 'tillcat.db');
const backupFolder = (config: Config): string => join(config.data, 'backups');

export function backUp(shop: Shop, file: string): { file: string; facts: BackupFacts } {
  const to = resolve(file);
  return { file: to, facts: writeBackup({ db: shop.db, file: to, at: shop.clock.now() }) };
}

/** The night's: the store itself is looked through first, so that a damaged one never takes a sound backup's place. */
export function backUpNightly(shop: Shop): { file: string; facts: BackupFacts } {
  const problem = damageOf(shop.file, 'indexes');
  if (problem !== null) {
    noteDamage({ file: shop.file, problem });
    throw new TillError('STORE_DAMAGED', { file: shop.file, problem });
  }
  const now = shop.clock.now();
  const today = shop.calendar.dayOf(now);
  return writeNightlyBackup({ db: shop.db, folder: backupFolder(shop.config), at: now, day: isoDay(today) });
}

export const hasNightlyBackup = (config: Config): boolean => nightlyBackups(backupFolder(config)).length > 0;

/** @throws TillError FOLDER_IN_USE while a daemon runs, BACKUP_UNUSABLE */
export async function restore(config: Config, file: string): Promise<Restored> {
  makeDataFolder(config.data);
  const lock = await lockFolder(config.data);
  try {
    const fingerprint = fingerprintOf(config);
    if (fingerprint === null) {
      const problem = 'this till has no shop key yet, without which it is worth nothing (tillcat key set)';
      throw new TillError('BACKUP_UNUSABLE', { file, problem });
    }
    return restoreBackup({ file: storeFile(config), fingerprint, now: realClock.now(), backup: resolve(file) });
  } finally {
    await lock[Symbol.asyncDispose]();
  }
}

/** For the daemon's start, under the folder's lock. @throws TillError STORE_DAMAGED */
export function recover(config: Config): Recovery | null {
  const fingerprint = fingerprintOf(config);
  if (fingerprint === null) return null;
  const backups = backupFolder(config);
  return recoverStore({ file: storeFile(config), fingerprint, now: realClock.now(), backups });
}

/** For the journal: what happened, what stands now, and what is lost. */
export function recoveryWords(recovery: Recovery, now: Instant): string {
  const { problem, backup, facts, setAside } = recovery;
  const age = facts.at === null ? 'an unknown time' : `${Math.max(0, Math.round((now - facts.at) / 3_600_000))} hours`;
  const made = facts.at === null ? '' : ` of ${new Date(facts.at).toISOString()}`;
  return (
    `The store was damaged (${problem}) and is set aside as ${setAside ?? 'nothing'}; the backup ${backup}${made} stands in its place. ` +
    `Lost is what came in ${age} since: imports, visits, opt-outs. Import the purchases again. ${couponWords(recovery)}`
  );
}

/** What a restore means for coupons on paper: what was used since, and what was printed since. */
export function couponWords({ usedSince, knowsPrinted }: Pick<Restored, 'usedSince' | 'knowsPrinted'>): string {
  const used = usedWords(usedSince);
  const printed = knowsPrinted
    ? 'Coupons printed since are good when their whole code is scanned; 12 digits keyed, or a pointer of 13, are refused for them. No serial is issued twice.'
    : 'Coupons printed since are refused, for the serials claimed are not known here; new ones get numbers never used before.';
  return `${used} ${printed}`;
}

function usedWords(usedSince: Restored['usedSince']): string {
  if (usedSince === null)
    return 'Which coupons were used since the backup is not known, for there is no list of used coupons beside the store: they can be used once more.';
  if (usedSince === 'unreadable')
    return 'Which coupons were used since the backup is not known yet, for the list of used coupons cannot be read: none is redeemed until it can, and TillCAT is started again.';
  return `Coupons used since the backup (${usedSince}) stay used.`;
}

/** Looks through the store in a process of its own; what it finds is noted for the next start. Null where all is well. */
export async function lookThrough(file: string, signal: AbortSignal): Promise<string | null> {
  const program = join(import.meta.dirname, 'store', 'check-store.ts');
  const args = ['--disable-warning=ExperimentalWarning', program, file];
  const { stdout } = await promisify(execFile)(process.execPath, args, { signal, timeout: LOOKING_MS });
  const said = stdout.trim();
  if (said === 'sound') return null;
  noteDamage({ file, problem: said });
  return said;
}

function fingerprintOf(config: Config): string | null {
  const found = findShopKey({ secretsFolder: config.secrets, env: process.env });
  return found === null ? null : keyFingerprint(found.key);
}
