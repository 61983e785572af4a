// What a coupon is said to be on the strip for: the customer knows better than anybody whether it is so.
import { describe, expect, it } from 'vitest';
import type { RankingReason } from '../../src/domain/ranking.ts';
import { stripReason } from '../../src/offers/strip-reason.ts';

const boughtOn = (value: number, days: number): RankingReason[] => [
  { feature: 'days-bought', value: 40, contribution: 2 },
  { feature: 'days-in-window', value, days, contribution: 0 },
];

describe('a product of habit', () => {
  it.each([
    [1, 56, 'bought-before'],
    [2, 56, 'bought-before'],
    [3, 56, 'bought-often'],
    [30, 56, 'bought-often'],
    // Three in a week are often; in a year they are not, nor are three in each of its quarters.
    [3, 7, 'bought-often'],
    [3, 365, 'bought-before'],
    [19, 365, 'bought-before'],
    [20, 365, 'bought-often'],
  ])('bought on %i of %i days is %s', (value, days, reason) => {
    expect(stripReason({ slot: 'habitual', reasons: boughtOn(value, days) })).toBe(reason);
  });

  it('was bought, and no more is said, where the days are forgotten or were never logged', () => {
    expect(stripReason({ slot: 'habitual', reasons: [] })).toBe('bought-before');
    expect(stripReason({ slot: 'habitual', reasons: boughtOn(9, 56).slice(0, 1) })).toBe('bought-before');
  });
});

it('new and popular products are that and nothing else', () => {
  expect(stripReason({ slot: 'new', reasons: boughtOn(9, 56) })).toBe('new');
  expect(stripReason({ slot: 'popular', reasons: [] })).toBe('popular');
});
