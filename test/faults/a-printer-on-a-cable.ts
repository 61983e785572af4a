// A printer as the daemon has it, at the end of one of the ways there are; on the fake one the clock stands still until told.
import { expect } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import type { PrinterStatus } from '../../src/domain/printer-status.ts';
import { PRINTER_LIMITS } from '../../src/printer/limits.ts';
import { EscposPrinter, type PrintResult, type StripJob } from '../../src/printer/printer.ts';
import type { PrinterProfile } from '../../src/printer/profile.ts';
import type { SimulatedFaults } from '../../src/printer/simulated/faults.ts';
import { SimulatedPrinter } from '../../src/printer/simulated/simulated-printer.ts';
import { realClock } from '../../src/system/real-clock.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';
import { until } from '../end-to-end/until.ts';
import { gs1Code, strip } from '../printer/a-strip.ts';
import { aVisit, bytesUntil, passTime, profileNamed, timesIn, wordsOnPaper } from '../printer/a-till-printer.ts';
import { layCable, SHORT_LIMITS, type Cable, type Way } from './cables.ts';

export type PrinterOnACable = AsyncDisposable & {
  readonly device: SimulatedPrinter;
  readonly printer: EscposPrinter;
  readonly job: StripJob;
  readonly cable: Cable;
  /** Lets as much time pass as the work takes. */
  readonly settle: <Value>(work: Promise<Value>) => Promise<Value>;
  readonly print: () => Promise<PrintResult>;
  readonly check: () => Promise<PrinterStatus>;
  readonly untilReady: () => Promise<void>;
};

/** Nothing is wrong any more; a cable that is out is plugged in by hand. */
export const MENDED: Partial<SimulatedFaults> = {
  paperOut: false,
  coverOpen: false,
  cutterJammed: false,
  headHot: false,
  stalled: false,
  deaf: false,
};

export async function printerOn(way: Way, special: Special = {}): Promise<PrinterOnACable> {
  const profile = special.profile ?? profileNamed('epson-tm-t20iii');
  const device = new SimulatedPrinter({ profile });
  const still = way === 'the fake' ? new SimulatedClock(instant(Date.UTC(2026, 10, 22, 12))) : null;
  const clock = still ?? realClock;
  const limits = still === null ? SHORT_LIMITS : PRINTER_LIMITS;
  const cable = await layCable(way, { device, clock, limits, flowControl: profile.flowControl });
  const printer = new EscposPrinter({ profile, transport: cable.transport, clock, limits, startsAfterBreak: false });
  const job = { visit: aVisit(), parts: strip({ columns: profile.columns, codeOf: gs1Code }) };
  const settle = <Value>(work: Promise<Value>): Promise<Value> => (still === null ? work : passTime(still, work));
  const check = (): Promise<PrinterStatus> => settle(printer.checkStatus());
  return {
    device,
    printer,
    job,
    cable,
    settle,
    check,
    print: () => settle(printer.print(job)),
    untilReady: async () => void (await until('the printer', async () => (await check()).state === 'ready')),
    [Symbol.asyncDispose]: async () => {
      const over = new AbortController();
      printer.start(over.signal);
      over.abort();
      device.set(MENDED);
      await check();
      await cable.remove();
    },
  };
}

type Special = { readonly profile?: PrinterProfile };

export const WHOLE = Array<string>(8).fill('printed');
export const NOTHING = Array<string>(8).fill('failed');
export const BROKEN_IN_THE_THIRD = ['printed', 'printed', 'unknown', ...Array<string>(5).fill('failed')];

/** So many bytes from the scan the second coupon is under way: its words are sent, and its code is not yet. */
export function inTheThirdPart({ job, device }: PrinterOnACable): number {
  return bytesUntil({ job, profile: device.profile, part: 2, byte: 90 });
}

/** Nothing is out twice, and no word goes further than the paper does. */
export function expectTruth(result: PrintResult, { device }: Pick<PrinterOnACable, 'device'>): void {
  const words = wordsOnPaper(device);
  for (const part of result.parts) {
    if (part.serial === null) continue;
    const times = timesIn(words, part.serial);
    expect(times).toBeLessThanOrEqual(1);
    if (part.result === 'printed') expect(times).toBe(1);
    if (part.result === 'failed') expect(times).toBe(0);
  }
}

/** What hung out is cut off, and a whole strip of eight pieces comes by itself, with no button pressed. */
export async function expectNextStripWhole(till: PrinterOnACable): Promise<void> {
  await till.untilReady();
  expect(till.device.hanging).toBeNull();
  const before = till.device.strips.length;
  // A busy machine may make it look silent once more; then it is tried again.
  let tries = 0;
  await until('the next strip', async () => {
    tries++;
    return (await till.print()).end === 'printed';
  });
  const strips = till.device.strips.slice(before).map((pieces) => pieces.length);
  expect(tries === 1 ? strips : strips.slice(-1)).toEqual([8]);
}

/** How a strip goes that this fault breaks in its third part. A machine so busy that the strip is given up before is asked anew. */
export async function brokenInTheThird(way: Way, fault: Partial<SimulatedFaults>): Promise<BrokenStrip> {
  for (let tries = 1; ; tries++) {
    const till = await printerOn(way);
    await till.untilReady();
    till.device.setAfterBytes(inTheThirdPart(till), fault);
    const broken = await till.print();
    const faults: Readonly<Record<string, boolean>> = till.device.faults;
    const isReached = Object.keys(fault).every((name) => faults[name] === true);
    if (isReached || tries === 3) return { till, broken };
    await till[Symbol.asyncDispose]();
  }
}

export type BrokenStrip = { readonly till: PrinterOnACable; readonly broken: PrintResult };
