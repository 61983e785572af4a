// A coupon is used once, ever: also when a backup from before its use takes the store's place.
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Coupon } from '../../../src/domain/coupon.ts';
import { customerId } from '../../../src/domain/ids.ts';
import { isTillError } from '../../../src/domain/till-error.ts';
import { writeBackup, writeNightlyBackup } from '../../../src/store/backup.ts';
import { recoverStore, restoreBackup } from '../../../src/store/restore.ts';
import { usedCouponsOf, usedSince } from '../../../src/store/used-coupons.ts';
import { FINGERPRINT, testFolder } from '../shop-of-tests.ts';
import { at, calendar, issue, openShop, redeem, TILL, wrong, type Shop } from './shop.ts';

const BACKUP_AT = at('2026-11-24T02:30');
const NOW = at('2026-11-26T09:00');

/** A shop on disk with three coupons valid from 23.11.2026, started as the daemon starts. */
function startedShop() {
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

const use = (shop: Shop, { serial }: Coupon) => redeem(shop, { code: serial, when: '2026-11-25T10:00' });
const useLater = (shop: Shop, { serial }: Coupon) => redeem(shop, { code: serial, when: '2026-11-26T10:00' });
const takeBack = (shop: Shop, { serial }: Coupon) =>
  shop.ledger.void({ code: serial, at: at('2026-11-25T10:00'), source: 'command' });

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

it('a line that a power cut tore is passed over, and the next one takes its place', () => {
  using of = startedShop();
  const { shop, coupons, list } = of;
  of.backUp();
  use(shop, coupons.one);
  const whole = readFileSync(list, 'latin1');
  appendFileSync(list, `${whole.slice(0, 40)}\0\0\0\0\n${whole.slice(0, 17)}`);
  use(shop, coupons.two);
  expect(readFileSync(list, 'latin1').split('\n')).toHaveLength(3);
  expect(readFileSync(list, 'latin1').startsWith(whole)).toBe(true);
  shop.db.close();
  expect(of.restore()).toMatchObject({ usedSince: 2 });
});

it('where the list is lost it is made from the store, by the next start or the next redemption', () => {
  using of = startedShop();
  const { shop, coupons, list } = of;
  use(shop, coupons.one);
  takeBack(shop, coupons.two);
  const before = readFileSync(list, 'latin1');
  rmSync(list);
  of.start().db.close();
  expect(readFileSync(list, 'latin1')).toBe(before);
  rmSync(list);
  use(shop, coupons.three);
  expect(readFileSync(list, 'latin1').startsWith(before)).toBe(true);
  expect(readFileSync(list, 'latin1').split('\n')).toHaveLength(4);
  shop.db.close();
});

it('a damaged line in the middle is made anew from the store by the next start', () => {
  using of = startedShop();
  const { shop, coupons, list } = of;
  use(shop, coupons.one);
  use(shop, coupons.two);
  const before = readFileSync(list, 'latin1').split('\n');
  writeFileSync(list, readFileSync(list, 'latin1').replace('redeemed', 'redeemXd'));
  of.start().db.close();
  expect(readFileSync(list, 'latin1').split('\n').toSorted()).toEqual(before.toSorted());
  shop.db.close();
});

it('a list that is lost or damaged is made from the store by the night too, and never an empty one that looks whole', () => {
  using of = startedShop();
  const { shop, coupons, list } = of;
  of.backUp();
  use(shop, coupons.one);
  use(shop, coupons.two);
  const before = readFileSync(list, 'latin1').split('\n').toSorted();
  const tonight = { today: calendar.dayOf(at('2026-11-26')) };
  rmSync(list);
  shop.ledger.purge(tonight);
  expect(readFileSync(list, 'latin1').split('\n').toSorted()).toEqual(before);
  writeFileSync(list, readFileSync(list, 'latin1').replace('redeemed', 'redeemXd'));
  shop.ledger.purge(tonight);
  expect(readFileSync(list, 'latin1').split('\n').toSorted()).toEqual(before);
  shop.db.close();
  expect(of.restore()).toMatchObject({ usedSince: 2 });
});

it('nothing is redeemed while the list cannot be written', () => {
  using of = startedShop();
  const { shop, coupons, list } = of;
  rmSync(list);
  mkdirSync(list);
  let thrown: unknown;
  try {
    use(shop, coupons.one);
  } catch (error) {
    thrown = error;
  }
  expect(isTillError(thrown, 'USED_COUPONS_UNUSABLE')).toBe(true);
  expect(shop.ledger.find(coupons.one.serial)?.state).toBe('issued');
  rmSync(list, { recursive: true });
  expect(use(shop, coupons.one).outcome).toBe('redeemed');
  shop.db.close();
});

it('a list that cannot be read stops redemption alone: the start and the night report it and go on', () => {
  using of = startedShop();
  const { shop, coupons, list } = of;
  shop.db.close();
  rmSync(list);
  mkdirSync(list);
  const reported: Error[] = [];
  const again = of.open((error) => reported.push(error));
  again.ledger.atStart(NOW);
  expect(again.ledger.purge({ today: calendar.dayOf(at('2026-12-21')) })).toMatchObject({ coupons: 3 });
  expect(reported.map((error) => isTillError(error, 'USED_COUPONS_UNUSABLE'))).toEqual([true, true]);
  expect(() => use(again, coupons.one)).toThrow(/Cannot keep the list of used coupons/);
  again.db.close();
});

it('a restored store that cannot read the list serves, redeems nothing, and hears it as soon as it is opened and it can', () => {
  using of = startedShop();
  const { shop, coupons, list } = of;
  of.backUp();
  use(shop, coupons.one);
  const printedSince = issue(shop, { when: at('2026-11-25T12:00') }).coupons[0] ?? wrong('printed since');
  shop.db.close();
  renameSync(list, `${list}-away`);
  mkdirSync(list);
  expect(of.restore()).toMatchObject({ usedSince: 'unreadable' });
  const reported: Error[] = [];
  const deaf = of.open((error) => reported.push(error));
  expect(reported).toHaveLength(1);
  // The disk answers again, and the daemon has not been started again.
  rmSync(list, { recursive: true });
  renameSync(`${list}-away`, list);
  const before = readFileSync(list, 'latin1');
  deaf.ledger.atStart(NOW);
  expect(readFileSync(list, 'latin1')).toBe(before);
  const issued = issue(deaf, { when: NOW }).coupons[0] ?? wrong('issued');
  expect(() => useLater(deaf, coupons.one)).toThrow(/start TillCAT again/);
  deaf.db.close();
  const after = of.start();
  expect(useLater(after, coupons.one)).toMatchObject({ outcome: 'already-used', usedAt: at('2026-11-25T10:00') });
  const { gcn, serial, validTo } = printedSince;
  const code = after.rules.elementString({ gcn, serial, expiry: validTo });
  expect(redeem(after, { code, when: '2026-11-26T10:00' }).outcome).toBe('redeemed');
  expect(redeem(after, { code: issued.serial, when: '2026-11-27' }).outcome).toBe('redeemed');
  after.db.close();
});

it('what is 14 days over is taken out of the list at night, and a list that stays the same is not written', () => {
  using of = startedShop();
  const { shop, coupons, list } = of;
  use(shop, coupons.one);
  const before = readFileSync(list);
  shop.ledger.purge({ today: calendar.dayOf(at('2026-12-19')) });
  expect(readFileSync(list).equals(before)).toBe(true);
  // The night in which the store forgets the sale.
  shop.ledger.purge({ today: calendar.dayOf(at('2026-12-20')) });
  expect(readFileSync(list, 'latin1')).toMatch(/^redeemed \S+ \S+ 2026-12-06 \S+ 01 - [0-9a-f]{8}\n$/);
  shop.ledger.purge({ today: calendar.dayOf(at('2026-12-21')) });
  expect(readFileSync(list, 'latin1')).toBe('');
  expect(existsSync(`${list}.draft`)).toBe(false);
  shop.db.close();
});

it('the list names the coupon, its days, its till and its sale, and nothing of a customer or a product', () => {
  using of = startedShop();
  const { shop, coupons, list } = of;
  use(shop, coupons.one);
  const { gcn, serial } = coupons.one;
  expect(readFileSync(list, 'latin1')).toMatch(
    new RegExp(`^redeemed ${gcn} ${serial} 2026-12-06 2026-11-25T08:00:00\\.000Z 01 =sale-1 [0-9a-f]{8}\\n$`),
  );
  shop.db.close();
});

it('the sale, which leads to its customer, is in the list no longer than in the store', () => {
  using of = startedShop();
  const { shop, coupons, list } = of;
  use(shop, coupons.one);
  shop.ledger.forgetCustomer(customerId(1));
  expect(readFileSync(list, 'latin1')).toMatch(/^redeemed \S+ \S+ \S+ \S+ 01 - [0-9a-f]{8}\n$/);
  expect(useLater(shop, coupons.one).outcome).toBe('already-used');
  shop.db.close();
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
