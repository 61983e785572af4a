// The store opens durable, checked, at its schema and under its own key, or says why not.
import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { MIGRATIONS } from '../../src/store/migrations/index.ts';
import { FINGERPRINT, memoryStore, testFolder } from './shop-of-tests.ts';

test('keeps every acknowledged coupon through a power cut: synchronous is really FULL after WAL', () => {
  using folder = testFolder();
  const file = join(folder.path, 'deep', 'till.db');
  const db = openDatabase({ file, keyFingerprint: FINGERPRINT });
  db.prepare('select * from customer').all();
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(db.pragma('synchronous', { simple: true })).toBe(2);
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(db.pragma('secure_delete', { simple: true })).toBe(1);
  expect(db.pragma('busy_timeout', { simple: true })).toBe(3000);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  db.close();
});

test('every table is strict', () => {
  const db = memoryStore();
  const tables = db
    .prepare<[], { name: string; strict: number }>(
      `select name, strict from pragma_table_list where schema = 'main' and name not like 'sqlite_%'`,
    )
    .all();
  expect(tables.length).toBeGreaterThan(7);
  expect(tables.filter((table) => table.strict === 0)).toEqual([]);
});

test('migrations count from 1 without gaps', () => {
  expect(MIGRATIONS.map((migration) => migration.number)).toEqual(MIGRATIONS.map((_, place) => place + 1));
});

test('a store opened again keeps what it holds', () => {
  using folder = testFolder();
  const from = { file: join(folder.path, 'till.db'), keyFingerprint: FINGERPRINT };
  const first = openDatabase(from);
  first.exec(`insert into product (code, name) values ('1', 'Milk')`);
  first.close();
  const again = openDatabase({ ...from, readonly: true });
  expect(again.prepare('select name from product').pluck().get()).toBe('Milk');
  expect(() => again.exec(`delete from product`)).toThrow(/readonly/);
  again.close();
});

test('a store made under another key is refused', () => {
  using folder = testFolder();
  const file = join(folder.path, 'till.db');
  openDatabase({ file, keyFingerprint: FINGERPRINT }).close();
  expect(() => openDatabase({ file, keyFingerprint: '0123456789abcdef' })).toThrow(/made under the shop key/);
  openDatabase({ file, keyFingerprint: null }).close();
});

test('a store made by a newer program is refused and left as it is', () => {
  using folder = testFolder();
  const file = join(folder.path, 'till.db');
  const newer = openDatabase({ file, keyFingerprint: FINGERPRINT });
  newer.pragma('user_version = 999');
  newer.close();
  expect(() => openDatabase({ file, keyFingerprint: FINGERPRINT })).toThrow(/schema 999/);
});

test('a store that may only be read is not brought forward', () => {
  using folder = testFolder();
  const file = join(folder.path, 'till.db');
  new Database(file).exec('create table old (a)').close();
  expect(() => openDatabase({ file, readonly: true, keyFingerprint: null })).toThrow(/start the daemon once/);
});

test('a damaged store is named as such', () => {
  using folder = testFolder();
  const file = folder.file('till.db', randomBytes(8192));
  expect(() => openDatabase({ file, keyFingerprint: FINGERPRINT })).toThrow(/is damaged/);
});

test('a place where no store can be is named as such', () => {
  using folder = testFolder();
  const file = folder.file('not-a-folder', '');
  expect(() => openDatabase({ file: join(file, 'till.db'), keyFingerprint: FINGERPRINT })).toThrow(
    /Cannot open the store/,
  );
});
