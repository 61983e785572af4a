// Who asked to be forgotten stays so: after a power cut in the middle of writing it down, and after any backup is restored.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { writeBackup } from '../../src/store/backup.ts';
import { openDatabase, type Db } from '../../src/store/database.ts';
import { addForgotten, forgottenListOf, readForgotten } from '../../src/store/forgotten-list.ts';
import { restoreBackup } from '../../src/store/restore.ts';
import { ShopIntake } from '../../src/store/shop-intake.ts';
import { at, calendar, customersOf, FINGERPRINT, hasher, line, testFolder } from './shop-of-tests.ts';

const fingerprint = FINGERPRINT;
const intakeOf = (db: Db) => new ShopIntake(db, { hasher, calendar });
const first = Buffer.alloc(16, 1);
const second = Buffer.alloc(16, 2);

test('the list is read as it was written, twice the same is no harm', () => {
  using folder = testFolder();
  const file = forgottenListOf(`${folder.path}/tillcat.db`);
  expect(readForgotten(file)).toEqual([]);
  addForgotten({ file, codeHash: first });
  addForgotten({ file, codeHash: second });
  expect(readForgotten(file)).toEqual([first, second]);
});

test('a line that a power cut left half is nobody, and the next one is whole', () => {
  using folder = testFolder();
  const file = forgottenListOf(`${folder.path}/tillcat.db`);
  addForgotten({ file, codeHash: first });
  appendFileSync(file, second.toString('hex').slice(0, 9));
  expect(readForgotten(file)).toEqual([first]);
  addForgotten({ file, codeHash: second });
  expect(readForgotten(file)).toEqual([first, second]);
});

test('a restored backup neither brings a forgotten customer back, nor lets an import, nor gives their number to another', () => {
  using folder = testFolder();
  const file = `${folder.path}/tillcat.db`;
  const backup = `${folder.path}/usb.db`;
  const usual = { card: null, language: null, status: 'active', optedOut: false } as const;
  const db = openDatabase({ file, keyFingerprint: fingerprint });
  const intake = intakeOf(db);
  intake.takeCustomers(
    ['C1', 'C2'].map((customerCode) => ({ ...usual, customerCode })),
    at('2026-11-01'),
  );
  intake.takePurchases([line({ basketCode: 'BASKET-OF-C1' }), line({ customerCode: 'C2', productCode: 'P2' })]);
  writeBackup({ db, file: backup, at: at('2026-11-20') });
  intake.takeCustomers([{ ...usual, customerCode: 'C3' }], at('2026-11-20'));
  const numberOfC3 = customersOf(db).findByCode('C3')?.id ?? 0;
  addForgotten({ file: forgottenListOf(file), codeHash: hasher.customer('C1') });
  customersOf(db).forget(customersOf(db).findByCode('C1')?.id ?? expect.fail('C1 is not there'));
  db.close();

  const journal = `${file}.restoring.draft-journal`;
  writeFileSync(journal, 'of another backup, whose restore was cut short');
  restoreBackup({ file, fingerprint, now: at('2026-11-22'), backup });
  expect(existsSync(journal)).toBe(false);
  const again = openDatabase({ file, keyFingerprint: fingerprint });
  const customers = customersOf(again);
  expect(customers.findByCode('C1')).toBeNull();
  expect(customers.findByCode('C2')).not.toBeNull();
  expect(again.prepare('select count(*) from purchase').pluck().get()).toBe(1);
  const { forgotten } = intakeOf(again).takePurchases([line()]);
  expect(forgotten).toBe(1);
  intakeOf(again).takeCustomers([{ ...usual, customerCode: 'C4' }], at('2026-11-22'));
  expect(customers.findByCode('C4')?.id).toBeGreaterThan(numberOfC3);
  // A till may still ask for a visit that the backup knows nothing of: no other one gets its number.
  expect(again.prepare("select seq from sqlite_sequence where name = 'visit'").pluck().get()).toBe(1_000_000);
  expect(again.pragma('foreign_key_check')).toEqual([]);
  expect(again.pragma('synchronous', { simple: true })).toBe(2);
  again.close();
  expect(readFileSync(file).includes('BASKET-OF-C1')).toBe(false);
});
