// What a coupon takes off, worked out by hand.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cents } from '../../src/domain/money.ts';
import type { Reward, RewardRule } from '../../src/domain/offer.ts';
import { isHeldOut } from '../../src/offers/holdout.ts';
import { defaultRules, rewardAtIssue, ruleFor } from '../../src/offers/rewards.ts';
import { productOf } from './small-shop.ts';

describe('percent becomes money at issue', () => {
  const cases = [
    [20, 129, 30], // 25.8: at least 0,30
    [20, 199, 40], // 39.8
    [20, 445, 90], // 89
    [30, 395, 120], // 118.5
    [30, 1000, 300],
    [12.5, 1000, 130], // 125, half up
    [20, 60, 30], // just half the price
    [20, 59, 'too-cheap'],
    [60, 200, 120], // the shop's own word beats the half
    [100, 200, 200],
    [20, 0, 'too-cheap'],
  ] as const;
  for (const [percent, price, expected] of cases) {
    it(`${percent} % of ${price} cents is ${expected}`, () => {
      const made = rewardAtIssue({ kind: 'percent', percent }, cents(price));
      expect(made).toEqual(expected === 'too-cheap' ? expected : { kind: 'amount', amountCents: expected });
    });
  }

  it('stays percent where no price is known', () => {
    expect(rewardAtIssue({ kind: 'percent', percent: 20 }, null)).toEqual({ kind: 'percent', percent: 20 });
  });

  it('is in steps of ten, at least thirty, and never above half the price', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 1, max: 50 }), (price, percent) => {
        const made = rewardAtIssue({ kind: 'percent', percent }, cents(price));
        if (made === 'too-cheap') return;
        expect(made.kind).toBe('amount');
        if (made.kind !== 'amount') return;
        expect(made.amountCents % 10).toBe(0);
        expect(made.amountCents).toBeGreaterThanOrEqual(30);
        expect(made.amountCents * 2).toBeLessThanOrEqual(price);
      }),
    );
  });
});

it('an amount stays as the rule has it, unless it is more than half the price', () => {
  const euro: Reward = { kind: 'amount', amountCents: cents(100) };
  expect(rewardAtIssue(euro, cents(200))).toBe(euro);
  expect(rewardAtIssue(euro, cents(199))).toBe('too-cheap');
  expect(rewardAtIssue(euro, null)).toBe(euro);
});

describe('the most particular rule', () => {
  const rule = (key: string, slot: RewardRule['slot'], category: string): RewardRule => ({
    key,
    slot,
    category,
    reward: { kind: 'percent', percent: 10 },
    validDays: 14,
  });
  const rules = [
    rule('any', '*', '*'),
    rule('new', 'new', '*'),
    rule('food', '*', 'Ruoka'),
    rule('cheese', '*', 'Juustot'),
    rule('new cheese', 'new', 'Juustot'),
  ];
  const cases = [
    ['habitual', 'Juustot', 'Ruoka', 'cheese'],
    ['new', 'Juustot', 'Ruoka', 'new cheese'],
    ['new', 'Maidot', 'Ruoka', 'food'],
    ['new', 'Lelut', 'Vapaa-aika', 'new'],
    ['popular', 'Lelut', 'Vapaa-aika', 'any'],
  ] as const;
  for (const [slot, category, department, key] of cases) {
    it(`for ${slot} ${category} is "${key}"`, () => {
      expect(ruleFor({ rules, slot, product: productOf({ id: 1, category, department }) })?.key).toBe(key);
    });
  }

  it('is none where no rule fits', () => {
    expect(ruleFor({ rules: [rule('new', 'new', '*')], slot: 'habitual', product: productOf({ id: 1 }) })).toBeNull();
  });

  it('exists for every slot in the default rules', () => {
    for (const slot of ['habitual', 'new', 'popular'] as const) {
      expect(ruleFor({ rules: defaultRules(14), slot, product: productOf({ id: 1, category: null }) })?.slot).toBe(
        slot,
      );
    }
  });
});

describe('the holdout', () => {
  const digest = (first: number, rest = 0): Uint8Array => Uint8Array.from([first, rest, rest, rest, rest, rest, 7, 7]);

  it('is nobody at 0 % and everybody at 100 %', () => {
    expect(isHeldOut({ digest: digest(0), percent: 0 })).toBe(false);
    expect(isHeldOut({ digest: digest(255, 255), percent: 100 })).toBe(true);
  });

  it('at 5 % is the lowest twentieth of the digests', () => {
    expect(isHeldOut({ digest: digest(12), percent: 5 })).toBe(true); // 12 / 256 = 4.69 %
    expect(isHeldOut({ digest: digest(13), percent: 5 })).toBe(false); // 13 / 256 = 5.08 %
  });

  it('refuses a digest too short to be even', () => {
    expect(() => isHeldOut({ digest: new Uint8Array(2), percent: 5 })).toThrow(RangeError);
  });
});
