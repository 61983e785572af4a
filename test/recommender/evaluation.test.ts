import { describe, expect, it } from 'vitest';
import { localDay } from '../../src/domain/calendar.ts';
import { customerId } from '../../src/domain/ids.ts';
import { calibrationErrorOf, reliability } from '../../src/recommender/calibration.ts';
import { evaluateModel } from '../../src/recommender/evaluation.ts';
import { encodeModel } from '../../src/recommender/model-file.ts';
import { pairedInterval } from '../../src/recommender/paired-interval.ts';
import { lastVisits, visitsAfter, withoutLastVisits } from '../../src/recommender/past-visits.ts';
import { createRecommender } from '../../src/recommender/recommender.ts';
import { atOnce } from '../../src/recommender/steps.ts';
import { trainAtOnce } from '../../src/recommender/train.ts';
import { cutsFor } from '../../src/recommender/training-cuts.ts';
import { purchasesOf, TODAY, trainingOf, twoTastes } from './small-shop.ts';

const CUT = TODAY - 15;
const all = purchasesOf(twoTastes());
const known = purchasesOf(twoTastes().filter(([, day]) => day < CUT));

describe('an evaluation', () => {
  const model = trainAtOnce(trainingOf(known, CUT));
  const evaluation = atOnce(evaluateModel({ model, purchases: all, visits: { firstDay: localDay(CUT) } }));

  it('asks at the first visit after the cut, of everybody who had come three times', () => {
    expect(evaluation.visits).toBe(120);
  });

  it('finds what this shop always buys, and counts the plain ways beside it', () => {
    const ours = evaluation.gains.habitual.get('TillCAT')?.['next P'] ?? [];
    expect(ours).toHaveLength(120);
    expect(ours.reduce((sum, share) => sum + share, 0) / 120).toBeGreaterThan(0.2);
    expect(evaluation.gains.habitual.get('popularity')?.['28 d P']).toHaveLength(120);
  });

  it('does not change the model, nor what it would have said', () => {
    const before = encodeModel(model);
    atOnce(evaluateModel({ model, purchases: all, visits: { firstDay: localDay(CUT) } }));
    expect(encodeModel(model)).toEqual(before);
  });
});

describe('past visits', () => {
  const shop = purchasesOf([
    [1, 10, [5]],
    [1, 12, [5, 6]],
    [1, 20, [7]],
    [2, 11, [5]],
    [2, 21, [6]],
  ]);

  it('are the first after a cut, of those who came often enough before', () => {
    const visits = atOnce(visitsAfter(shop, { cut: localDay(15), withinDays: 10, most: 10, fewestVisits: 2 }));
    expect([visits.count, visits.first[0], visits.next[0], visits.end[0]]).toEqual([1, 0, 3, 4]);
  });

  it('may be the last of each customer, and are gone from what was known before', () => {
    const visits = lastVisits(shop, { most: 10, fewestVisits: 1 });
    expect([...visits.next]).toEqual([3, 5]);
    expect([...withoutLastVisits(shop).day]).toEqual([10, 12, 12, 11]);
  });
});

describe('the cuts', () => {
  it.each([
    [182, 28],
    [112, 28],
    [56, 14],
  ])('with %i days remembered ask what was bought within %i days', (memoryDays, labelDays) => {
    const cuts = cutsFor({ asOfDay: localDay(TODAY), memoryDays });
    expect(cuts.labelDays).toBe(labelDays);
    expect(cuts.earlier).toBeLessThan(cuts.latest);
    expect(cuts.latest + labelDays).toBeLessThan(TODAY);
  });
});

describe('a reliability table', () => {
  it('puts what was said beside what came', () => {
    const chance = Array.from({ length: 100 }, (_, i) => (i < 50 ? 0.1 : 0.9));
    const hit = chance.map((of, i) => (of === 0.1 ? i % 10 === 0 : i % 10 !== 0));
    expect(reliability(chance, hit)).toHaveLength(10);
    expect(calibrationErrorOf(chance, hit)).toBeCloseTo(0, 9);
    expect(calibrationErrorOf([0.5, 0.5], [true, true])).toBeCloseTo(0.5, 9);
  });
});

describe('an interval of a difference', () => {
  it('holds a difference that is always the same, and leaves out what nobody could find', () => {
    const theirs = Array.from({ length: 50 }, (_, i) => i / 50);
    const ours = theirs.map((value) => value + 0.25);
    expect(pairedInterval([...ours, NaN], [...theirs, NaN]).low).toBeCloseTo(0.25, 9);
    expect(pairedInterval(ours, theirs)).toEqual(pairedInterval(ours, theirs));
  });
});

describe('a customer without any purchase', () => {
  it('has no habits and nothing new', () => {
    const ranking = createRecommender(null).rank({
      customer: customerId(1),
      history: purchasesOf([]),
      today: localDay(TODAY),
      windowDays: 56,
      listLength: 4,
    });
    expect(ranking.habitual).toEqual([]);
    expect(ranking.new).toEqual([]);
  });
});
