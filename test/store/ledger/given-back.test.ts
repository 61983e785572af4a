// A sale that is taken back gives back the coupons used in it, and one coupon still counts once.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTillId, type Serial } from '../../../src/domain/ids.ts';
import { reviewCoupons } from '../../../src/store/coupon-review.ts';
import { at, calendar, first, issue, openShop, printed, statesOf, TILL, wrong, type Shop } from './shop.ts';

const OTHER_TILL = parseTillId('02') ?? wrong('till');

type Use = { code: string; when: string; sale: string | null; till?: typeof TILL };

function use(shop: Shop, { code, when, sale, till = TILL }: Use) {
  return shop.ledger.redeem({ code, at: at(when), till, basket: sale, source: 'till' }).outcome;
}

function takeBack(shop: Shop, { sale, when, till = TILL }: { sale: string; when: string; till?: typeof TILL }) {
  return shop.ledger.giveBack({ till, sale, day: calendar.dayOf(at(when)), at: at(when) });
}

function stateOf(shop: Shop, serial: Serial) {
  return shop.ledger.find(serial)?.state;
}

describe('a coupon whose sale is taken back', () => {
  it('is good again, and each step is written down', () => {
    const shop = openShop();
    const issued = issue(shop);
    printed(shop, issued);
    const { serial } = first(issued);
    use(shop, { code: serial, when: '2026-11-25T10:00', sale: '77' });
    expect(takeBack(shop, { sale: '77', when: '2026-11-25T10:05' })).toEqual([serial]);
    expect(shop.ledger.find(serial)).toMatchObject({ state: 'printed', redeemedAt: null });
    expect(shop.ledger.eventsOf(serial).slice(-2)).toEqual([
      { at: at('2026-11-25T10:00'), state: 'redeemed', was: 'printed', till: '01', basket: '77', source: 'till' },
      { at: at('2026-11-25T10:05'), state: 'printed', was: 'redeemed', till: '01', basket: '77', source: 'sale-void' },
    ]);
    expect(use(shop, { code: serial, when: '2026-11-25T10:06', sale: '78' })).toBe('redeemed');
    expect(use(shop, { code: serial, when: '2026-11-25T10:07', sale: '79' })).toBe('already-used');
  });

  it('is good again with all others of that sale, and no other coupon is touched', () => {
    const shop = openShop();
    const [one, two, three] = issue(shop).coupons.map(({ serial }) => serial);
    if (one === undefined || two === undefined || three === undefined) return wrong('three coupons');
    for (const code of [one, two]) use(shop, { code, when: '2026-11-25T10:00', sale: '77' });
    use(shop, { code: three, when: '2026-11-25T10:00', sale: '78' });
    expect(takeBack(shop, { sale: '77', when: '2026-11-25T10:05' })).toEqual([one, two]);
    expect(stateOf(shop, three)).toBe('redeemed');
  });

  it.each([
    { what: 'no sale was named', use: { sale: null } },
    { what: 'it was another sale', use: { sale: '078' } },
    { what: 'it was the same number on another day', use: { sale: '77', when: '2026-11-24T23:59' } },
    { what: 'it was the same number at another till', use: { sale: '77', till: OTHER_TILL } },
  ])('stays used where $what', ({ use: how }) => {
    const shop = openShop();
    const { serial } = first(issue(shop));
    expect(use(shop, { code: serial, when: '2026-11-25T10:00', ...how })).toBe('redeemed');
    expect(takeBack(shop, { sale: '77', when: '2026-11-25T10:05' })).toEqual([]);
    expect(stateOf(shop, serial)).toBe('redeemed');
  });

  it('is given back once: the second word of it changes nothing, nor does one that came before the use', () => {
    const shop = openShop();
    const { serial } = first(issue(shop));
    expect(takeBack(shop, { sale: '77', when: '2026-11-25T09:00' })).toEqual([]);
    use(shop, { code: serial, when: '2026-11-25T10:00', sale: '77' });
    expect(stateOf(shop, serial)).toBe('redeemed');
    expect(takeBack(shop, { sale: '77', when: '2026-11-25T10:05' })).toEqual([serial]);
    expect(takeBack(shop, { sale: '77', when: '2026-11-25T10:06' })).toEqual([]);
    use(shop, { code: serial, when: '2026-11-25T10:07', sale: '78' });
    expect(takeBack(shop, { sale: '77', when: '2026-11-25T10:08' })).toEqual([]);
    expect(stateOf(shop, serial)).toBe('redeemed');
  });

  it('expires like any other, and a late word of the printer does not give back what is used', () => {
    const shop = openShop();
    const issued = issue(shop);
    const { serial } = first(issued);
    use(shop, { code: serial, when: '2026-11-25T10:00', sale: '77' });
    printed(shop, issued);
    expect(statesOf(shop, issued.visit)).toEqual(['redeemed', 'printed', 'printed']);
    takeBack(shop, { sale: '77', when: '2026-11-25T10:05' });
    expect(shop.ledger.expire({ at: at('2026-12-07'), isClockDoubtful: false })).toBe(3);
    expect(use(shop, { code: serial, when: '2026-12-08', sale: '78' })).toBe('expired');
  });

  it('stays used where its pointer was given to another coupon meanwhile', () => {
    const shop = openShop({ codeKind: 'pointer' });
    const [one, two] = issue(shop).coupons;
    if (one === undefined || two === undefined) return wrong('two coupons');
    use(shop, { code: one.serial, when: '2026-11-25T10:00', sale: '77' });
    shop.db
      .prepare('update coupon set ean13 = (select ean13 from coupon where serial = ?) where serial = ?')
      .run(one.serial, two.serial);
    expect(takeBack(shop, { sale: '77', when: '2026-11-25T10:05' })).toEqual([]);
    expect(stateOf(shop, one.serial)).toBe('redeemed');
  });

  it('is reviewed by the sale it was used in last', () => {
    const shop = openShop();
    const { serial } = first(issue(shop));
    use(shop, { code: serial, when: '2026-11-25T10:00', sale: '77' });
    takeBack(shop, { sale: '77', when: '2026-11-25T10:05' });
    const firstDay = calendar.dayOf(at('2026-11-20'));
    expect(reviewCoupons(shop.db, { calendar, firstDay }).tills).toEqual([]);
    use(shop, { code: serial, when: '2026-11-25T10:06', sale: '78' });
    const [till] = reviewCoupons(shop.db, { calendar, firstDay }).tills;
    expect(Object.values(till?.used ?? {}).reduce((sum, count) => sum + count, 0)).toBe(1);
  });
});

const step = fc.record({
  what: fc.constantFrom('use', 'take back', 'report'),
  coupon: fc.nat(2),
  sale: fc.constantFrom(null, '1', '2', '3'),
});

it('whatever is used, taken back and reported: a coupon counts once, and its steps tell its state', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const shop = openShop();
      const issued = issue(shop);
      const serials = issued.coupons.map(({ serial }) => serial);
      /** The sale each coupon counts in, as the tills were told. */
      const usedIn = new Map<Serial, string | null>();
      for (const [minute, { what, coupon, sale }] of steps.entries()) {
        const when = `2026-11-25T10:${String(minute).padStart(2, '0')}`;
        const serial = serials[coupon] ?? wrong('serial');
        if (what === 'report') printed(shop, issued);
        else if (what === 'use') {
          const outcome = use(shop, { code: serial, when, sale });
          expect(outcome).toBe(usedIn.has(serial) ? 'already-used' : 'redeemed');
          if (outcome === 'redeemed') usedIn.set(serial, sale);
        } else if (sale !== null) {
          const back = serials.filter((one) => usedIn.get(one) === sale);
          expect(takeBack(shop, { sale, when })).toEqual(back);
          for (const one of back) usedIn.delete(one);
        }
      }
      for (const serial of serials) {
        const events = shop.ledger.eventsOf(serial);
        const uses = events.filter(({ state }) => state === 'redeemed').length;
        const undone = events.filter(({ was }) => was === 'redeemed').length;
        expect(uses - undone).toBe(usedIn.has(serial) ? 1 : 0);
        expect(events.slice(1).every(({ was }, i) => was === events[i]?.state)).toBe(true);
        expect(events.at(-1)?.state).toBe(stateOf(shop, serial));
      }
      shop.db.close();
    }),
    { numRuns: 60 },
  );
});
