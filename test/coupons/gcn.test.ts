// Coupon numbers: company prefix, reference and check digit.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isCompanyPrefix, makeGcn, referenceCount } from '../../src/coupons/gcn.ts';
import { parseGcn } from '../../src/domain/ids.ts';

it.each([
  // Weights 1,3,1,3… from the left: 9+15+0+3+1+0+1+0+0+0+0+3 = 32 → 8
  ['9501101', 1, '9501101000018'],
  // 9+15+0+3+1+0+1 = 29 → 1
  ['9501101', 0, '9501101000001'],
  // 29 + 9·(3+1+3+1+3) = 128 → 2
  ['9501101', 99_999, '9501101999992'],
  // 6+12+0+0+0+0+0+0+0+0+0+15 = 33 → 7
  ['6400', 5, '6400000000057'],
])('prefix %s with reference %i is %s', (companyPrefix, reference, gcn) => {
  expect(makeGcn({ companyPrefix, reference })).toBe(gcn);
});

it('refuses a reference the prefix has no room for', () => {
  expect(referenceCount('9501101')).toBe(100_000);
  for (const reference of [-1, 100_000, 1.5, NaN]) {
    expect(() => makeGcn({ companyPrefix: '9501101', reference })).toThrow(RangeError);
  }
});

it('refuses a prefix that is none', () => {
  for (const text of ['', '950', '950110100000', '95O1101', '9501101 ']) {
    expect(isCompanyPrefix(text)).toBe(false);
    expect(() => makeGcn({ companyPrefix: text, reference: 0 })).toThrow(RangeError);
  }
});

it('gives every reference a number of its own, each with a right check digit', () => {
  const prefix = fc.stringMatching(/^\d{4,11}$/);
  fc.assert(
    fc.property(prefix, fc.nat(), fc.nat(), (companyPrefix, a, b) => {
      const count = referenceCount(companyPrefix);
      const one = makeGcn({ companyPrefix, reference: a % count });
      const other = makeGcn({ companyPrefix, reference: b % count });
      expect(parseGcn(one)).toBe(one);
      expect(one === other).toBe(a % count === b % count);
    }),
  );
});
