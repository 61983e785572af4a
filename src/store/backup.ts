// Backups: a copy of the store at one instant, made while the daemon serves, checked before anybody relies on it.
import Database from 'better-sqlite3';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { instant, type Instant } from '../domain/calendar.ts';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import { damageIn, damageOf, isDamage } from './check-pages.ts';
import type { Db } from './database.ts';
import { putInPlace, syncFolderOf } from './durable-file.ts';
import { COPIED_AT, FINGERPRINT, readMeta, writeMeta } from './meta.ts';

/** What a backup says of itself. The shop key is not in it, only what the key is known by. */
export type BackupFacts = {
  /** When it was made; null for a copy made before this was written down. */
  readonly at: Instant | null;
  readonly fingerprint: string | null;
  readonly schema: number;
  readonly customers: number;
  readonly bytes: number;
};

const NIGHTLY = /^tillcat-\d{4}-\d{2}-\d{2}\.db$/;
const SQLITE_MAGIC = Buffer.from('SQLite format 3\0', 'latin1');

/**
 * Writes a backup; what stood under its name stays there until the new one is whole and checked. `vacuum into` reads one
 * snapshot, so visits go on meanwhile, and what was deleted is not in the copy.
 * @throws TillError BACKUP_FAILED
 */
export function writeBackup(of: { db: Db; file: string; at: Instant }): BackupFacts {
  const { db, file, at } = of;
  const draft = `${file}.${process.pid}.draft`;
  try {
    refuseNoFolder(dirname(file));
    refuseStranger({ file, store: db.name });
    rmSync(draft, { force: true });
    closeSync(openSync(draft, 'wx', 0o600));
    db.prepare('vacuum into ?').run(draft);
    const copy = new Database(draft);
    try {
      writeMeta(copy, COPIED_AT, String(at));
      const damage = damageIn(copy, 'indexes');
      if (damage !== null) throw new Error(`the copy is not sound (${damage})`);
    } finally {
      copy.close();
    }
    putInPlace({ draft, file });
    return readBackup(file);
  } catch (thrown) {
    rmSync(draft, { force: true });
    if (thrown instanceof TillError) throw thrown;
    throw new TillError('BACKUP_FAILED', { file, problem: toError(thrown).message }, { cause: thrown });
  }
}

/** The night's: one a day under its date; the earlier ones go once it stands, for they hold what the purge took out since. */
export function writeNightlyBackup(of: { db: Db; folder: string; at: Instant; day: string }): {
  file: string;
  facts: BackupFacts;
} {
  const file = join(of.folder, `tillcat-${of.day}.db`);
  makeBackupFolder(of.folder);
  const facts = writeBackup({ db: of.db, file, at: of.at });
  for (const name of backupsIn(of.folder)) {
    if (join(of.folder, name) !== file) rmSync(join(of.folder, name));
  }
  syncFolderOf(file);
  return { file, facts };
}

/** Beside the store, whose folder is there. */
export function makeBackupFolder(folder: string): void {
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
}

/** The nights' backups of a folder that can be read, the newest first. */
export function nightlyBackups(folder: string): readonly string[] {
  return backupsIn(folder)
    .toReversed()
    .map((name) => join(folder, name));
}

/** @throws TillError BACKUP_UNUSABLE where it is no backup, or a damaged one */
export function readBackup(file: string): BackupFacts {
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    const at = readMeta(db, COPIED_AT);
    const customers = db.prepare<[], number>('select count(*) from customer').pluck().get() ?? 0;
    return {
      at: at === null ? null : instant(Number(at)),
      fingerprint: readMeta(db, FINGERPRINT),
      schema: Number(db.pragma('user_version', { simple: true })),
      customers,
      bytes: statSync(file).size,
    };
  } catch (thrown) {
    const error = toError(thrown);
    const problem = isDamage(error) ? `it is no sound store (${error.message})` : error.message;
    throw new TillError('BACKUP_UNUSABLE', { file, problem }, { cause: thrown });
  } finally {
    db?.close();
  }
}

/**
 * A backup that may take the store's place.
 * @throws TillError BACKUP_UNUSABLE
 */
export function checkedBackup(of: { file: string; fingerprint: string; newestSchema: number }): BackupFacts {
  const { file } = of;
  const facts = readBackup(file);
  const refuse = (problem: string): never => {
    throw new TillError('BACKUP_UNUSABLE', { file, problem });
  };
  if (facts.fingerprint !== null && facts.fingerprint !== of.fingerprint) {
    refuse(`it was made under the shop key ${facts.fingerprint} and this till has ${of.fingerprint}`);
  }
  if (facts.schema > of.newestSchema) refuse(`a newer TillCAT made it (schema ${facts.schema})`);
  const damage = damageOf(file, 'indexes');
  if (damage !== null) refuse(`it is damaged (${damage})`);
  return facts;
}

function backupsIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => NIGHTLY.test(name))
    .sort();
}

/** A stick that is not there leaves its name behind: a backup under it would lie on the disk that it is to outlive. */
function refuseNoFolder(folder: string): void {
  if (existsSync(folder)) return;
  throw new Error(`there is no folder ${folder}; plug in and mount the disk, or make the folder`);
}

/** A mistyped name must cost nobody a file: only a database gives way to a backup, and never the store itself. */
function refuseStranger({ file, store }: { file: string; store: string }): void {
  if (!existsSync(file)) return;
  const [there, ours] = [statSync(file), statSync(store)];
  if (there.dev === ours.dev && there.ino === ours.ino) throw new Error('that is the store itself');
  if (!there.isFile()) throw new Error('that is no file');
  if (there.size > 0 && !startsLikeSqlite(file)) throw new Error('another file is there that is no backup');
}

function startsLikeSqlite(file: string): boolean {
  const opened = openSync(file, 'r');
  try {
    const head = Buffer.alloc(SQLITE_MAGIC.length);
    readSync(opened, head, 0, head.length, 0);
    return head.equals(SQLITE_MAGIC);
  } finally {
    closeSync(opened);
  }
}
