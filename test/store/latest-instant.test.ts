// A clock that went back or leapt is doubted until it is synchronised or accepted.
import { expect, test } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import { LatestInstant } from '../../src/store/latest-instant.ts';
import { at, memoryStore } from './shop-of-tests.ts';

const SEEN = at('2026-11-22T12:00');
const alone = (time: string) => ({ now: at(time), isSynchronised: false });
const synchronised = (time: string) => ({ now: at(time), isSynchronised: true });

function seen() {
  const latest = new LatestInstant(memoryStore());
  latest.observe({ now: SEEN, isSynchronised: false });
  return latest;
}

test.each([
  ['2026-11-22T12:00', 'trusted'],
  ['2026-11-22T11:59:56', 'trusted'],
  ['2026-11-22T11:59:54', 'before-latest'],
  ['1970-01-01T02:00', 'before-latest'],
  ['2026-11-29T12:00', 'trusted'],
  ['2026-11-29T12:01', 'far-ahead'],
])('a clock at %s is %s after 2026-11-22T12:00', (time, judgement) => {
  expect(seen().judge(alone(time))).toBe(judgement);
});

test('a store that has seen nothing trusts the first clock it meets', () => {
  expect(new LatestInstant(memoryStore()).observe(alone('1999-01-01'))).toBe('trusted');
});

test('a doubtful reading is not remembered', () => {
  const latest = seen();
  expect(latest.observe(alone('2030-01-01'))).toBe('far-ahead');
  expect(latest.observe(alone('2026-11-22T12:01'))).toBe('trusted');
});

test('a synchronised clock is right wherever it stands', () => {
  const latest = seen();
  expect(latest.observe(synchronised('2030-01-01'))).toBe('trusted');
  expect(latest.observe(synchronised('2026-11-22T10:00'))).toBe('trusted');
  expect(latest.latest).toBe(at('2026-11-22T10:00'));
});

test('accepting a clock ends the doubt', () => {
  const latest = seen();
  latest.accept(at('2026-12-24T18:00'));
  expect(latest.judge(alone('2026-12-24T18:01'))).toBe('trusted');
});

test('what was seen outlives a restart, and is written rarely', () => {
  const db = memoryStore();
  const latest = new LatestInstant(db);
  const writes = db.prepare<[], number>('select total_changes()').pluck();
  latest.observe({ now: SEEN, isSynchronised: false });
  const before = writes.get();
  for (let second = 1; second < 600; second++) {
    latest.observe({ now: instant(SEEN + second * 1000), isSynchronised: false });
  }
  expect(writes.get()).toBe(before);
  expect(new LatestInstant(db).latest).toBe(SEEN);
  latest.flush();
  expect(new LatestInstant(db).latest).toBe(SEEN + 599_000);
});
