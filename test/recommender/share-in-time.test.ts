// Chances from visits of which not all days are known yet.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareInTime } from '../../src/recommender/share-in-time.ts';

const all = ({ boughtAfter }: { boughtAfter: readonly number[] }) => boughtAfter.map((_, i) => i);

describe('the share bought in time', () => {
  it('is the plain share where all days are known', () => {
    const cases = { boughtAfter: [0, 3, 13, 14, Infinity], knownDays: [14, 14, 14, 20, 30] };
    expect(shareInTime(cases, all(cases), 14)).toBeCloseTo(3 / 5);
    expect(shareInTime(cases, [3, 4], 14)).toBe(0);
  });

  it('counts a young visit for the days it was watched, and for no others', () => {
    // Day 0: 1 of 4 buys. Two of the others are not watched beyond it. Day 1: the last one buys. 1 - 3/4 × 0/1.
    const cases = { boughtAfter: [0, 1, Infinity, Infinity], knownDays: [2, 2, 1, 1] };
    expect(shareInTime(cases, all(cases), 2)).toBe(1);
    // With one more who does not buy: day 0 1 of 5, day 1 1 of 2.
    const more = { boughtAfter: [...cases.boughtAfter, Infinity], knownDays: [...cases.knownDays, 2] };
    expect(shareInTime(more, all(more), 2)).toBeCloseTo(1 - (4 / 5) * (1 / 2));
  });

  it('knows nothing of a purchase after the days it knows', () => {
    const cases = { boughtAfter: [1, Infinity], knownDays: [1, 1] };
    expect(shareInTime(cases, all(cases), 14)).toBe(0);
    expect(shareInTime({ boughtAfter: [], knownDays: [] }, [], 14)).toBe(0);
  });

  it('is a share, and never less than of those who buy at the visit', () => {
    const one = fc.record({ bought: fc.integer({ min: 0, max: 20 }), known: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 40 }), (seen) => {
        const cases = { boughtAfter: seen.map(({ bought }) => bought), knownDays: seen.map(({ known }) => known) };
        const share = shareInTime(cases, all(cases), 14);
        expect(share).toBeLessThanOrEqual(1);
        expect(share).toBeGreaterThanOrEqual(seen.filter(({ bought }) => bought === 0).length / seen.length - 1e-9);
      }),
    );
  });
});
