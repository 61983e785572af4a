// The ledger after the power went, and beside another process.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CouponRows } from '../../../src/store/coupon-rows.ts';
import { TILL, at, first, issue, openShop, printed, redeem, statesOf, wrong } from './shop.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-ledger-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const open = () => openShop({ file: join(folder, 'till.db'), claimsFile: join(folder, 'serial-claims') });

it('in the middle of a strip leaves its coupons unknown, honoured, and never printed again', () => {
  const before = open();
  const done = issue(before);
  printed(before, done);
  const begun = issue(before, { customer: 2 });
  before.ledger.startPrinting({ visit: begun.visit, at: at('2026-11-22T16:00') });
  const waiting = issue(before, { customer: 3 });
  const queued = before.visits.open({ at: at('2026-11-22T16:00'), customer: null, source: 'till' });
  before.db.close();

  const after = open();
  expect(after.ledger.atStart(at('2026-11-22T16:10'))).toEqual([
    { visit: begun.visit, end: 'unknown', coupons: 3 },
    { visit: waiting.visit, end: 'dropped', coupons: 3 },
  ]);
  expect(statesOf(after, done.visit)).toEqual(['printed', 'printed', 'printed']);
  expect(statesOf(after, begun.visit)).toEqual(['unknown', 'unknown', 'unknown']);
  expect(statesOf(after, waiting.visit)).toEqual(['failed', 'failed', 'failed']);
  expect(after.visits.find(queued)?.end).toBe('dropped');
  expect(after.ledger.eventsOf(first(begun).serial).map(({ state, source }) => [state, source])).toEqual([
    ['issued', 'visit'],
    ['unknown', 'restart'],
  ]);
  expect(after.ledger.startPrinting({ visit: begun.visit, at: at('2026-11-22T16:10') })).toBe(false);
  expect(after.ledger.startPrinting({ visit: waiting.visit, at: at('2026-11-22T16:10') })).toBe(false);
  expect(after.ledger.atStart(at('2026-11-22T16:11'))).toEqual([]);
  expect(redeem(after, { code: first(begun).serial, when: '2026-11-25' }).outcome).toBe('redeemed');
  after.db.close();
});

it('does not let the daemon and the command line redeem one coupon twice', () => {
  const one = open();
  const other = open();
  const { serial } = first(issue(one));
  const rows = new CouponRows({ ...one, used: null });
  const seenBefore = rows.bySerial(serial) ?? wrong('coupon');
  expect(redeem(other, { code: serial, when: '2026-11-25T10:00' }).outcome).toBe('redeemed');
  // What was read before the other one's redemption cannot be acted on any more.
  const step = { to: 'redeemed', at: at('2026-11-25T10:01'), till: TILL, basket: null, source: 'till' } as const;
  expect(rows.move(seenBefore, step)).toBe(false);
  expect(redeem(one, { code: serial, when: '2026-11-25T10:01' }).outcome).toBe('already-used');
  expect(one.ledger.eventsOf(serial).filter(({ state }) => state === 'redeemed')).toHaveLength(1);
  one.db.close();
  other.db.close();
});

it('undoes a redemption whose sale was not written: both or neither', () => {
  const shop = open();
  const { serial } = first(issue(shop));
  expect(() => {
    shop.db.transaction(() => {
      redeem(shop, { code: serial, when: '2026-11-25' });
      throw new Error('power cut');
    })();
  }).toThrow('power cut');
  expect(shop.ledger.find(serial)?.state).toBe('issued');
  expect(shop.ledger.eventsOf(serial)).toHaveLength(1);
  shop.db.close();
});
