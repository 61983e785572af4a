// Equal lines are numbered exactly, however many there are and in whatever order they come.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OrdinalCounter } from '../../src/store/ordinal-counter.ts';

test('counts as a plain map does', () => {
  const line = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 40 }));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 600 }), fc.integer({ min: 0, max: 600 }), (lines, expectedLines) => {
      const counter = new OrdinalCounter(expectedLines);
      const counts = new Map<string, number>();
      for (const [basket, product] of lines) {
        const key = `${basket} ${product}`;
        const before = counts.get(key) ?? 0;
        expect(counter.next(basket, product)).toBe(before);
        counts.set(key, before + 1);
      }
    }),
    { numRuns: 40 },
  );
});

test('tells the largest baskets and products apart', () => {
  const counter = new OrdinalCounter(0);
  expect(counter.next(2 ** 31 - 1, 2 ** 22 - 1)).toBe(0);
  expect(counter.next(2 ** 31 - 1, 2 ** 22 - 2)).toBe(0);
  expect(counter.next(2 ** 31 - 2, 2 ** 22 - 1)).toBe(0);
  expect(counter.next(2 ** 31 - 1, 2 ** 22 - 1)).toBe(1);
});
