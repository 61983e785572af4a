// Coupons printed after the backup that was restored: their papers are out, and no row knows them.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { instant, type Instant } from '../../../src/domain/calendar.ts';
import type { Coupon } from '../../../src/domain/coupon.ts';
import { writeBackup } from '../../../src/store/backup.ts';
import { restoreBackup } from '../../../src/store/restore.ts';
import { serialClaimsOf } from '../../../src/store/serial-claims.ts';
import { FINGERPRINT, testFolder } from '../shop-of-tests.ts';
import { at, calendar, first, HABITUAL, issue, openShop, redeem, wrong, type Shop } from './shop.ts';

/** A strip of 22.11.2026, a backup of that night, and three coupons printed on 25.11.2026 that it does not know. */
function restoredShop(before: (shop: Shop, coupons: readonly Coupon[]) => void = () => undefined) {
  const folder = testFolder();
  const file = join(folder.path, 'tillcat.db');
  const open = (clock: { now?: Instant; believed?: Instant } = {}): Shop =>
    openShop({ file, claimsFile: serialClaimsOf(file), ...clock });
  const shop = open();
  shop.ledger.atStart(at('2026-11-22T08:00'));
  issue(shop);
  const backup = join(folder.path, 'usb.db');
  writeBackup({ db: shop.db, file: backup, at: at('2026-11-23T02:30') });
  const { coupons } = issue(shop, { customer: 2, when: at('2026-11-25T12:00') });
  const codes = coupons.map(({ gcn, serial, validTo }) => shop.rules.elementString({ gcn, serial, expiry: validTo }));
  before(shop, coupons);
  shop.db.close();
  const restore = (from = backup) =>
    restoreBackup({ file, fingerprint: FINGERPRINT, now: at('2026-11-26T09:00'), backup: from });
  const restored = restore();
  const [one = wrong('one'), , third = wrong('third')] = coupons;
  return {
    ...{ file, open, restore, restored, coupons, one, third },
    code: codes[0] ?? wrong('code'),
    codeOfThird: codes[2] ?? wrong('code'),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

const WHEN = '2026-11-26T10:00';

it('are honoured by their whole code, once, on the terms of their number', () => {
  using of = restoredShop();
  expect(of.restored.knowsPrinted).toBe(true);
  const shop = of.open();
  const { gcn, serial, reward, validFrom, validTo } = of.one;
  expect(redeem(shop, { code: of.code, when: WHEN })).toMatchObject({
    outcome: 'redeemed',
    coupon: { gcn, serial, reward, validFrom, validTo, productName: null },
  });
  expect(redeem(shop, { code: of.code, when: WHEN }).outcome).toBe('already-used');
  expect(redeem(shop, { code: serial, when: WHEN }).outcome).toBe('already-used');
  // What its row alone knew, cents off a product, is lost; the number stands for the percent.
  expect(redeem(shop, { code: of.codeOfThird, when: WHEN })).toMatchObject({
    outcome: 'redeemed',
    coupon: { slot: 'new', reward: { kind: 'percent', percent: 10 } },
  });
  expect(shop.ledger.eventsOf(serial).map(({ state, source }) => [state, source])).toEqual([
    ['issued', 'restore'],
    ['redeemed', 'till'],
  ]);
  expect(shop.db.pragma('foreign_key_check')).toEqual([]);
  shop.db.close();
});

it('are forgotten like any other: the sale that one was used in goes 14 days after its last day', () => {
  using of = restoredShop();
  const shop = of.open();
  expect(redeem(shop, { code: of.code, when: WHEN }).outcome).toBe('redeemed');
  const sale = () => shop.ledger.eventsOf(of.one.serial).at(-1)?.basket;
  shop.ledger.purge({ today: calendar.dayOf(at('2026-12-22')) });
  expect(sale()).toBe('sale-1');
  shop.ledger.purge({ today: calendar.dayOf(at('2026-12-23')) });
  expect(sale()).toBeNull();
  shop.db.close();
});

it('are good on their days only', () => {
  using of = restoredShop();
  const shop = of.open();
  expect(redeem(shop, { code: of.code, when: '2026-12-10' }).outcome).toBe('expired');
  expect(redeem(shop, { code: of.codeOfThird, when: '2026-11-25T20:00' }).outcome).toBe('not-yet-valid');
  shop.db.close();
});

it('are honoured from a backup so old that the clock is doubted, which stands there far ahead of all it has seen', () => {
  using of = restoredShop();
  const shop = of.open({ believed: at('2026-11-23T02:30') });
  expect(redeem(shop, { code: of.code, when: WHEN }).outcome).toBe('redeemed');
  shop.db.close();
});

it('are honoured up to the day of the last one used, where the clock has lost its time with the power', () => {
  using of = restoredShop((shop, [, , third = wrong('third')]) => {
    expect(redeem(shop, { code: third.serial, when: '2026-11-26T08:00' }).outcome).toBe('redeemed');
  });
  const shop = of.open({ now: instant(0), believed: at('2026-11-23T02:30') });
  expect(redeem(shop, { code: of.code, when: WHEN }).outcome).toBe('redeemed');
  shop.db.close();
});

it('are not told by their digits alone, and that is said as long as one of them may be good', () => {
  using of = restoredShop();
  const shop = of.open();
  expect(redeem(shop, { code: of.one.serial, when: WHEN })).toEqual({ outcome: 'scan-the-code' });
  expect(redeem(shop, { code: of.one.serial, when: '2026-12-11' }).outcome).toBe('unknown-coupon');
  expect(redeem(shop, { code: '019999900000', when: WHEN }).outcome).toBe('unknown-coupon');
  expect(redeem(shop, { code: '020000300000', when: WHEN })).toMatchObject({ otherTill: { till: '02' } });
  shop.db.close();
});

it('stay used where they were used before the restore, and void where they were taken back', () => {
  using of = restoredShop((shop, [one = wrong('one'), , third = wrong('third')]) => {
    expect(redeem(shop, { code: one.serial, when: '2026-11-26T08:00' }).outcome).toBe('redeemed');
    shop.ledger.void({ code: third.serial, at: at('2026-11-26T08:05'), source: 'command' });
  });
  const shop = of.open();
  const usedAt = at('2026-11-26T08:00');
  expect(redeem(shop, { code: of.code, when: WHEN })).toMatchObject({ outcome: 'already-used', usedAt });
  expect(redeem(shop, { code: of.one.serial, when: WHEN })).toMatchObject({ outcome: 'already-used', usedAt });
  expect(redeem(shop, { code: of.codeOfThird, when: WHEN }).outcome).toBe('void');
  shop.db.close();
});

it('stay used after a second restore of the same backup', () => {
  using of = restoredShop();
  const shop = of.open();
  expect(redeem(shop, { code: of.code, when: WHEN }).outcome).toBe('redeemed');
  shop.db.close();
  expect(of.restore()).toMatchObject({ usedSince: 1 });
  const again = of.open();
  expect(redeem(again, { code: of.code, when: WHEN }).outcome).toBe('already-used');
  expect(redeem(again, { code: of.codeOfThird, when: WHEN }).outcome).toBe('redeemed');
  again.db.close();
});

it('can be used again where the disk undid the redemption that brought one back', () => {
  using of = restoredShop();
  const shop = of.open();
  const undone = () =>
    shop.db.transaction(() => {
      expect(redeem(shop, { code: of.code, when: WHEN }).outcome).toBe('redeemed');
      throw new Error('the disk is full');
    })();
  expect(undone).toThrow('the disk is full');
  shop.ledger.atStart(at(WHEN));
  expect(redeem(shop, { code: of.code, when: WHEN }).outcome).toBe('redeemed');
  shop.db.close();
});

it('are only those: a signed code with a counter claimed since, of a day before the backup, or after the restore is none', () => {
  using of = restoredShop();
  const shop = of.open();
  const { gcn, validTo } = of.one;
  const codeOf = (counter: number, expiry: typeof validTo): string =>
    shop.rules.elementString({ gcn, expiry, serial: shop.rules.sign({ gcn, counter, expiry }) });
  const dayLater = (days: number) => calendar.dayOf(instant(calendar.startOf(validTo) + days * 86_400_000));
  const end = shop.claims.claimedBelow(gcn);
  const printedToday = issue(shop, { when: at('2026-11-26T09:30'), rules: [HABITUAL] }).coupons[0] ?? wrong('coupon');
  expect(shop.rules.counterOf(printedToday.serial)).toBe(end);
  for (const made of [codeOf(end + 1, validTo), codeOf(end - 1, dayLater(-3)), codeOf(end - 1, dayLater(2))])
    expect(redeem(shop, { code: made, when: WHEN }).outcome).toBe('unknown-coupon');
  expect(redeem(shop, { code: codeOf(end - 1, validTo), when: WHEN }).outcome).toBe('redeemed');
  shop.db.close();
});

it('of a rule that the backup does not know stay refused, also once the rule has its number again: who knows which were used', () => {
  const rules = [{ ...HABITUAL, validDays: 21 }];
  let codes: readonly string[] = [];
  using of = restoredShop((shop) => {
    const { coupons } = issue(shop, { rules: [...rules, ...rules], when: at('2026-11-25T13:00') });
    const [used = wrong('used')] = coupons;
    codes = coupons.map(({ gcn, serial, validTo }) => shop.rules.elementString({ gcn, serial, expiry: validTo }));
    expect(redeem(shop, { code: used.serial, when: '2026-11-26T08:00' }).outcome).toBe('redeemed');
  });
  const shop = of.open();
  const refused = () => codes.map((code) => redeem(shop, { code, when: WHEN }).outcome);
  expect(refused()).toEqual(['unknown-coupon', 'unknown-coupon']);
  const [again = wrong('again')] = issue(shop, { rules, when: at('2026-11-26T09:30') }).coupons;
  expect(codes[0]).toContain(again.gcn);
  shop.ledger.atStart(at(WHEN));
  expect(refused()).toEqual(['unknown-coupon', 'unknown-coupon']);
  shop.db.close();
});

it('of such a rule stay used when a newer backup that knows the rule is restored after all', () => {
  const rules = [{ ...HABITUAL, validDays: 21 }];
  let used = '';
  let newer = '';
  using of = restoredShop((shop) => {
    used = first(issue(shop, { rules, when: at('2026-11-25T13:00') })).serial;
    newer = `${shop.db.name}.newer`;
    writeBackup({ db: shop.db, file: newer, at: at('2026-11-26T02:30') });
    expect(redeem(shop, { code: used, when: '2026-11-26T08:00' }).outcome).toBe('redeemed');
  });
  const shop = of.open();
  issue(shop, { rules, when: at('2026-11-26T09:30') });
  shop.ledger.atStart(at(WHEN));
  shop.db.close();
  expect(of.restore(newer)).toMatchObject({ usedSince: 1 });
  const after = of.open();
  expect(redeem(after, { code: used, when: WHEN }).outcome).toBe('already-used');
  after.db.close();
});

it('are refused where the claims are lost too, and the restore says so', () => {
  using of = restoredShop();
  rmSync(serialClaimsOf(of.file));
  expect(of.restore().knowsPrinted).toBe(false);
  const shop = of.open();
  expect(redeem(shop, { code: of.code, when: WHEN }).outcome).toBe('unknown-coupon');
  expect(redeem(shop, { code: of.one.serial, when: WHEN }).outcome).toBe('unknown-coupon');
  shop.db.close();
});
