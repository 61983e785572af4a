// A coupon is used once, ever: also when a backup from before its use takes the store's place.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeNightlyBackup } from '../../../src/store/backup.ts';
import { recoverStore, restoreBackup } from '../../../src/store/restore.ts';
import { usedSince } from '../../../src/store/used-coupons.ts';
import { FINGERPRINT } from '../shop-of-tests.ts';
import { at, calendar, TILL, wrong } from './shop.ts';
import { BACKUP_AT, NOW, startedShop, takeBack, use, useLater } from './used-coupons-shop.ts';

it('used after the backup stays used when the backup is restored, with its time and its till', () => {
  using of = startedShop();
  const { shop, coupons } = of;
  of.backUp();
  expect(use(shop, coupons.one).outcome).toBe('redeemed');
  takeBack(shop, coupons.two);
  shop.db.close();
  expect(of.restore()).toMatchObject({ usedSince: 1 });
  const after = of.open();
  expect(useLater(after, coupons.one)).toMatchObject({ outcome: 'already-used', usedAt: at('2026-11-25T10:00') });
  expect(useLater(after, coupons.two).outcome).toBe('void');
  expect(useLater(after, coupons.three).outcome).toBe('redeemed');
  expect(after.ledger.eventsOf(coupons.one.serial).at(-1)).toEqual({
    at: at('2026-11-25T10:00'),
    state: 'redeemed',
    was: 'issued',
    till: '01',
    basket: 'sale-1',
    source: 'restore',
  });
  after.db.close();
});

it('given back after the backup is good again when the backup is restored, though it was used then', () => {
  using of = startedShop();
  const { shop, coupons } = of;
  use(shop, coupons.one);
  use(shop, coupons.two);
  of.backUp();
  const day = calendar.dayOf(at('2026-11-25'));
  expect(shop.ledger.giveBack({ till: TILL, sale: 'sale-1', day, at: at('2026-11-25T10:05') })).toHaveLength(2);
  expect(useLater(shop, coupons.two).outcome).toBe('redeemed');
  shop.db.close();
  of.restore();
  const after = of.open();
  expect(after.ledger.find(coupons.one.serial)).toMatchObject({ state: 'printed', redeemedAt: null });
  expect(useLater(after, coupons.two)).toMatchObject({ outcome: 'already-used', usedAt: at('2026-11-26T10:00') });
  expect(useLater(after, coupons.one).outcome).toBe('redeemed');
  after.db.close();
});

it('used when the backup was made, given back and taken back since, is nobody’s to use after the restore', () => {
  using of = startedShop();
  const { shop, coupons } = of;
  use(shop, coupons.one);
  of.backUp();
  const day = calendar.dayOf(at('2026-11-25'));
  expect(shop.ledger.giveBack({ till: TILL, sale: 'sale-1', day, at: at('2026-11-25T10:05') })).toHaveLength(1);
  expect(takeBack(shop, coupons.one).outcome).toBe('void');
  shop.db.close();
  of.restore();
  const after = of.start();
  expect(useLater(after, coupons.one).outcome).toBe('void');
  after.db.close();
});

it('used when the backup was made, given back and used in another sale since, is not given back by the first once more', () => {
  using of = startedShop();
  const { shop, coupons } = of;
  use(shop, coupons.one);
  of.backUp();
  const voided = { till: TILL, sale: 'sale-1', day: calendar.dayOf(at('2026-11-25')), at: at('2026-11-25T10:05') };
  expect(shop.ledger.giveBack(voided)).toHaveLength(1);
  const again = { code: coupons.one.serial, at: at('2026-11-25T10:30'), till: TILL, basket: 'sale-2', source: 'till' };
  expect(shop.ledger.redeem(again).outcome).toBe('redeemed');
  shop.db.close();
  of.restore();
  const after = of.start();
  expect(after.ledger.giveBack(voided)).toEqual([]);
  expect(useLater(after, coupons.one)).toMatchObject({ outcome: 'already-used', usedAt: at('2026-11-25T10:30') });
  after.db.close();
});

it('stays used when the store that was set aside is put back by another restore', () => {
  using of = startedShop();
  const { shop, coupons } = of;
  of.backUp();
  shop.db.close();
  const { setAside } = of.restore();
  const between = of.start();
  expect(use(between, coupons.one).outcome).toBe('redeemed');
  between.db.close();
  restoreBackup({ file: of.file, fingerprint: FINGERPRINT, now: NOW, backup: setAside ?? wrong('set aside') });
  const after = of.start();
  expect(useLater(after, coupons.one).outcome).toBe('already-used');
  expect(useLater(after, coupons.two).outcome).toBe('redeemed');
  after.db.close();
});

it('stays used when a damaged store gives way to its last backup, and when that happens again', () => {
  using of = startedShop();
  const { shop, coupons, file } = of;
  const backups = join(of.folder.path, 'backups');
  writeNightlyBackup({ db: shop.db, folder: backups, at: BACKUP_AT, day: '2026-11-24' });
  use(shop, coupons.one);
  shop.db.close();
  for (const later of [coupons.two, coupons.three]) {
    writeFileSync(file, 'the card wore out');
    const recovery = recoverStore({ file, fingerprint: FINGERPRINT, now: NOW, backups });
    expect(recovery?.usedSince).toBe(later === coupons.two ? 1 : 2);
    const after = of.start();
    expect(useLater(after, coupons.one).outcome).toBe('already-used');
    expect(useLater(after, later).outcome).toBe('redeemed');
    after.db.close();
  }
});

it('is used only where the store has it too: what a full disk undid is taken back by the next redemption', () => {
  using of = startedShop();
  const { shop, coupons } = of;
  of.backUp();
  const undone = () =>
    shop.db.transaction(() => {
      use(shop, coupons.one);
      use(shop, coupons.two);
      throw new Error('the disk is full');
    })();
  expect(undone).toThrow('the disk is full');
  expect(usedSince({ file: of.list, since: BACKUP_AT })).toBe(2);
  expect(use(shop, coupons.two).outcome).toBe('redeemed');
  shop.db.close();
  expect(of.restore()).toMatchObject({ usedSince: 1 });
  const after = of.open();
  expect(useLater(after, coupons.two).outcome).toBe('already-used');
  expect(useLater(after, coupons.one).outcome).toBe('redeemed');
  after.db.close();
});

it('is used only where the store has it too: what a power cut undid is taken back by the next start', () => {
  using of = startedShop();
  const { shop, coupons } = of;
  of.backUp();
  const cut = () =>
    shop.db.transaction(() => {
      use(shop, coupons.one);
      throw new Error('power cut');
    })();
  expect(cut).toThrow('power cut');
  shop.db.close();
  of.start().db.close();
  expect(of.restore()).toMatchObject({ usedSince: 0 });
  const after = of.open();
  expect(useLater(after, coupons.one).outcome).toBe('redeemed');
  after.db.close();
});

it.each(['sale-1', '47/11 b', '-', '', 'Köp ☕'])(
  'a sale %j that is taken back after the restore gives back what was used in it',
  (sale) => {
    using of = startedShop();
    const { shop, coupons } = of;
    of.backUp();
    const wish = { code: coupons.one.serial, at: at('2026-11-26T08:00'), till: TILL, basket: sale, source: 'till' };
    expect(shop.ledger.redeem(wish).outcome).toBe('redeemed');
    shop.db.close();
    of.restore();
    const after = of.start();
    const day = calendar.dayOf(NOW);
    expect(after.ledger.giveBack({ till: TILL, sale: 'another', day, at: NOW })).toEqual([]);
    expect(after.ledger.giveBack({ till: TILL, sale, day, at: NOW })).toEqual([coupons.one.serial]);
    expect(useLater(after, coupons.one).outcome).toBe('redeemed');
    after.db.close();
  },
);

it('a giving back that the disk undid leaves the first use in the list as it was, its sale with it', () => {
  using of = startedShop();
  const { shop, coupons } = of;
  of.backUp();
  use(shop, coupons.one);
  const voided = { till: TILL, sale: 'sale-1', day: calendar.dayOf(at('2026-11-25')), at: at('2026-11-25T10:05') };
  const undone = () =>
    shop.db.transaction(() => {
      expect(shop.ledger.giveBack(voided)).toHaveLength(1);
      throw new Error('the disk is full');
    })();
  expect(undone).toThrow('the disk is full');
  expect(use(shop, coupons.two).outcome).toBe('redeemed');
  shop.db.close();
  of.restore();
  const after = of.start();
  expect(after.ledger.find(coupons.one.serial)?.redeemedAt).toBe(at('2026-11-25T10:00'));
  expect(after.ledger.giveBack(voided)).toHaveLength(2);
  after.db.close();
});

it('without a list a restore does not say that used coupons stay so', () => {
  using of = startedShop();
  of.backUp();
  of.shop.db.close();
  rmSync(of.list);
  expect(of.restore().usedSince).toBeNull();
});
