// Looks through a store page by page for damage; costs time with its size, so who asks says how thoroughly.
import Database from 'better-sqlite3';
import { toError } from '../domain/to-error.ts';

/** `pages`: every page is read and every row is in order. `indexes`: also, every index has what its table has. */
export type Thoroughness = 'pages' | 'indexes';

/** null where the store is sound, else what is wrong with it. Reads only, and sees what the running daemon has committed. */
export function damageOf(file: string, thoroughness: Thoroughness): string | null {
  return lookAt(file, (db) => damageIn(db, thoroughness));
}

/** The same for the header and the list of tables alone, which takes no time. */
export function damageOfHead(file: string): string | null {
  return lookAt(file, (db) => {
    db.prepare('select count(*) from sqlite_schema').get();
    return null;
  });
}

function lookAt(file: string, look: (db: Database.Database) => string | null): string | null {
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true, timeout: 3000 });
    return look(db);
  } catch (thrown) {
    const error = toError(thrown);
    if (isDamage(error)) return error.message;
    throw thrown;
  } finally {
    db?.close();
  }
}

export function damageIn(db: Database.Database, thoroughness: Thoroughness): string | null {
  const pragma = thoroughness === 'pages' ? 'quick_check(1)' : 'integrity_check(1)';
  const answer = String(db.pragma(pragma, { simple: true }));
  return answer === 'ok' ? null : answer.replaceAll(/\s+/g, ' ');
}

/** What SQLite says of a file that is not, or no longer, a database. */
export function isDamage(error: Error): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
}
