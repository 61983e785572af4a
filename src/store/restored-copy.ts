// What a backup must not bring back: customers who were forgotten since, and row numbers that were given since.
import Database from 'better-sqlite3';
import type { CustomerId } from '../domain/ids.ts';
import { forgetRows } from './customers.ts';
import { forgetCustomer } from './ledger-purge.ts';
import { COPIED_AT, readMeta, writeMeta } from './meta.ts';

/** The first schema with a ledger, whose rows name customers (002-ledger.ts). */
const LEDGER_SCHEMA = 2;
/** More rows than any till makes between a backup and its restore. */
const NUMBERS_AHEAD = 1_000_000;

/**
 * Makes a copy of a backup fit to take the store's place; the copy is nobody's store yet. A model that was trained since knows
 * customers and products by their numbers, and a till a visit by its own: none of those is given to another one.
 * @returns how many customers were forgotten in it
 */
export function cleanCopy({ copy, forgotten }: Copy): number {
  return inTransaction(copy, (db) => {
    passOverNumbers(db);
    // A store that was set aside is no backup and does not say when it was made; it has missed what came since all the same.
    if (readMeta(db, COPIED_AT) === null) writeMeta(db, COPIED_AT, '0');
    return forgetAll(db, forgotten);
  });
}

/** Takes customers out of a copy that may be of an earlier schema, and changes nothing else of it. */
export function forgetInCopy({ copy, forgotten }: Copy): number {
  return inTransaction(copy, (db) => forgetAll(db, forgotten));
}

type Copy = { readonly copy: string; readonly forgotten: readonly Buffer[] };

function inTransaction(copy: string, work: (db: Database.Database) => number): number {
  const db = new Database(copy, { fileMustExist: true });
  try {
    db.pragma('foreign_keys = ON');
    db.pragma('secure_delete = ON');
    return db.transaction(() => work(db)).immediate();
  } finally {
    db.close();
  }
}

function forgetAll(db: Database.Database, forgotten: readonly Buffer[]): number {
  const hasLedger = Number(db.pragma('user_version', { simple: true })) >= LEDGER_SCHEMA;
  const find = db.prepare<[Buffer], CustomerId>('select id from customer where code_hash = ?').pluck();
  const keep = db.prepare('insert into forgotten_customer (code_hash) values (?) on conflict do nothing');
  let gone = 0;
  for (const codeHash of forgotten) {
    keep.run(codeHash);
    const customer = find.get(codeHash);
    if (customer === undefined) continue;
    if (hasLedger) forgetCustomer(db, customer);
    forgetRows(db, customer);
    gone++;
  }
  return gone;
}

/** A table that was empty has no line of its own yet. */
function passOverNumbers(db: Database.Database): void {
  db.exec(`
    insert into sqlite_sequence (name, seq)
      select name, 0 from sqlite_master
      where type = 'table' and sql like '%autoincrement%' and name not in (select name from sqlite_sequence)`);
  db.prepare('update sqlite_sequence set seq = seq + ?').run(NUMBERS_AHEAD);
}
