// A serial printer loses its power while it holds the line: what waited on the line is printed without its beginning when the
// power is back, and confirmed. Nobody may call that printed.
import { expect, it } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import { PRINTER_LIMITS } from '../../src/printer/limits.ts';
import type { Transport } from '../../src/printer/link.ts';
import { EscposPrinter } from '../../src/printer/printer.ts';
import { SimulatedPrinter } from '../../src/printer/simulated/simulated-printer.ts';
import { simulatedTransport } from '../../src/printer/simulated/simulated-transport.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';
import { gs1Code, serial, strip } from '../printer/a-strip.ts';
import { aVisit, passTime, profileNamed, results, timesPrinted } from '../printer/a-till-printer.ts';

const profile = profileNamed('epson-tm-t88v');
const HELD_MS = 3_000;
/** Header, first coupon, second coupon. */
const HELD_PART = 3;
/** Automatic status: the cover is open, and: nothing is the matter. */
const COVER_OPEN = Uint8Array.of(0x38, 0x00, 0x00, 0x0f);
const ALL_WELL = Uint8Array.of(0x10, 0x00, 0x00, 0x0f);

/** In the third part the line is held; `loses` so many of its bytes have come by then and are forgotten. */
type Holding = {
  readonly outlivesPrinter: boolean;
  readonly loses: number;
  /** Unasked, as it begins to hold the line, and as it lets it go. */
  readonly says?: Uint8Array;
  readonly saysAtLast?: Uint8Array;
};

function printerThatHolds(of: Holding) {
  const clock = new SimulatedClock(instant(0));
  const device = new SimulatedPrinter({ profile });
  const inner = simulatedTransport({ printer: device, clock, limits: PRINTER_LIMITS });
  let parts = 0;
  const transport: Transport = {
    name: 'a held line',
    outlivesPrinter: of.outlivesPrinter,
    open: async (events) => {
      const link = await inner.open(events);
      let before: Promise<void> = Promise.resolve();
      return {
        get isOpen() {
          return link.isOpen;
        },
        write: (bytes) => {
          const isPart = bytes[0] === 0x1b && bytes[1] === 0x40;
          if (isPart) parts++;
          if (!isPart || parts !== HELD_PART) return (before = before.then(() => link.write(bytes)));
          if (of.says !== undefined) events.received(of.says);
          before = clock.sleep(HELD_MS).then(() => {
            if (of.saysAtLast !== undefined) events.received(of.saysAtLast);
            return link.write(bytes.subarray(of.loses));
          });
          return before;
        },
        close: () => link.close(),
      };
    },
  };
  const printer = new EscposPrinter({ profile, transport, clock, limits: PRINTER_LIMITS, startsAfterBreak: false });
  const job = { visit: aVisit(), parts: strip({ columns: profile.columns, codeOf: gs1Code }) };
  return { clock, device, printer, job };
}

const BROKEN = ['printed', 'printed', 'unknown', ...Array<string>(5).fill('failed')];

it('the rest of a coupon that is confirmed is not called printed', async () => {
  const { clock, device, printer, job } = printerThatHolds({ outlivesPrinter: true, loses: 120 });
  const result = await passTime(clock, printer.print(job));
  expect(timesPrinted(device, serial(2))).toBe(0);
  expect(results(result)).toEqual(BROKEN);
  expect(result.end).toBe('partly-printed');
});

it('the next strip is whole', async () => {
  const { clock, device, printer, job } = printerThatHolds({ outlivesPrinter: true, loses: 120 });
  await passTime(clock, printer.print(job));
  const before = device.strips.length;
  expect((await passTime(clock, printer.print(job))).end).toBe('printed');
  expect(
    device.strips
      .slice(before)
      .map((pieces) => pieces.length)
      .at(-1),
  ).toBe(8);
});

it('a cover that the printer has told of, open and closed, is why it held the line: the strip goes on, and is printed', async () => {
  const cover = { says: COVER_OPEN, saysAtLast: ALL_WELL };
  const { clock, printer, job } = printerThatHolds({ outlivesPrinter: true, loses: 0, ...cover });
  expect(results(await passTime(clock, printer.print(job)))).toEqual(Array(8).fill('printed'));
});

it('a cover was opened and the power went as well: it does not tell that it can print again, and is not believed', async () => {
  const { clock, device, printer, job } = printerThatHolds({ outlivesPrinter: true, loses: 120, says: COVER_OPEN });
  const result = await passTime(clock, printer.print(job));
  expect(timesPrinted(device, serial(2))).toBe(0);
  expect(results(result)).toEqual(BROKEN);
});

it('on a network, where a connection ends with its printer, bytes that were late are believed', async () => {
  const { clock, printer, job } = printerThatHolds({ outlivesPrinter: false, loses: 0 });
  expect(results(await passTime(clock, printer.print(job)))).toEqual(Array(8).fill('printed'));
});
