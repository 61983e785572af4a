// A till that prints by itself: each strip goes out once, and is what the till says, or unknown.
import { beforeEach, describe, expect, test } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import type { Serial } from '../../src/domain/ids.ts';
import type { PrintResult } from '../../src/printer/printer.ts';
import { TillPrinter } from '../../src/printer/till-printer.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';
import { gs1Code, strip } from './a-strip.ts';
import { aVisit, profileNamed, results } from './a-till-printer.ts';

const OUTCOME_MS = 60_000;
const profile = profileNamed('epson-tm-t20iii');
const parts = strip({ columns: profile.columns, codeOf: gs1Code });
const serials = parts.map(({ serial }) => serial).filter((serial) => serial !== null);
let clock: SimulatedClock;
let printer: TillPrinter;
let stop: AbortController;

beforeEach(() => {
  clock = new SimulatedClock(instant(0));
  printer = new TillPrinter({ profile, clock, outcomeMs: OUTCOME_MS });
  stop = new AbortController();
  printer.start(stop.signal);
});

const couponsOf = (result: PrintResult) => result.parts.filter(({ serial }) => serial !== null);

test('the strip is handed out once, as text and as bytes that end in a cut', () => {
  void printer.print({ visit: aVisit(), parts });
  const out = printer.stripOf(aVisit());
  expect(Buffer.from(out?.escpos ?? []).subarray(-4)).toEqual(Buffer.from([0x1d, 0x56, 0x41, 0x00]));
  for (const serial of serials) expect(out?.text).toContain(serial.replace(/(.{4})(?=.)/g, '$1 '));
  expect(printer.stripOf(aVisit())).toBeNull();
  expect(printer.stripOf(aVisit(43))).toBeNull();
});

describe('what the till says', () => {
  const some: readonly Serial[] = serials.slice(0, 2);
  test.each([
    ['all of it was printed', 'printed', 'printed', ['printed', 'printed', 'printed']],
    ['nothing was', 'failed', 'failed', ['failed', 'failed', 'failed']],
    ['it does not know', 'unknown', 'unknown', ['unknown', 'unknown', 'unknown']],
    ['two coupons were', some, 'partly-printed', ['printed', 'printed', 'failed']],
  ] as const)('%s', async (_said, report, end, firstThree) => {
    const printed = printer.print({ visit: aVisit(), parts });
    expect(printer.hear({ visit: aVisit(), report })).toBe(true);
    const result = await printed;
    expect(result.end).toBe(end);
    expect(
      couponsOf(result)
        .slice(0, 3)
        .map((part) => part.result),
    ).toEqual(firstThree);
    expect(clock.pendingCount).toBe(0);
  });
});

test('nothing in time means unknown, and what comes later is heard by nobody', async () => {
  const printed = printer.print({ visit: aVisit(), parts });
  printer.stripOf(aVisit());
  await clock.advance(OUTCOME_MS);
  expect(new Set(results(await printed))).toEqual(new Set(['unknown']));
  expect(printer.hear({ visit: aVisit(), report: 'printed' })).toBe(false);
  expect(printer.stripOf(aVisit())).toBeNull();
});

test('a strip nobody fetched in time is never handed out', async () => {
  const printed = printer.print({ visit: aVisit(), parts });
  await clock.advance(OUTCOME_MS);
  await printed;
  expect(printer.stripOf(aVisit())).toBeNull();
});

test('strips of two customers do not wait for each other', async () => {
  const first = printer.print({ visit: aVisit(1), parts });
  const second = printer.print({ visit: aVisit(2), parts });
  printer.hear({ visit: aVisit(2), report: 'printed' });
  expect((await second).end).toBe('printed');
  printer.hear({ visit: aVisit(1), report: 'failed' });
  expect((await first).end).toBe('failed');
});

test('when the daemon stops, what is out is unknown and nothing more goes out', async () => {
  const out = printer.print({ visit: aVisit(1), parts });
  stop.abort();
  expect((await out).end).toBe('unknown');
  const late = await printer.print({ visit: aVisit(2), parts });
  expect([late.end, late.bytes, printer.stripOf(aVisit(2))]).toEqual(['failed', 0, null]);
});

test('a customer who has gone meanwhile gets no strip', async () => {
  const result = await printer.print({ visit: aVisit(), parts, mayBegin: () => false });
  expect([result.end, result.bytes]).toEqual(['failed', 0]);
});
