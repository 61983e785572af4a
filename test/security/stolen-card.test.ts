// A memory card or a backup in wrong hands: no card number and no customer code is in any file as it is, and a backup has no key.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openShop } from '../../src/app.ts';
import { backUp, backUpNightly } from '../../src/app-backup.ts';
import { parseConfig } from '../../src/config/load-config.ts';
import { instant } from '../../src/domain/calendar.ts';
import { realClock } from '../../src/system/real-clock.ts';

const CARD = '634099887766554433';
const CODE = 'CUSTOMER-PLANTED-4711';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-stolen-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function filesIn(place: string): string[] {
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .map((name) => join(place, name))
    .filter((file) => statSync(file).isFile());
}

test('planted in the store, a card number and a customer code are in no file', () => {
  const config = {
    ...parseConfig({ yaml: '', file: '' }),
    data: join(folder, 'data'),
    secrets: join(folder, 'secrets'),
  };
  const shop = openShop(config, { clock: realClock, report: () => undefined });
  const now = shop.clock.now();
  const intake = shop.intake();
  intake.takeCustomers([{ customerCode: CODE, card: CARD, language: null, status: 'active', optedOut: false }], now);
  intake.takePurchases([
    {
      customerCode: CODE,
      basketCode: 'B1',
      at: instant(now - 3_600_000),
      productCode: 'P1',
      quantityMilli: 1000,
      priceCents: null,
    },
  ]);
  backUp(shop, join(folder, 'data', 'usb.db'));
  backUpNightly(shop);
  const open = filesIn(join(folder, 'data'));
  shop[Symbol.dispose]();
  expect(open.length).toBeGreaterThan(2);
  const key = readFileSync(join(folder, 'secrets', 'shop.key'));
  for (const file of [
    ...open.filter((name) => !name.endsWith('-wal') && !name.endsWith('-shm')),
    ...filesIn(join(folder, 'data')),
  ]) {
    const bytes = readFileSync(file);
    for (const secret of [CARD, CODE, key, key.toString('hex'), key.toString('base64')]) {
      expect(bytes.includes(secret), file).toBe(false);
    }
    expect(statSync(file).mode & 0o077, file).toBe(0);
  }
});
