// A card held up twice in a moment is one visit.
import { expect, test } from 'vitest';
import { maskCard } from '../../src/domain/mask-card.ts';
import { RepeatFilter } from '../../src/scan/repeat-filter.ts';

test('the same card within five seconds is one visit', () => {
  const filter = new RepeatFilter();
  expect(filter.isRepeat({ card: 'A', atMs: 0 })).toBe(false);
  expect(filter.isRepeat({ card: 'A', atMs: 4999 })).toBe(true);
  expect(filter.isRepeat({ card: 'A', atMs: 4999 + 5000 })).toBe(false);
});

test('a card left before the scanner stays one visit', () => {
  const filter = new RepeatFilter();
  const seen = [0, 3000, 6000, 9000, 12_000].map((atMs) => filter.isRepeat({ card: 'A', atMs }));
  expect(seen).toEqual([false, true, true, true, true]);
});

test('a different card does not wait, and does not hide the first one', () => {
  const filter = new RepeatFilter();
  expect(filter.isRepeat({ card: 'A', atMs: 0 })).toBe(false);
  expect(filter.isRepeat({ card: 'B', atMs: 10 })).toBe(false);
  expect(filter.isRepeat({ card: 'A', atMs: 20 })).toBe(true);
});

test.each([
  ['634004021188884417', '..4417'],
  ['2900000000421', '..0421'],
  ['123456', '..56'],
  ['42', '..'],
  ['', '..'],
])('the card %s is shown as %s', (card, shown) => {
  expect(maskCard(card)).toBe(shown);
});
