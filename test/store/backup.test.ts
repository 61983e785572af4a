// Backups and restores: whole, checked, of this shop, and a power cut in between leaves the one store or the other.
import Database from 'better-sqlite3';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import { checkedBackup, nightlyBackups, readBackup, writeBackup, writeNightlyBackup } from '../../src/store/backup.ts';
import { openDatabase } from '../../src/store/database.ts';
import { setAsideFolder } from '../../src/store/kept-copies.ts';
import { MIGRATIONS } from '../../src/store/migrations/index.ts';
import { noteDamage, recoverStore, restoreBackup } from '../../src/store/restore.ts';
import { FINGERPRINT, testFolder } from './shop-of-tests.ts';

const AT = instant(Date.UTC(2026, 10, 22, 2, 30));
const LATER = instant(AT + 3_600_000);

function openShop(file: string) {
  return openDatabase({ file, keyFingerprint: FINGERPRINT });
}

function addProduct(db: Database.Database, code: string): void {
  db.prepare('insert into product (code, name) values (?, ?)').run(code, `Product ${code}`);
}

function addMany(db: Database.Database): void {
  db.transaction(() => {
    for (let code = 0; code < 2000; code++) addProduct(db, String(code));
  })();
}

function codesIn(file: string): unknown[] {
  const db = openShop(file);
  try {
    return db.prepare('select code from product order by code').pluck().all();
  } finally {
    db.close();
  }
}

/** Random bytes over some pages in the middle. */
function damage(file: string): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 4096 * 3, 4096 * 12);
  writeFileSync(file, bytes);
}

test('a backup made while others write holds one instant of the store, and says when and whose', () => {
  using folder = testFolder();
  const file = join(folder.path, 'tillcat.db');
  const [db, other] = [openShop(file), openShop(file)];
  addProduct(db, '1');
  other.exec('begin immediate');
  addProduct(other, '2');
  const backup = join(folder.path, 'b.db');
  const facts = writeBackup({ db, file: backup, at: AT });
  other.exec('commit');
  db.close();
  other.close();
  expect(facts).toMatchObject({ at: AT, fingerprint: FINGERPRINT, schema: MIGRATIONS.length, customers: 0 });
  expect(statSync(backup).mode & 0o777).toBe(0o600);
  expect(codesIn(backup)).toEqual(['1']);
  expect(codesIn(file)).toEqual(['1', '2']);
});

test('what was deleted is not in the backup', () => {
  using folder = testFolder();
  const db = openShop(join(folder.path, 'tillcat.db'));
  addProduct(db, 'MARK-OF-A-DELETED-PRODUCT');
  db.exec('delete from product');
  const backup = join(folder.path, 'b.db');
  writeBackup({ db, file: backup, at: AT });
  db.close();
  expect(readFileSync(backup).includes('MARK-OF-A-DELETED-PRODUCT')).toBe(false);
});

test('a backup never lands on the store itself, nor on a file that is no backup', () => {
  using folder = testFolder();
  const file = join(folder.path, 'tillcat.db');
  const db = openShop(file);
  expect(() => writeBackup({ db, file, at: AT })).toThrow(/that is the store itself/);
  const letter = folder.file('letter.txt', 'Dear shop');
  expect(() => writeBackup({ db, file: letter, at: AT })).toThrow(/no backup/);
  expect(readFileSync(letter, 'utf8')).toBe('Dear shop');
  db.close();
});

test('a backup into a folder that is not there is refused, for a stick that is not plugged in has none', () => {
  using folder = testFolder();
  const db = openShop(join(folder.path, 'tillcat.db'));
  const file = join(folder.path, 'usb', 'b.db');
  expect(() => writeBackup({ db, file, at: AT })).toThrow(/there is no folder .*usb; plug in and mount the disk/);
  expect(existsSync(join(folder.path, 'usb'))).toBe(false);
  db.close();
});

test('a backup that fails keeps the earlier one and leaves no draft', () => {
  using folder = testFolder();
  const db = openShop(join(folder.path, 'tillcat.db'));
  const backup = join(folder.path, 'b.db');
  writeBackup({ db, file: backup, at: AT });
  db.close();
  const before = readFileSync(backup);
  expect(() => writeBackup({ db, file: backup, at: LATER })).toThrow(/earlier backups and the store are as they were/);
  expect(readFileSync(backup).equals(before)).toBe(true);
  expect(readdirSync(folder.path).filter((name) => name.includes('draft'))).toEqual([]);
});

test('the night keeps one backup: the earlier one goes when the new one stands', () => {
  using folder = testFolder();
  const db = openShop(join(folder.path, 'tillcat.db'));
  const backups = join(folder.path, 'backups');
  writeNightlyBackup({ db, folder: backups, at: AT, day: '2026-11-22' });
  writeFileSync(join(backups, 'before-schema-2.db'), '');
  writeNightlyBackup({ db, folder: backups, at: LATER, day: '2026-11-23' });
  db.close();
  expect(nightlyBackups(backups)).toEqual([join(backups, 'tillcat-2026-11-23.db')]);
  expect(existsSync(join(backups, 'before-schema-2.db'))).toBe(true);
});

test('a restore puts the backup in place and sets the store aside, its log with it', () => {
  using folder = testFolder();
  const file = join(folder.path, 'tillcat.db');
  const backup = join(folder.path, 'b.db');
  const db = openShop(file);
  addProduct(db, '1');
  writeBackup({ db, file: backup, at: AT });
  addProduct(db, '2');
  // As a dead process leaves it: what came last stands in the log only.
  const [pages, log] = [readFileSync(file), readFileSync(`${file}-wal`)];
  db.close();
  writeFileSync(file, pages);
  writeFileSync(`${file}-wal`, log);
  const { setAside } = restoreBackup({ file, fingerprint: FINGERPRINT, now: LATER, backup });
  expect(codesIn(file)).toEqual(['1']);
  expect(codesIn(setAside ?? '')).toEqual(['1', '2']);
});

test('a store that was set aside with its log is put back with what stands in the log only, and is itself left as it is', () => {
  using folder = testFolder();
  const file = join(folder.path, 'tillcat.db');
  const aside = join(folder.path, 'aside.db');
  const db = openShop(file);
  addProduct(db, '1');
  db.pragma('wal_checkpoint(TRUNCATE)');
  addProduct(db, '2');
  const [pages, log] = [readFileSync(file), readFileSync(`${file}-wal`)];
  db.close();
  writeFileSync(aside, pages);
  writeFileSync(`${aside}-wal`, log);
  restoreBackup({ file, fingerprint: FINGERPRINT, now: LATER, backup: aside });
  expect(codesIn(file)).toEqual(['1', '2']);
  expect(readFileSync(aside).equals(pages)).toBe(true);
  expect(readFileSync(`${aside}-wal`).equals(log)).toBe(true);
  expect(readdirSync(folder.path).filter((name) => name.includes('restoring'))).toEqual([]);
});

test('a backup of another shop’s key, of a newer program, or a damaged one is refused and nothing is changed', () => {
  using folder = testFolder();
  const file = join(folder.path, 'tillcat.db');
  const backup = join(folder.path, 'b.db');
  const db = openShop(file);
  addMany(db);
  writeBackup({ db, file: backup, at: AT });
  db.close();
  const restore =
    (of: { fingerprint?: string; backup?: string } = {}) =>
    () =>
      restoreBackup({ file, fingerprint: FINGERPRINT, now: LATER, backup, ...of });
  expect(restore({ fingerprint: 'fedcba9876543210' })).toThrow(/made under the shop key/);
  expect(restore({ backup: join(folder.path, 'nowhere.db') })).toThrow(/cannot be used/);
  expect(restore({ backup: folder.file('letter.db', 'Dear shop, we have no coupons today.') })).toThrow(
    /no sound store/,
  );
  expect(() => checkedBackup({ file: backup, fingerprint: FINGERPRINT, newestSchema: 1 })).toThrow(/newer TillCAT/);
  damage(backup);
  expect(restore()).toThrow(/damaged|no sound store/);
  expect(codesIn(file)).toHaveLength(2000);
  expect(existsSync(setAsideFolder(file))).toBe(false);
});

test('a restore cut short by a power cut is finished by the next start', () => {
  using folder = testFolder();
  const file = join(folder.path, 'tillcat.db');
  const backup = join(folder.path, 'b.db');
  const db = openShop(file);
  addProduct(db, '1');
  writeBackup({ db, file: backup, at: AT });
  addProduct(db, '2');
  db.close();
  // The copy was whole and the store already moved away when the power went.
  writeFileSync(`${file}.restoring`, readFileSync(backup));
  writeFileSync(join(folder.path, 'moved.db'), readFileSync(file));
  writeFileSync(file, '');
  recoverStore({ file, fingerprint: FINGERPRINT, now: LATER, backups: join(folder.path, 'backups') });
  expect(codesIn(file)).toEqual(['1']);
});

test('a damaged store gives way to the last sound backup of its nights, and is kept for people to look at', () => {
  using folder = testFolder();
  const file = join(folder.path, 'tillcat.db');
  const backups = join(folder.path, 'backups');
  const db = openShop(file);
  addMany(db);
  const { file: backup } = writeNightlyBackup({ db, folder: backups, at: AT, day: '2026-11-22' });
  db.close();
  writeFileSync(join(backups, 'tillcat-2026-11-23.db'), 'the card wore out while this was written');
  damage(file);
  const recovery = recoverStore({ file, fingerprint: FINGERPRINT, now: LATER, backups });
  expect(recovery).toMatchObject({ backup, facts: { at: AT } });
  expect(recovery?.problem).toMatch(/malformed|page|tree/i);
  expect(codesIn(file)).toHaveLength(2000);
  expect(existsSync(recovery?.setAside ?? '')).toBe(true);
  expect(recoverStore({ file, fingerprint: FINGERPRINT, now: LATER, backups })).toBeNull();
});

test('a damaged store without any backup is named, and left as it is', () => {
  using folder = testFolder();
  const file = join(folder.path, 'tillcat.db');
  writeFileSync(file, Buffer.alloc(8192, 0x5a));
  const recover = () =>
    recoverStore({ file, fingerprint: FINGERPRINT, now: LATER, backups: join(folder.path, 'none') });
  expect(recover).toThrow(/is damaged/);
  expect(readFileSync(file).every((byte) => byte === 0x5a)).toBe(true);
});

test('damage that was noted and is not there when looked at again costs nothing', () => {
  using folder = testFolder();
  const file = join(folder.path, 'tillcat.db');
  const db = openShop(file);
  addProduct(db, '1');
  db.close();
  noteDamage({ file, problem: 'a bad read' });
  expect(recoverStore({ file, fingerprint: FINGERPRINT, now: LATER, backups: folder.path })).toBeNull();
  expect(existsSync(`${file}.damage`)).toBe(false);
  expect(codesIn(file)).toEqual(['1']);
});

test('the store is copied before a newer program changes its tables', () => {
  using folder = testFolder();
  const file = join(folder.path, 'tillcat.db');
  const old = new Database(file);
  const [first] = MIGRATIONS;
  old.exec(first?.sql ?? '');
  old.pragma('user_version = 1');
  addProduct(old, '1');
  old.close();
  openShop(file).close();
  const copy = readBackup(join(folder.path, 'backups', `before-schema-${MIGRATIONS.length}.db`));
  expect(copy.schema).toBe(1);
  expect(codesIn(file)).toEqual(['1']);
});

test('a store that cannot be opened is not taken for damaged: nothing is set aside', () => {
  using folder = testFolder();
  const file = join(folder.path, 'tillcat.db');
  mkdirSync(file);
  expect(recoverStore({ file, fingerprint: FINGERPRINT, now: LATER, backups: folder.path })).toBeNull();
  expect(existsSync(file)).toBe(true);
});
