// From a visit's number on paper ("01-000042") to its row and back.
import type { Statement } from 'better-sqlite3';
import { visitId } from '../domain/ids.ts';
import type { TillId, VisitId } from '../domain/ids.ts';
import type { Db } from './database.ts';

const FIND = 'select id from visit where id = ? and till = ?';
/** Asked several times a visit: prepared once for each store. */
const findings = new WeakMap<Db, Statement<[number, string], number>>();

/** null for a visit that never was, or was another till's: rows count from 1 on every till. */
export function findVisitRow(db: Db, visit: VisitId): number | null {
  const finding = findings.get(db) ?? db.prepare<[number, string], number>(FIND).pluck();
  findings.set(db, finding);
  return finding.get(Number(visit.slice(3)), visit.slice(0, 2)) ?? null;
}

/** @throws RangeError for a visit that never was */
export function visitRow(db: Db, visit: VisitId): number {
  const row = findVisitRow(db, visit);
  if (row === null) throw new RangeError(`There is no visit ${visit} on this till.`);
  return row;
}

export function visitOfRow({ till, row }: { till: TillId; row: number }): VisitId {
  return visitId(till, row);
}
