// The three clocks: the machine's, one started elsewhere in time, and one that waits for the test.
import { describe, expect, test } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import { realClock } from '../../src/system/real-clock.ts';
import { shiftedClock } from '../../src/system/shifted-clock.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';

const NOON = instant(Date.UTC(2026, 10, 22, 12));

describe('the simulated clock', () => {
  test('stands still until time is let pass', async () => {
    const clock = new SimulatedClock(NOON);
    expect(clock.now()).toBe(NOON);
    await clock.advance(1500);
    expect(clock.now()).toBe(NOON + 1500);
    expect(clock.monotonicMs()).toBe(1500);
  });

  test('calls alarms at their own time and in order, equal times in the order they were set', async () => {
    const clock = new SimulatedClock(NOON);
    const calls: string[] = [];
    const note = (name: string) => () => calls.push(`${name} at ${clock.monotonicMs()}`);
    clock.after(30, note('late'));
    clock.after(10, note('first'));
    clock.after(10, note('second'));
    clock.after(31, note('never yet'));
    await clock.advance(30);
    expect(calls).toEqual(['first at 10', 'second at 10', 'late at 30']);
  });

  test('keeps alarms that are set while time passes', async () => {
    const clock = new SimulatedClock(NOON);
    const beats: number[] = [];
    const beat = () => {
      beats.push(clock.monotonicMs());
      clock.after(10, beat);
    };
    clock.after(10, beat);
    await clock.advance(35);
    expect(beats).toEqual([10, 20, 30]);
  });

  test('lets a sleeper that sleeps again be woken again within one advance', async () => {
    const clock = new SimulatedClock(NOON);
    const woke: number[] = [];
    const sleeper = (async () => {
      for (let i = 0; i < 3; i++) {
        await clock.sleep(5);
        woke.push(clock.monotonicMs());
      }
    })();
    await clock.advance(20);
    await sleeper;
    expect(woke).toEqual([5, 10, 15]);
  });

  test('forgets an alarm that is taken back', async () => {
    const clock = new SimulatedClock(NOON);
    let called = false;
    clock.after(5, () => (called = true))();
    await clock.advance(10);
    expect(called).toBe(false);
    expect(clock.pendingCount).toBe(0);
  });

  test('ends a sleep whose signal aborts, and leaves nothing behind', async () => {
    const clock = new SimulatedClock(NOON);
    const stop = new AbortController();
    const sleeping = clock.sleep(1000, stop.signal);
    stop.abort(new Error('closing time'));
    await expect(sleeping).rejects.toThrow('closing time');
    await expect(clock.sleep(1, stop.signal)).rejects.toThrow('closing time');
    expect(clock.pendingCount).toBe(0);
  });

  test('can be set without time passing, as a human sets a clock', async () => {
    const clock = new SimulatedClock(NOON);
    let called = false;
    clock.after(1000, () => (called = true));
    clock.setTo(instant(NOON - 86_400_000));
    expect(clock.now()).toBe(NOON - 86_400_000);
    expect(clock.monotonicMs()).toBe(0);
    expect(called).toBe(false);
    await clock.advance(1000);
    expect(called).toBe(true);
  });
});

describe('clocks in real time', () => {
  test('a shifted clock starts where it was told and runs on', async () => {
    const clock = shiftedClock(NOON);
    const first = clock.now();
    await clock.sleep(2);
    expect(first - NOON).toBeLessThan(5000);
    expect(clock.now()).toBeGreaterThan(NOON);
  });

  test('a wait longer than a timer can count does not fire at once', async () => {
    let called = false;
    const cancel = realClock.after(40 * 86_400_000, () => (called = true));
    await realClock.sleep(5);
    cancel();
    expect(called).toBe(false);
  });

  test('a sleep that is aborted rejects with the reason', async () => {
    const stop = new AbortController();
    const sleeping = realClock.sleep(60_000, stop.signal);
    stop.abort(new Error('closing time'));
    await expect(sleeping).rejects.toThrow('closing time');
  });
});
