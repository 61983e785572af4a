// A coupon's days, and what may follow on each of its states.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GIVEN_BACK, mayBecome, refusalOf, statesBefore, validity } from '../../src/coupons/coupon-life.ts';
import { ShopCalendar, addDays, instant, localDay } from '../../src/domain/calendar.ts';
import { COUPON_STATES } from '../../src/domain/coupon.ts';
import type { Coupon, CouponState } from '../../src/domain/coupon.ts';
import { parseGcn, parseSerial, visitId } from '../../src/domain/ids.ts';
import { cents } from '../../src/domain/money.ts';
import { day, till } from './words.ts';

function coupon(state: CouponState): Coupon {
  const gcn = parseGcn('9501101000018');
  const serial = parseSerial('482109377715');
  if (gcn === null || serial === null) throw new Error('the test itself is wrong');
  return {
    gcn,
    serial,
    visit: visitId(till('01'), 42),
    place: 1,
    slot: 'habitual',
    productCode: '6408430000012',
    productName: 'Kevytmaito 1 l',
    reward: { kind: 'amount', amountCents: cents(30) },
    issuedAt: instant(0),
    validFrom: day('2026-11-23'),
    validTo: day('2026-12-06'),
    state,
    redeemedAt: state === 'redeemed' ? instant(1_800_000_000_000) : null,
  };
}

it('runs from the next day to the last day: fourteen days from 22.11. are 23.11. to 6.12.', () => {
  expect(validity({ issuedOn: day('2026-11-22'), validDays: 14 })).toEqual({
    validFrom: day('2026-11-23'),
    validTo: day('2026-12-06'),
  });
  expect(() => validity({ issuedOn: day('2026-11-22'), validDays: 0 })).toThrow(RangeError);
});

it.each([
  ['2026-11-22', 'not-yet-valid'],
  ['2026-11-23', null],
  ['2026-12-06', null],
  ['2026-12-07', 'expired'],
])('on %s a printed coupon is %s', (today, outcome) => {
  expect(refusalOf(coupon('printed'), day(today))?.outcome ?? null).toBe(outcome);
});

it('counts the last day to its end on the night the clocks go back', () => {
  const calendar = new ShopCalendar('Europe/Helsinki');
  const lastDay = { ...coupon('printed'), validFrom: day('2026-10-12'), validTo: day('2026-10-25') };
  const lastSecond = instant(calendar.startOf(day('2026-10-26')) - 1000);
  expect(calendar.isoLocal(lastSecond)).toBe('2026-10-25T23:59');
  // The day has 25 hours.
  expect(lastSecond - calendar.startOf(day('2026-10-25'))).toBe(25 * 3_600_000 - 1000);
  expect(refusalOf(lastDay, calendar.dayOf(lastSecond))).toBeNull();
  expect(refusalOf(lastDay, calendar.dayOf(instant(lastSecond + 1000)))?.outcome).toBe('expired');
});

it.each(['issued', 'printed', 'unknown', 'failed', 'expired'] as const)(
  'honours a coupon that is presented in time though we believe it %s',
  (state) => {
    expect(refusalOf(coupon(state), day('2026-12-06'))).toBeNull();
    expect(mayBecome(state, 'redeemed')).toBe(true);
  },
);

it('says when a used coupon was used, even after its last day', () => {
  expect(refusalOf(coupon('redeemed'), day('2026-12-24'))).toMatchObject({
    outcome: 'already-used',
    usedAt: instant(1_800_000_000_000),
  });
});

it('refuses a void coupon', () => {
  expect(refusalOf(coupon('void'), day('2026-12-01'))?.outcome).toBe('void');
});

it('refuses exactly those that cannot become redeemed, while they are in time', () => {
  for (const state of COUPON_STATES) {
    expect(refusalOf(coupon(state), day('2026-12-01')) === null).toBe(statesBefore('redeemed').includes(state));
  }
});

it('redeems once: nothing follows redeemed or void', () => {
  for (const to of COUPON_STATES) {
    expect(mayBecome('redeemed', to)).toBe(false);
    expect(mayBecome('void', to)).toBe(false);
    expect(mayBecome(to, to)).toBe(false);
  }
});

it('gives a used coupon back only by taking its sale back: no step of its life leads there', () => {
  expect(GIVEN_BACK).toEqual({ from: 'redeemed', to: 'printed' });
  expect(mayBecome(GIVEN_BACK.from, GIVEN_BACK.to)).toBe(false);
  expect(mayBecome(GIVEN_BACK.to, 'redeemed')).toBe(true);
  expect(mayBecome(GIVEN_BACK.to, 'expired')).toBe(true);
});

it('never makes a coupon issued again', () => {
  expect(statesBefore('issued')).toEqual([]);
});

it('lets a coupon be used on exactly the days it is valid for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10_000, max: 40_000 }), fc.integer({ min: 1, max: 60 }), (start, validDays) => {
      const issuedOn = localDay(start);
      const of = { ...coupon('printed'), ...validity({ issuedOn, validDays }) };
      let good = 0;
      for (let after = -1; after <= validDays + 1; after++) {
        if (refusalOf(of, addDays(issuedOn, after)) === null) good++;
      }
      expect(good).toBe(validDays);
    }),
  );
});
