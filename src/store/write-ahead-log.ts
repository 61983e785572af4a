// The write-ahead log holds what was deleted until it is emptied into the database.
import type { Db } from './database.ts';

/**
 * Moves everything into the database and cuts the log to nothing. False where a reader kept it: try again later.
 * The passive round first moves what it can without any lock, so that the cut itself is short.
 */
export function truncateLog(db: Db): boolean {
  db.pragma('wal_checkpoint(PASSIVE)');
  return db.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0;
}
