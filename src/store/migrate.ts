// Brings a database forward to this program's schema, one numbered step after the other, each in a transaction of its own.
import { dirname } from 'node:path';
import { instant } from '../domain/calendar.ts';
import { makeBackupFolder, writeBackup } from './backup.ts';
import type { Db } from './database.ts';
import { TillError } from '../domain/till-error.ts';
import { beforeSchema } from './kept-copies.ts';
import { MIGRATIONS } from './migrations/index.ts';

/**
 * @throws TillError STORE_TOO_NEW where a newer program made the schema, STORE_TOO_OLD where it may only be read and wants a step
 */
export function migrate(db: Db, from: { file: string; readonly: boolean }): void {
  const newest = MIGRATIONS.length;
  const found = schemaNumber(db);
  if (found > newest) throw new TillError('STORE_TOO_NEW', { file: from.file, found, known: newest });
  if (found === newest) return;
  if (from.readonly) throw new TillError('STORE_TOO_OLD', { file: from.file, found, known: newest });
  if (found > 0) copyFirst(db, from.file);
  for (const migration of MIGRATIONS) {
    db.transaction(() => {
      // Asked again under the lock: another process may have taken this step meanwhile.
      if (schemaNumber(db) >= migration.number) return;
      db.exec(migration.sql);
      db.pragma(`user_version = ${migration.number}`);
    }).immediate();
  }
}

/** Beside the nights' backups, so that a step that goes wrong costs nothing; an older program can be put back with it. */
function copyFirst(db: Db, file: string): void {
  if (file === ':memory:') return;
  const copy = beforeSchema(file, MIGRATIONS.length);
  makeBackupFolder(dirname(copy));
  writeBackup({ db, file: copy, at: instant(Date.now()) });
}

export function schemaNumber(db: Db): number {
  return Number(db.pragma('user_version', { simple: true }));
}
