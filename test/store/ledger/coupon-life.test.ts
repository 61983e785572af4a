// A coupon in the store, from its issue to the counter and past its last day.
import { describe, expect, it } from 'vitest';
import { elementString } from '../../../src/coupons/element-string.ts';
import { parseSerial } from '../../../src/domain/ids.ts';
import { isoDay } from '../../../src/domain/calendar.ts';
import {
  HABITUAL,
  TILL,
  at,
  calendar,
  choice,
  customer,
  first,
  issue,
  openShop,
  printed,
  redeem,
  statesOf,
  wrong,
} from './shop.ts';

describe('a coupon that is issued', () => {
  it('has a number, a serial of its own and its days, before anything is printed', () => {
    const shop = openShop();
    const { coupons } = issue(shop);
    expect(coupons.map(({ place, slot, state }) => [place, slot, state])).toEqual([
      [1, 'habitual', 'issued'],
      [2, 'habitual', 'issued'],
      [3, 'new', 'issued'],
    ]);
    expect(new Set(coupons.map(({ serial }) => serial)).size).toBe(3);
    expect(coupons.map(({ serial }) => serial.slice(0, 7))).toEqual(['0100000', '0100001', '0100000']);
    expect(coupons[0]?.gcn).toBe(coupons[1]?.gcn);
    expect(coupons[0]?.gcn).not.toBe(coupons[2]?.gcn);
    expect(coupons.map(({ validFrom, validTo }) => [isoDay(validFrom), isoDay(validTo)])[0]).toEqual([
      '2026-11-23',
      '2026-12-06',
    ]);
  });

  it('is written with its first step, its decision and its print job, or not at all', () => {
    const shop = openShop();
    const { visit, coupons } = issue(shop);
    expect(coupons.map(({ serial }) => shop.ledger.eventsOf(serial))).toEqual(
      coupons.map(() => [
        { at: at('2026-11-22T16:00'), state: 'issued', was: null, till: '01', basket: null, source: 'visit' },
      ]),
    );
    expect(shop.ledger.decisionOf(visit)?.products).toHaveLength(4);
    expect(shop.ledger.counts()).toMatchObject({ openJobs: 1, coupons: { issued: 3 } });
    expect(() => issue(shop, { rules: [{ ...HABITUAL, validDays: 0 }] })).toThrow(RangeError);
    expect(shop.ledger.counts()).toMatchObject({ openJobs: 1, coupons: { issued: 3 } });
  });

  it('is never written to the visit of another customer', () => {
    const shop = openShop();
    const { visit } = issue(shop, { customer: 1 });
    const decision = { choice: choice(shop, []), model: null, today: calendar.dayOf(at('2026-11-22')) };
    const mixedUp = { visit, customer: customer(shop, 2), decision, at: at('2026-11-22T16:00') };
    expect(() => shop.ledger.issue(mixedUp)).toThrow(/is not customer 2's/);
    expect(() => {
      shop.ledger.recordHoldout(mixedUp);
    }).toThrow(/is not customer 2's/);
  });
});

describe('what the printer reports', () => {
  it('settles every coupon by itself', () => {
    const shop = openShop();
    const { visit, coupons } = issue(shop);
    expect(shop.ledger.startPrinting({ visit, at: at('2026-11-22T16:00') })).toBe(true);
    const [one, two] = coupons;
    if (one === undefined || two === undefined) return wrong('three coupons');
    const parts = [
      { serial: null, result: 'printed' as const },
      { serial: one.serial, result: 'printed' as const },
      { serial: two.serial, result: 'failed' as const },
    ];
    const result = { parts, millimetres: 90, bytes: 500 };
    shop.ledger.recordPrint({ visit, result, at: at('2026-11-22T16:01') });
    // The third was not named: nobody knows.
    expect(statesOf(shop, visit)).toEqual(['printed', 'failed', 'unknown']);
    expect(shop.visits.find(visit)?.end).toBe('partly-printed');
    expect(shop.ledger.counts().openJobs).toBe(0);
  });

  it('ends as printed when all came out, and as dropped when it never began', () => {
    const shop = openShop();
    const good = issue(shop);
    printed(shop, good);
    expect(shop.visits.find(good.visit)?.end).toBe('printed');
    const gone = issue(shop, { customer: 2 });
    const parts = gone.coupons.map(({ serial }) => ({ serial, result: 'failed' as const }));
    shop.ledger.recordPrint({
      visit: gone.visit,
      result: { parts, millimetres: 0, bytes: 0 },
      at: at('2026-11-22T16:01'),
    });
    expect(shop.visits.find(gone.visit)?.end).toBe('dropped');
  });

  it('lets a strip begin once only', () => {
    const shop = openShop();
    const issued = issue(shop);
    expect(shop.ledger.startPrinting({ visit: issued.visit, at: at('2026-11-22T16:00') })).toBe(true);
    expect(shop.ledger.startPrinting({ visit: issued.visit, at: at('2026-11-22T16:00') })).toBe(false);
    printed(shop, issued);
    expect(shop.ledger.startPrinting({ visit: issued.visit, at: at('2026-11-22T16:02') })).toBe(false);
  });

  it('may come late and still settle what was unknown, but never take a printed coupon back', () => {
    const shop = openShop();
    const issued = issue(shop);
    shop.ledger.startPrinting({ visit: issued.visit, at: at('2026-11-22T16:00') });
    shop.ledger.atStart(at('2026-11-22T16:05'));
    expect(statesOf(shop, issued.visit)).toEqual(['unknown', 'unknown', 'unknown']);
    printed(shop, issued);
    expect(statesOf(shop, issued.visit)).toEqual(['printed', 'printed', 'printed']);
    const result = { parts: [], millimetres: null, bytes: 1511 };
    shop.ledger.recordPrint({ visit: issued.visit, result, at: at('2026-11-22T16:06') });
    expect(statesOf(shop, issued.visit)).toEqual(['printed', 'printed', 'printed']);
  });
});

describe('at the counter', () => {
  it('redeems by serial, with till and sale in the event', () => {
    const shop = openShop();
    const issued = issue(shop);
    printed(shop, issued);
    const { serial } = first(issued);
    const outcome = redeem(shop, { code: `${serial.slice(0, 4)} ${serial.slice(4)}`, when: '2026-11-25T10:00' });
    expect(outcome).toMatchObject({ outcome: 'redeemed', coupon: { serial, state: 'redeemed' } });
    expect(shop.ledger.eventsOf(serial).at(-1)).toEqual({
      at: at('2026-11-25T10:00'),
      state: 'redeemed',
      was: 'printed',
      till: TILL,
      basket: 'sale-1',
      source: 'till',
    });
  });

  it('refuses the second try and says when the first was', () => {
    const shop = openShop();
    const { serial } = first(issue(shop));
    redeem(shop, { code: serial, when: '2026-11-25T10:00' });
    expect(redeem(shop, { code: serial, when: '2026-11-26T11:00' })).toMatchObject({
      outcome: 'already-used',
      usedAt: at('2026-11-25T10:00'),
    });
    expect(shop.ledger.eventsOf(serial).filter(({ state }) => state === 'redeemed')).toHaveLength(1);
  });

  it.each([
    ['2026-11-22T23:59', 'not-yet-valid'],
    ['2026-11-23T00:00', 'redeemed'],
    ['2026-12-06T23:59:59', 'redeemed'],
    ['2026-12-07T00:00', 'expired'],
  ])('at %s a coupon of 22.11. with 14 days is %s', (when, outcome) => {
    const shop = openShop();
    expect(redeem(shop, { code: first(issue(shop)).serial, when }).outcome).toBe(outcome);
  });

  it('takes the last day to its end over the night the clocks go back', () => {
    const shop = openShop();
    const { serial, validTo } = first(issue(shop, { when: at('2026-10-11T12:00') }));
    expect(isoDay(validTo)).toBe('2026-10-25');
    // The day has 25 hours: half past three comes twice.
    expect(redeem(shop, { code: serial, when: '2026-10-26T00:00' }).outcome).toBe('expired');
    expect(redeem(shop, { code: serial, when: '2026-10-25T23:59' }).outcome).toBe('redeemed');
  });

  it('redeems by the full code only where number, day and signature are all right', () => {
    const shop = openShop();
    const issued = issue(shop);
    const [one, , three] = issued.coupons;
    if (one === undefined || three === undefined) return wrong('three coupons');
    const forged = parseSerial(one.serial.slice(0, 11) + String((Number(one.serial.slice(11)) + 1) % 10));
    const right = { gcn: one.gcn, serial: one.serial, expiry: one.validTo };
    for (const code of [
      elementString({ ...right, gcn: three.gcn }),
      elementString({ ...right, expiry: first(issue(shop, { when: at('2026-11-30T10:00') })).validTo }),
      elementString({ ...right, serial: forged ?? wrong('serial') }),
      forged ?? wrong('serial'),
      'hello',
    ]) {
      expect(redeem(shop, { code, when: '2026-11-25' })).toEqual({ outcome: 'unknown-coupon', otherTill: null });
    }
    expect(redeem(shop, { code: `]C1${elementString(right)}`, when: '2026-11-25' }).outcome).toBe('redeemed');
  });

  it('honours what failed, is unknown or was never reported: paper is a fact', () => {
    const shop = openShop();
    const issued = issue(shop);
    const [one, two, three] = issued.coupons;
    if (one === undefined || two === undefined || three === undefined) return wrong('three coupons');
    shop.ledger.startPrinting({ visit: issued.visit, at: at('2026-11-22T16:00') });
    const parts = [
      { serial: one.serial, result: 'failed' as const },
      { serial: two.serial, result: 'unknown' as const },
    ];
    const never = first(issue(shop, { customer: 2 }));
    shop.ledger.recordPrint({
      visit: issued.visit,
      result: { parts, millimetres: 20, bytes: 99 },
      at: at('2026-11-22T16:01'),
    });
    for (const { serial } of [one, two, never]) {
      expect(redeem(shop, { code: serial, when: '2026-11-25' }).outcome).toBe('redeemed');
    }
  });

  it('refuses a coupon that was taken back, and one used before stays used', () => {
    const shop = openShop();
    const [one, two] = issue(shop).coupons;
    if (one === undefined || two === undefined) return wrong('two coupons');
    const when = at('2026-11-24');
    const takeBack = (code: string) => shop.ledger.void({ code, at: when, source: 'command: recall' });
    expect(takeBack(one.serial)).toMatchObject({ outcome: 'void', coupon: { state: 'void' } });
    expect(takeBack(one.serial)).toMatchObject({ outcome: 'already-void' });
    expect(shop.ledger.eventsOf(one.serial).slice(1)).toEqual([
      { at: when, state: 'void', was: 'issued', till: '01', basket: null, source: 'command: recall' },
    ]);
    expect(redeem(shop, { code: one.serial, when: '2026-11-25' }).outcome).toBe('void');
    redeem(shop, { code: two.serial, when: '2026-11-25' });
    expect(takeBack(two.serial)).toMatchObject({ outcome: 'already-used', coupon: { state: 'redeemed' } });
    expect(takeBack('000000000000').outcome).toBe('unknown-coupon');
  });
});

describe('the last day over', () => {
  it('lets what was handed out expire, and leaves what failed or was used as it is', () => {
    const shop = openShop();
    const used = issue(shop);
    printed(shop, used);
    redeem(shop, { code: first(used).serial, when: '2026-11-25' });
    const failed = issue(shop, { customer: 2 });
    shop.ledger.atStart(at('2026-11-22T18:00'));
    expect(shop.ledger.expire({ at: at('2026-12-06T23:59'), isClockDoubtful: false })).toBe(0);
    expect(shop.ledger.expire({ at: at('2026-12-07T00:00'), isClockDoubtful: true })).toBe(0);
    expect(shop.ledger.expire({ at: at('2026-12-07T00:00'), isClockDoubtful: false })).toBe(2);
    expect(shop.ledger.expire({ at: at('2026-12-08T00:00'), isClockDoubtful: false })).toBe(0);
    expect(statesOf(shop, used.visit)).toEqual(['redeemed', 'expired', 'expired']);
    expect(statesOf(shop, failed.visit)).toEqual(['failed', 'failed', 'failed']);
    expect(redeem(shop, { code: used.coupons[1]?.serial ?? '', when: '2026-12-08' }).outcome).toBe('expired');
  });

  it('honours what a clock that ran ahead had let expire too early', () => {
    const shop = openShop();
    const issued = issue(shop);
    shop.ledger.expire({ at: at('2026-12-07'), isClockDoubtful: false });
    expect(redeem(shop, { code: first(issued).serial, when: '2026-12-03' }).outcome).toBe('redeemed');
  });
});
