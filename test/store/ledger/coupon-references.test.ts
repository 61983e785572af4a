// Which coupon number stands for which terms.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeGcn } from '../../../src/coupons/gcn.ts';
import { cents } from '../../../src/domain/money.ts';
import type { RewardRule } from '../../../src/domain/offer.ts';
import { isTillError } from '../../../src/domain/till-error.ts';
import { HABITUAL, NEW, issue, openShop, redeem, first } from './shop.ts';

it('gives the same terms the same number, today and after a restart, on this till and the next', () => {
  const shop = openShop();
  const number = shop.references.numberFor(HABITUAL).gcn;
  expect(shop.references.numberFor({ ...HABITUAL }).gcn).toBe(number);
  const other = openShop();
  other.references.numberFor(NEW);
  expect(other.references.numberFor(HABITUAL).gcn).toBe(number);
});

it('gives changed terms the next reference, and the old terms their old one back', () => {
  const shop = openShop();
  const number = shop.references.numberFor(HABITUAL);
  const dearer: RewardRule = { ...HABITUAL, reward: { kind: 'amount', amountCents: cents(50) } };
  const next = shop.references.numberFor(dearer);
  expect(next.reference).toBe(number.reference + 1);
  expect(next.gcn).toBe(makeGcn({ companyPrefix: '9501101', reference: next.reference }));
  expect(shop.references.numberFor({ ...HABITUAL, validDays: 7 }).reference).toBe(number.reference + 2);
  expect(shop.references.numberFor(HABITUAL)).toEqual(number);
});

it('takes the next reference when the counters of one are used up, and the old coupons stay good', () => {
  const shop = openShop({ countersPerGcn: 4 });
  const strips = Array.from({ length: 5 }, () => issue(shop, { rules: [HABITUAL, HABITUAL] }));
  const numbers = strips.flatMap(({ coupons }) => coupons.map(({ gcn }) => gcn));
  // Four, four, two.
  expect(new Set(numbers).size).toBe(3);
  expect(numbers.slice(0, 4).every((gcn) => gcn === numbers[0])).toBe(true);
  for (const strip of strips)
    expect(redeem(shop, { code: first(strip).serial, when: '2026-11-25' }).outcome).toBe('redeemed');
});

it('says so when there are no references left', () => {
  const shop = openShop({ companyPrefix: '95011010000' });
  for (let days = 1; days <= 10; days++) shop.references.numberFor({ ...HABITUAL, validDays: days });
  let thrown: unknown = null;
  try {
    shop.references.numberFor({ ...HABITUAL, validDays: 11 });
  } catch (error) {
    thrown = error;
  }
  expect(isTillError(thrown, 'COUPON_REFERENCES_USED_UP')).toBe(true);
});

it('never gives two sets of terms one number, whatever the rules and the prefix', () => {
  const rule = fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    validDays: fc.integer({ min: 1, max: 8 }),
  });
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 40 }), fc.constantFrom('9501101', '950110100'), (drawn, companyPrefix) => {
      const shop = openShop({ companyPrefix });
      const termsOf = new Map<string, string>();
      for (const { key, validDays } of drawn) {
        const gcn = shop.references.numberFor({ ...HABITUAL, key, validDays }).gcn;
        const terms = `${key}|${validDays}`;
        expect(termsOf.get(gcn) ?? terms).toBe(terms);
        termsOf.set(gcn, terms);
      }
      shop.db.close();
    }),
    { numRuns: 25 },
  );
});
