// A lock between processes that lasts no longer than who holds it: SQLite's own, on an empty file.
//
// A socket's name (system/machine-lock.ts) holds within one network namespace, and the night's training and purge have one each
// to themselves (systemd/). SQLite locks the file (fcntl(2)): the kernel takes that back with the process, however it ends.
import Database from 'better-sqlite3';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';

/** Held until it is disposed or the process ends. */
export type FileLock = Disposable;

/**
 * The thread stands still meanwhile.
 * @param of.file made where it is not there, in a folder that is; nothing is ever written into it
 * @returns null where somebody else has had it all the while, this process being somebody too
 * @throws TillError FILE_UNWRITABLE
 */
export function takeFileLock(of: { file: string; waitMs: number }): FileLock | null {
  const db = connect(of);
  try {
    // No journal beside it: there is nothing to take back.
    db.pragma('journal_mode = memory');
    db.exec('begin immediate');
    return { [Symbol.dispose]: () => void db.close() };
  } catch (thrown) {
    db.close();
    if (isBusy(thrown)) return null;
    throw unusable(of.file, thrown);
  }
}

/** "process 1234", in the kernel's own words (proc_locks(5)). */
export function holderOf(file: string): string {
  try {
    const { ino } = statSync(file);
    const held = new RegExp(`POSIX +ADVISORY +WRITE +([1-9]\\d*) +[0-9a-f:]+:${ino} `).exec(
      readFileSync('/proc/locks', 'latin1'),
    );
    if (held !== null) return `process ${held[1] ?? ''}`;
  } catch {
    // No such table here, or the file is gone: then it is not known.
  }
  return 'another process';
}

function connect({ file, waitMs }: { file: string; waitMs: number }): Database.Database {
  try {
    // Never where it is there: closing it would give back what this process holds of it.
    if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
    return new Database(file, { timeout: waitMs });
  } catch (thrown) {
    throw unusable(file, thrown);
  }
}

function isBusy(thrown: unknown): boolean {
  const error = toError(thrown);
  return 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}

function unusable(file: string, thrown: unknown): TillError {
  return new TillError('FILE_UNWRITABLE', { file, problem: toError(thrown).message }, { cause: thrown });
}
