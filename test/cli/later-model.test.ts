// A model that was trained after the instant asked about: whoever asks is told, once.
import { expect, test } from 'vitest';
import { warnOfLaterModel } from '../../src/cli/warn-of-later-model.ts';
import { modelProblemOf } from '../../src/daemon-status.ts';
import { instant, type Instant } from '../../src/domain/calendar.ts';

const APRIL = instant(Date.UTC(2008, 3, 18, 9));
const MAY = instant(Date.UTC(2008, 4, 16));
const NOTHING = {
  cases: 0,
  gain: { plain: 0, shipped: 0, blended: 0, learned: 0 },
  earlier: { cases: 0, gain: { plain: 0, shipped: 0 } },
  calibrationError: 0,
};
const rankers = { habitual: { way: 'plain', ...NOTHING }, new: { way: 'plain', ...NOTHING } } as const;

function toldAt(at: Instant, about: { name: string; asOf: Instant; rankers: typeof rankers } | null): string[] {
  const told: string[] = [];
  const shop = { model: { about: () => about } };
  warnOfLaterModel({ shop, at, atText: 'then', terminal: { err: (text) => void told.push(text) } });
  return told;
}

test('a preview or an explanation of before the model’s day says that it may know what came later', () => {
  const model = { name: 'model-2008-05-16', asOf: MAY, rankers };
  expect(toldAt(APRIL, model)).toEqual([
    'warning: the model in use was trained on purchases after then; it may know what came later\n',
  ]);
  expect(toldAt(MAY, model)).toEqual([]);
  expect(toldAt(APRIL, null)).toEqual([]);
});

test('a daemon replaying April with a model of May says so, and how to make one of April', () => {
  const said = (asOf: Instant) =>
    modelProblemOf({ model: { name: 'm', asOf }, damage: null, now: APRIL, nowText: '2008-04-18T12:00:00+03:00' });
  expect(said(MAY)).toMatch(/m is of the future .*tillcat train --as-of 2008-04-18T12:00:00\+03:00$/);
  expect(said(APRIL)).toBeNull();
});
