// What a lesson keeps of past visits.
import { expect, it } from 'vitest';
import { localDay } from '../../src/domain/calendar.ts';
import { Lesson } from '../../src/recommender/lesson.ts';
import { atOnce } from '../../src/recommender/steps.ts';

it('tells of each visit the best products by given weights, and which of them were bought before a day', () => {
  const lesson = new Lesson({ width: 1, keepOneOf: 1, question: { asks: 'each' } });
  const visit = (day: number, products: readonly (readonly [feature: number, boughtOn: number])[]) => {
    lesson.add({
      count: products.length,
      rows: Float64Array.from(products, ([feature]) => feature),
      plain: new Float64Array(products.length),
      boughtOn: Float64Array.from(products, ([, boughtOn]) => boughtOn),
      missed: [],
      visitDay: localDay(day),
    });
  };
  visit(5, [[9, 5]]);
  visit(10, [
    [1, 10],
    [3, 12],
    [2, 15],
  ]);
  visit(14, [[4, Infinity]]);
  visit(15, [[8, 15]]);
  const weights = {
    mean: Float64Array.of(0),
    scale: Float64Array.of(1),
    coefficient: Float64Array.of(0.5),
    intercept: 1,
  };
  // From the second visit on, two of each; the third product is bought on the day itself, and so is what the last visit buys.
  expect(atOnce(lesson.headOfVisits(weights, { from: 1, best: 2, lastDay: 15 }))).toEqual({
    score: [2.5, 2, 3],
    boughtAfter: [2, Infinity, Infinity],
    knownDays: [5, 5, 1],
    visits: 2,
  });
});
