// Puts a backup in the store's place, so that a power cut at any moment leaves the one or the other.
//
//   backup -> tillcat.db.restoring.draft -> tillcat.db.restoring        (whole, without the forgotten: from here on it will be;
//                                                                        a log the backup has beside it goes into it)
//             tillcat.db, -wal, -shm     -> set-aside/tillcat-….db      (a log must never meet another store's pages)
//             tillcat.db.restoring       -> tillcat.db
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '../domain/calendar.ts';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import { checkedBackup, nightlyBackups, type BackupFacts } from './backup.ts';
import { damageOf, damageOfHead } from './check-pages.ts';
import { cleanCopy } from './restored-copy.ts';
import { putInPlace, syncFile, syncFolderOf } from './durable-file.ts';
import { forgottenListOf, readForgotten } from './forgotten-list.ts';
import { setAsideFolder, setAsideName } from './kept-copies.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { serialClaimsOf } from './serial-claims.ts';
import { SMALL_STORE_BYTES } from './small-store.ts';
import { usedCouponsOf, usedSince } from './used-coupons.ts';

const COMPANIONS = ['', '-wal', '-shm'] as const;

export type Restored = {
  readonly backup: string;
  readonly facts: BackupFacts;
  /** Where the store that stood there went; null where there was none. */
  readonly setAside: string | null;
  /** How many coupons were used after the backup and stay so; null where no list tells (used-coupons.ts). */
  readonly usedSince: number | 'unreadable' | null;
  /** Whether it is known which serials may have been printed since (lost-coupons.ts). */
  readonly knowsPrinted: boolean;
};

/** What a start found and did; null where all was well. */
export type Recovery = Restored & { readonly problem: string };

type Place = { readonly file: string; readonly fingerprint: string; readonly now: Instant };

/**
 * Only under the folder's lock: nobody may have the store open.
 * @throws TillError BACKUP_UNUSABLE, and nothing is changed; BACKUP_FAILED where there is no room for the copy
 */
export function restoreBackup({ file, fingerprint, now, backup }: Place & { backup: string }): Restored {
  const facts = checkedBackup({ file: backup, fingerprint, newestSchema: MIGRATIONS.length });
  const draft = draftOf(file);
  try {
    removeDraft(file);
    copyFileSync(backup, draft);
    // A store that was set aside after a power cut: what came last stands in its log only.
    if (existsSync(`${backup}-wal`)) copyFileSync(`${backup}-wal`, `${draft}-wal`);
    cleanCopy({ copy: draft, forgotten: readForgotten(forgottenListOf(file)) });
    if (existsSync(`${draft}-wal`)) throw new Error('its log cannot be moved into it');
    putInPlace({ draft, file: pendingOf(file) });
  } catch (thrown) {
    removeDraft(file);
    throw new TillError('BACKUP_FAILED', { file: draft, problem: toError(thrown).message }, { cause: thrown });
  }
  const used = usedSince({ file: usedCouponsOf(file), since: facts.at });
  const knowsPrinted = existsSync(serialClaimsOf(file));
  return { backup, facts, setAside: finishRestore({ file, now }), usedSince: used, knowsPrinted };
}

/**
 * For the daemon's start, under the folder's lock: finishes a restore that a power cut interrupted, and puts the last sound
 * backup in the place of a store that is damaged. Without one nothing is touched.
 * @throws TillError STORE_DAMAGED where no backup can be used
 */
export function recoverStore({ file, fingerprint, now, backups }: Place & { backups: string }): Recovery | null {
  if (existsSync(pendingOf(file))) finishRestore({ file, now });
  removeDraft(file);
  if (!existsSync(file)) return null;
  const problem = knownDamage(file);
  if (problem === null) return null;
  for (const backup of nightlyBackups(backups)) {
    try {
      return { problem, ...restoreBackup({ file, fingerprint, now, backup }) };
    } catch (thrown) {
      // This one is damaged too, or another shop's: an older one may do.
      if (!(thrown instanceof TillError) || thrown.code !== 'BACKUP_UNUSABLE') throw thrown;
    }
  }
  throw new TillError('STORE_DAMAGED', { file, problem });
}

/** Damage that was found while the daemon served; its next start acts on it. */
export function noteDamage({ file, problem }: { file: string; problem: string }): void {
  writeFileSync(noteOf(file), `${problem}\n`, { mode: 0o600 });
  syncFile(noteOf(file));
  syncFolderOf(file);
}

/** What is noted is looked at again: what was a bad read once may be sound now. A store that cannot be opened is not damaged. */
function knownDamage(file: string): string | null {
  try {
    if (!existsSync(noteOf(file)) && statSync(file).size >= SMALL_STORE_BYTES) return damageOfHead(file);
    const damage = damageOf(file, 'pages');
    rmSync(noteOf(file), { force: true });
    return damage;
  } catch {
    // A disk that is read-only or full: opening the store for work says so by its name.
    return null;
  }
}

function finishRestore({ file, now }: { file: string; now: Instant }): string | null {
  const folder = setAsideFolder(file);
  const aside = join(folder, setAsideName(now));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let isAside = false;
  for (const companion of COMPANIONS) {
    if (!existsSync(file + companion)) continue;
    renameSync(file + companion, aside + companion);
    isAside ||= companion === '';
  }
  rmSync(noteOf(file), { force: true });
  syncFolderOf(aside);
  syncFolderOf(file);
  renameSync(pendingOf(file), file);
  syncFolderOf(file);
  return isAside ? aside : null;
}

/** With its journals: one that a power cut left must never meet another backup's pages. */
function removeDraft(file: string): void {
  for (const companion of [...COMPANIONS, '-journal']) rmSync(draftOf(file) + companion, { force: true });
}

const pendingOf = (file: string): string => `${file}.restoring`;
const draftOf = (file: string): string => `${pendingOf(file)}.draft`;
const noteOf = (file: string): string => `${file}.damage`;
