// What the ledger keeps for ever, and what it forgets in time.
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/domain/calendar.ts';
import { HABITUAL, at, calendar, choice, customer, first, issue, offer, openShop, printed, redeem } from './shop.ts';

const lastDay = calendar.dayOf(at('2026-12-06'));

describe('what is kept', () => {
  it('is never deleted and never rewritten', () => {
    const shop = openShop();
    const { serial } = first(issue(shop));
    redeem(shop, { code: serial, when: '2026-11-25' });
    for (const sql of [
      'delete from coupon_event',
      "update coupon_event set state = 'void'",
      "update coupon_event set basket = 'another sale'",
      'update coupon_event set at = 0, basket = null',
      'delete from coupon',
      'update coupon set amount_cents = 1000',
      'update coupon set valid_to = valid_to + 1',
      "update coupon set serial = '000000000000'",
    ]) {
      expect(() => shop.db.prepare(sql).run(), sql).toThrow(/never/);
    }
  });

  it('has no state without a step, and no step that a life does not allow', () => {
    const shop = openShop();
    const issued = issue(shop);
    printed(shop, issued);
    redeem(shop, { code: first(issued).serial, when: '2026-11-25' });
    shop.ledger.expire({ at: at('2026-12-07'), isClockDoubtful: false });
    for (const { serial, state } of shop.ledger.couponsOf(issued.visit)) {
      const events = shop.ledger.eventsOf(serial);
      expect(events.at(-1)?.state).toBe(state);
      for (const [index, event] of events.entries()) expect(event.was).toBe(events[index - 1]?.state ?? null);
    }
  });
});

describe('what is forgotten', () => {
  function everything(shop: ReturnType<typeof openShop>): string {
    const tables = ['visit', 'decision', 'decision_product', 'coupon', 'coupon_event'];
    return tables.map((table) => JSON.stringify(shop.db.prepare(`select * from ${table}`).all())).join('\n');
  }

  it('14 days after the last day is who it was and what for; serial, states and amounts stay', () => {
    const shop = openShop();
    const issued = issue(shop, { customer: 77 });
    printed(shop, issued);
    redeem(shop, { code: first(issued).serial, when: '2026-11-25' });
    expect(shop.ledger.purge({ today: addDays(lastDay, 13) })).toEqual({ coupons: 0, visits: 0 });
    expect(shop.ledger.purge({ today: addDays(lastDay, 14) })).toEqual({ coupons: 3, visits: 1 });
    expect(shop.ledger.purge({ today: addDays(lastDay, 15) })).toEqual({ coupons: 0, visits: 0 });

    const kept = everything(shop);
    expect(kept).not.toMatch(/Product \d|"customer":77|"product":\d|sale-1|purchases/);
    const coupons = shop.ledger.couponsOf(issued.visit);
    expect(coupons.map(({ serial, reward, gcn }) => [serial, reward, gcn])).toEqual(
      issued.coupons.map(({ serial, reward, gcn }) => [serial, reward, gcn]),
    );
    expect(coupons.map(({ productCode, productName }) => [productCode, productName])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ]);
    expect(shop.ledger.eventsOf(first(issued).serial).map(({ state }) => state)).toEqual([
      'issued',
      'printed',
      'redeemed',
    ]);
    // A cashier still hears that it was used, and when.
    expect(redeem(shop, { code: first(issued).serial, when: '2027-01-05' }).outcome).toBe('already-used');
  });

  it('is forgotten by the longest coupon of a strip, and by what would have been for the held-out', () => {
    const shop = openShop();
    const short = { ...HABITUAL, key: 'short', validDays: 3 };
    issue(shop, { rules: [short, HABITUAL] });
    const held = customer(shop, 2);
    const visit = shop.visits.open({ at: at('2026-11-22'), customer: held, source: 'scanner' });
    const decision = {
      choice: choice(shop, [offer(shop, { number: 1, rule: HABITUAL })]),
      model: null,
      today: calendar.dayOf(at('2026-11-22')),
    };
    shop.ledger.recordHoldout({ visit, customer: held, decision, at: at('2026-11-22') });
    expect(shop.ledger.decisionOf(visit)).toMatchObject({ isHeldOut: true, model: null });
    expect(shop.ledger.couponsOf(visit)).toEqual([]);
    expect(shop.ledger.purge({ today: addDays(lastDay, 5) })).toEqual({ coupons: 1, visits: 0 });
    expect(shop.ledger.purge({ today: addDays(lastDay, 14) })).toEqual({ coupons: 1, visits: 2 });
    expect(shop.ledger.decisionOf(visit)?.products[0]).toMatchObject({ product: null, productName: null, reasons: [] });
  });

  it('is everything of one customer at once when they ask, so that their row can go; the paper stays good', () => {
    const shop = openShop();
    const mine = issue(shop, { customer: 77 });
    const others = issue(shop, { customer: 78 });
    const row = customer(shop, 77);
    expect(() => shop.db.prepare('delete from customer where id = ?').run(row)).toThrow(/FOREIGN KEY/);
    expect(shop.ledger.forgetCustomer(row)).toEqual({ coupons: 3, visits: 1 });
    shop.db.prepare('delete from customer where id = ?').run(row);
    expect(shop.ledger.couponsOf(mine.visit).every(({ productName }) => productName === null)).toBe(true);
    expect(shop.ledger.couponsOf(others.visit).every(({ productName }) => productName !== null)).toBe(true);
    expect(redeem(shop, { code: first(mine).serial, when: '2026-11-25' }).outcome).toBe('redeemed');
  });

  it('in thousands does not stop half way', () => {
    const shop = openShop();
    for (let n = 0; n < 350; n++)
      shop.visits.open({ at: at('2026-01-05'), customer: customer(shop, 5), source: 'page' });
    expect(shop.ledger.purge({ today: lastDay }).visits).toBe(350);
  });
});
