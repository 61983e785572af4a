// A shop on disk that uses coupons and can be put back from its backup, for the tests of the list of used coupons.
import { join } from 'node:path';
import type { Coupon } from '../../../src/domain/coupon.ts';
import { writeBackup } from '../../../src/store/backup.ts';
import { restoreBackup } from '../../../src/store/restore.ts';
import { usedCouponsOf } from '../../../src/store/used-coupons.ts';
import { FINGERPRINT, testFolder } from '../shop-of-tests.ts';
import { at, issue, openShop, redeem, wrong, type Shop } from './shop.ts';

export const BACKUP_AT = at('2026-11-24T02:30');
export const NOW = at('2026-11-26T09:00');

/** A shop on disk with three coupons valid from 23.11.2026, started as the daemon starts. */
export function startedShop() {
  const folder = testFolder();
  const file = join(folder.path, 'tillcat.db');
  const open = (report?: (error: Error) => void): Shop =>
    openShop({ file, claimsFile: join(folder.path, 'serial-claims'), ...(report === undefined ? {} : { report }) });
  const start = (): Shop => {
    const shop = open();
    shop.ledger.atStart(NOW);
    return shop;
  };
  const shop = start();
  const [one = wrong('one'), two = wrong('two'), three = wrong('three')] = issue(shop).coupons;
  const backup = join(folder.path, 'usb.db');
  return {
    folder,
    file,
    list: usedCouponsOf(file),
    backup,
    shop,
    coupons: { one, two, three },
    open,
    start,
    backUp: () => writeBackup({ db: shop.db, file: backup, at: BACKUP_AT }),
    restore: () => restoreBackup({ file, fingerprint: FINGERPRINT, now: NOW, backup }),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

export const use = (shop: Shop, { serial }: Coupon) => redeem(shop, { code: serial, when: '2026-11-25T10:00' });
export const useLater = (shop: Shop, { serial }: Coupon) => redeem(shop, { code: serial, when: '2026-11-26T10:00' });
export const takeBack = (shop: Shop, { serial }: Coupon) =>
  shop.ledger.void({ code: serial, at: at('2026-11-25T10:00'), source: 'command' });
