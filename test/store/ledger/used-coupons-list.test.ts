// The list of used coupons as it lies on the disk: lost, damaged, unreadable, pruned, and what it says.
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { customerId } from '../../../src/domain/ids.ts';
import { isTillError } from '../../../src/domain/till-error.ts';
import { at, calendar, issue, redeem, wrong } from './shop.ts';
import { NOW, startedShop, takeBack, use, useLater } from './used-coupons-shop.ts';

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
