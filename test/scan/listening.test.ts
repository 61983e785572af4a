// Silence on the line ends a half scan; a silence that was only our own being busy makes nobody a customer.
import { expect, test } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { SCAN_LIMITS } from '../../src/scan/limits.ts';
import { Listening } from '../../src/scan/listening.ts';
import { noCounts } from '../../src/scan/scan-framer.ts';

/** A process that is busy: its timers come when they come. */
function busyProcess() {
  let nowMs = 0;
  let alarm: (() => void) | null = null;
  const clock: Clock = {
    now: () => instant(nowMs),
    monotonicMs: () => nowMs,
    after: (_waitMs, call) => {
      alarm = call;
      return () => (alarm = null);
    },
    sleep: () => Promise.reject(new Error('nobody sleeps here')),
  };
  return { clock, wakeAt: (ms: number) => ((nowMs = ms), alarm?.()) };
}

function listening() {
  const { clock, wakeAt } = busyProcess();
  const scans: string[] = [];
  const counts = noCounts();
  const onScan = (text: string) => void scans.push(text);
  const it = new Listening({ terminator: 'any', prefix: null, counts, clock, onScan, onHeard: null });
  return { scans, counts, wakeAt, hear: (text: string) => it.take(Buffer.from(text)) };
}

test('a half scan followed by silence is dropped, and the next card is read', () => {
  const { scans, counts, wakeAt, hear } = listening();
  hear('63400402');
  wakeAt(SCAN_LIMITS.gapMs + SCAN_LIMITS.lateMs);
  hear('2900000000421\r');
  expect(scans).toEqual(['2900000000421']);
  expect(counts.half).toBe(1);
});

test('a scan torn apart by our own being busy is believed in neither half', () => {
  const { scans, counts, wakeAt, hear } = listening();
  hear('63400402');
  wakeAt(3000);
  hear('2900000000421\r');
  expect(scans).toEqual([]);
  expect(counts.doubtful).toBe(1);
  hear('2900000000421\r');
  expect(scans).toEqual(['2900000000421']);
});
