// Opens the till's one database: durable, checked, at the newest schema, and made under this shop's key.
import Database from 'better-sqlite3';
import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import { damageIn, isDamage } from './check-pages.ts';
import { migrate } from './migrate.ts';
import { keepFingerprint } from './meta.ts';
import { SMALL_STORE_BYTES } from './small-store.ts';

export type Db = Database.Database;

export const IN_MEMORY = ':memory:';
/** How long one connection waits for another's write lock; imports and purges hold it for at most 50 ms. */
const BUSY_TIMEOUT_MS = 3000;
/** What `pragma synchronous` answers for FULL. */
const FULL = 2;

/**
 * Opens the store, making it (readable by its owner alone) where there is none.
 * @param from.keyFingerprint what the shop key is known by (code-hash.ts); null opens without asking whose it is
 * @throws TillError STORE_UNREADABLE, STORE_DAMAGED, STORE_TOO_NEW, STORE_TOO_OLD, STORE_OTHER_KEY, STORE_NOT_DURABLE
 */
export function openDatabase(from: { file: string; readonly?: boolean; keyFingerprint: string | null }): Db {
  const readonly = from.readonly ?? false;
  const db = connect(from.file, readonly);
  try {
    setPragmas(db, from.file, readonly);
    checkPages(db, from.file);
    migrate(db, { file: from.file, readonly });
    if (from.keyFingerprint !== null)
      keepFingerprint(db, { file: from.file, readonly, fingerprint: from.keyFingerprint });
    return db;
  } catch (thrown) {
    db.close();
    throw asTillError(thrown, from.file);
  }
}

function connect(file: string, readonly: boolean): Db {
  try {
    if (file !== IN_MEMORY && !readonly && !existsSync(file)) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      closeSync(openSync(file, 'a', 0o600));
    }
    return new Database(file, { readonly, timeout: BUSY_TIMEOUT_MS });
  } catch (thrown) {
    throw asTillError(thrown, file);
  }
}

/**
 * For whoever stays open all day: better-sqlite3 keeps 16 MB of pages otherwise, which makes imports fast. A visit touches some
 * dozens, and the system keeps the file's pages too.
 */
export function keepFewPages(db: Db): void {
  db.pragma('cache_size = -2000');
}

/** WAL first: better-sqlite3 is compiled to fall back to synchronous=NORMAL once WAL is on, and that loses coupons on a power cut. */
function setPragmas(db: Db, file: string, readonly: boolean): void {
  if (!readonly) db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('secure_delete = ON');
  db.pragma('mmap_size = 0');
  // Sorting must not leave customers' lines in a file outside the state folder.
  db.pragma('temp_store = MEMORY');
  // The fallback happens when the database is first read, so it is read before it is asked.
  db.prepare('select count(*) from sqlite_schema').get();
  const synchronous = db.pragma('synchronous', { simple: true });
  const journal = db.pragma('journal_mode', { simple: true });
  const isDurable = readonly || file === IN_MEMORY || journal === 'wal';
  if (synchronous !== FULL || !isDurable) {
    throw new TillError('STORE_NOT_DURABLE', { file, journal: String(journal), synchronous: String(synchronous) });
  }
}

/** A small store is looked through whenever it is opened; a big one right after the daemon is ready, and at night. */
function checkPages(db: Db, file: string): void {
  if (file !== IN_MEMORY && statSync(file).size >= SMALL_STORE_BYTES) return;
  const problem = damageIn(db, 'pages');
  if (problem !== null) throw new TillError('STORE_DAMAGED', { file, problem });
}

function asTillError(thrown: unknown, file: string): Error {
  if (thrown instanceof TillError) return thrown;
  const error = toError(thrown);
  if (isDamage(error)) {
    return new TillError('STORE_DAMAGED', { file, problem: error.message }, { cause: thrown });
  }
  return new TillError('STORE_UNREADABLE', { file, problem: error.message }, { cause: thrown });
}
