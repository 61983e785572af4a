// A printer as the daemon has it, on a simulated device, with a clock that stands still until it is told.
import { readdirSync } from 'node:fs';
import { instant } from '../../src/domain/calendar.ts';
import { parseTillId, visitId } from '../../src/domain/ids.ts';
import type { VisitId } from '../../src/domain/ids.ts';
import { composeStrip } from '../../src/printer/compose.ts';
import { COMPLETION_REQUEST } from '../../src/printer/escpos-status.ts';
import { PRINTER_LIMITS } from '../../src/printer/limits.ts';
import { EscposPrinter } from '../../src/printer/printer.ts';
import type { PrintResult, StripJob } from '../../src/printer/printer.ts';
import { loadProfile } from '../../src/printer/profile.ts';
import type { PrinterProfile } from '../../src/printer/profile.ts';
import { SimulatedPrinter } from '../../src/printer/simulated/simulated-printer.ts';
import { simulatedTransport } from '../../src/printer/simulated/simulated-transport.ts';
import { writeOut } from '../../src/printer/simulated/picture.ts';
import type { ReceiptPart } from '../../src/receipt/elements.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';
import { ean13Code, gs1Code, strip } from './a-strip.ts';

export const FOLDERS = [new URL('../../hardware/printers', import.meta.url).pathname];

/** Every profile we ship. */
export const SHIPPED = FOLDERS.flatMap((folder) => readdirSync(folder)).map((file) => file.replace('.json', ''));

export function profileNamed(name: string): PrinterProfile {
  return loadProfile({ name, folders: FOLDERS });
}

export type TillPrinter = {
  readonly clock: SimulatedClock;
  readonly device: SimulatedPrinter;
  readonly printer: EscposPrinter;
  readonly job: StripJob;
  /** Prints and lets as much time pass as that takes. */
  readonly print: (job?: StripJob) => Promise<PrintResult>;
};

export function tillPrinter({
  profile: wanted = 'epson-tm-t20iii',
  startsAfterBreak = false,
}: { profile?: string | PrinterProfile; startsAfterBreak?: boolean } = {}): TillPrinter {
  const profile = typeof wanted === 'string' ? profileNamed(wanted) : wanted;
  const clock = new SimulatedClock(instant(Date.UTC(2026, 10, 22, 12)));
  const device = new SimulatedPrinter({ profile });
  const limits = PRINTER_LIMITS;
  const transport = simulatedTransport({ printer: device, clock, limits });
  const printer = new EscposPrinter({ profile, transport, clock, limits, startsAfterBreak });
  const parts = strip({ columns: profile.columns, codeOf: profile.printableDots < 488 ? ean13Code : gs1Code });
  const job = { visit: aVisit(), parts };
  return { clock, device, printer, job, print: (asked = job) => passTime(clock, printer.print(asked)) };
}

/** Time passes in steps until the work is done; a minute is more than any strip may take. */
export async function passTime<Value>(clock: SimulatedClock, work: Promise<Value>): Promise<Value> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  done.catch(() => undefined);
  await clock.advance(0);
  for (let waitedMs = 0; !isDone && waitedMs < 60_000; waitedMs += 100) await clock.advance(100);
  if (!isDone) throw new Error('it took more than a minute');
  return done;
}

export function aVisit(running = 42): VisitId {
  const till = parseTillId('01');
  if (till === null) throw new Error('not a till');
  return visitId(till, running);
}

/** How often a serial stands on paper that came out, as a cashier would key it. */
export function timesPrinted(device: SimulatedPrinter, serial: string): number {
  return timesIn(wordsOnPaper(device), serial);
}

/** All that stands on paper, what still hangs from the printer included; asked once where many serials are looked for. */
export function wordsOnPaper(device: SimulatedPrinter): string {
  const hanging = device.hanging === null ? [] : [device.hanging];
  return writeOut({ pieces: [...device.pieces, ...hanging], profile: device.profile });
}

export function timesIn(words: string, serial: string): number {
  return words.split(serial.replace(/(.{4})(?=.)/g, '$1 ')).length - 1;
}

/** The bytes of these parts, one after the other. */
export function composedBytes(parts: readonly ReceiptPart[], profile: PrinterProfile): Uint8Array {
  return Buffer.concat(composeStrip({ parts, profile }).parts.map(({ bytes }) => bytes));
}

/** How many bytes of a strip are sent before the given byte of a part: the parts ahead, and a question after each. */
export function bytesUntil({ job, profile, part, byte }: Place): number {
  const ahead = composeStrip({ parts: job.parts, profile }).parts.slice(0, part);
  return ahead.reduce((sum, { bytes }) => sum + bytes.length + COMPLETION_REQUEST.length, byte);
}

export type Place = {
  readonly job: StripJob;
  readonly profile: PrinterProfile;
  /** From 0. */
  readonly part: number;
  readonly byte: number;
};

export function results(result: PrintResult): readonly string[] {
  return result.parts.map((part) => part.result);
}
