// What is kept for people to fall back on goes after a while, and forgets who is forgotten until then.
import Database from 'better-sqlite3';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { instant, type Instant } from '../../src/domain/calendar.ts';
import { makeBackupFolder, writeBackup } from '../../src/store/backup.ts';
import { damageOf } from '../../src/store/check-pages.ts';
import { openDatabase } from '../../src/store/database.ts';
import {
  beforeSchema,
  forgetInKeptCopies,
  setAsideFolder,
  setAsideName,
  sweepKeptCopies,
} from '../../src/store/kept-copies.ts';
import { MIGRATIONS } from '../../src/store/migrations/index.ts';
import { ShopIntake } from '../../src/store/shop-intake.ts';
import { at, calendar, customersOf, FINGERPRINT, hasher, line, testFolder } from './shop-of-tests.ts';

const DAY_MS = 86_400_000;
const NOW = at('2026-11-22');
const later = (days: number): Instant => instant(NOW + days * DAY_MS);
const age = (file: string): void => utimesSync(file, new Date(NOW), new Date(NOW));

function put(folder: string, name: string, bytes: string | Uint8Array = ''): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, bytes);
  age(file);
  return file;
}

/** A store that knows C1 and C2 and what they bought. */
function makeShop(file: string): void {
  const db = openDatabase({ file, keyFingerprint: FINGERPRINT });
  const intake = new ShopIntake(db, { hasher, calendar });
  const usual = { card: null, language: null, status: 'active', optedOut: false } as const;
  intake.takeCustomers(
    ['C1', 'C2'].map((customerCode) => ({ ...usual, customerCode })),
    NOW,
  );
  intake.takePurchases([
    line({ basketCode: 'BASKET-OF-C1' }),
    line({ customerCode: 'C2', basketCode: 'BASKET-OF-C2' }),
  ]);
  db.close();
}

test('a store set aside goes after 14 days, with its log; one that nobody had written to for long is as old as its name', () => {
  using folder = testFolder();
  const storeFile = join(folder.path, 'tillcat.db');
  const name = setAsideName(NOW);
  const aside = put(setAsideFolder(storeFile), name);
  put(setAsideFolder(storeFile), `${name}-wal`);
  utimesSync(aside, new Date(0), new Date(0));
  sweepKeptCopies({ storeFile, now: instant(later(14) - 1) });
  expect(readdirSync(setAsideFolder(storeFile))).toEqual([name, `${name}-wal`]);
  sweepKeptCopies({ storeFile, now: later(14) });
  expect(readdirSync(setAsideFolder(storeFile))).toEqual([]);
});

test('a copy from before the tables changed goes after 14 days, half a backup after one, and no backup ever', () => {
  using folder = testFolder();
  const storeFile = join(folder.path, 'tillcat.db');
  const backups = join(folder.path, 'backups');
  const copy = put(backups, 'before-schema-3.db');
  expect(copy).toBe(beforeSchema(storeFile, 3));
  const draft = put(backups, 'tillcat-2026-11-22.db.4711.draft');
  for (const name of ['tillcat-2026-11-22.db', 'of-our-own.db']) put(backups, name);
  sweepKeptCopies({ storeFile, now: instant(later(1) - 1) });
  expect(existsSync(draft)).toBe(true);
  sweepKeptCopies({ storeFile, now: instant(later(14) - 1) });
  expect([existsSync(draft), existsSync(copy)]).toEqual([false, true]);
  sweepKeptCopies({ storeFile, now: later(14) });
  expect(readdirSync(backups)).toEqual(['of-our-own.db', 'tillcat-2026-11-22.db']);
});

test('a till without copies has nothing to sweep and nothing to forget in', () => {
  using folder = testFolder();
  const storeFile = join(folder.path, 'tillcat.db');
  sweepKeptCopies({ storeFile, now: NOW });
  expect(forgetInKeptCopies({ storeFile, codeHash: hasher.customer('C1') })).toEqual([]);
});

test('who is forgotten is in no kept copy any more, everybody else is, and the copy goes when it would have gone', () => {
  using folder = testFolder();
  const storeFile = join(folder.path, 'tillcat.db');
  makeShop(storeFile);
  const db = openDatabase({ file: storeFile, keyFingerprint: FINGERPRINT });
  const before = beforeSchema(storeFile, MIGRATIONS.length);
  makeBackupFolder(dirname(before));
  writeBackup({ db, file: before, at: NOW });
  db.close();
  const aside = put(setAsideFolder(storeFile), setAsideName(NOW), readFileSync(storeFile));
  age(before);
  expect(forgetInKeptCopies({ storeFile, codeHash: hasher.customer('C1') })).toEqual([]);
  for (const copy of [before, aside]) {
    const bytes = readFileSync(copy);
    expect([bytes.includes('BASKET-OF-C1'), bytes.includes('BASKET-OF-C2')]).toEqual([false, true]);
    expect(statSync(copy).mtimeMs).toBe(NOW);
    expect(damageOf(copy, 'indexes')).toBeNull();
    const opened = openDatabase({ file: copy, keyFingerprint: FINGERPRINT });
    expect(customersOf(opened).findByCode('C1')).toBeNull();
    expect(customersOf(opened).findByCode('C2')).not.toBeNull();
    opened.close();
  }
  expect(readdirSync(setAsideFolder(storeFile))).toEqual([setAsideName(NOW)]);
});

test('a copy of the first schema forgets too, and stays of that schema', () => {
  using folder = testFolder();
  const storeFile = join(folder.path, 'tillcat.db');
  const copy = put(join(folder.path, 'backups'), 'before-schema-2.db');
  const old = new Database(copy);
  old.exec(MIGRATIONS[0]?.sql ?? '');
  old.pragma('user_version = 1');
  const add = old.prepare('insert into customer (code_hash) values (?)');
  add.run(hasher.customer('C1'));
  add.run(hasher.customer('C2'));
  old.close();
  expect(forgetInKeptCopies({ storeFile, codeHash: hasher.customer('C1') })).toEqual([]);
  const opened = new Database(copy, { readonly: true });
  expect(opened.pragma('user_version', { simple: true })).toBe(1);
  expect(opened.prepare('select code_hash from customer').pluck().all()).toEqual([hasher.customer('C2')]);
  opened.close();
});

test('a damaged copy, where nobody can be sure of it, is named with the day it goes and is left as it is', () => {
  using folder = testFolder();
  const storeFile = join(folder.path, 'tillcat.db');
  const aside = put(setAsideFolder(storeFile), setAsideName(NOW), Buffer.alloc(8192, 0x5a));
  const still = forgetInKeptCopies({ storeFile, codeHash: hasher.customer('C1') });
  expect(still).toEqual([{ copy: aside, problem: 'file is not a database', until: later(14) }]);
  expect(readFileSync(aside).every((byte) => byte === 0x5a)).toBe(true);
});
