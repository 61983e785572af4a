// Before each strip the printer is asked how it is: all four questions in one go, and one by one where it wants that.
import { describe, expect, it } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import { PRINTER_LIMITS } from '../../src/printer/limits.ts';
import type { Transport } from '../../src/printer/link.ts';
import { EscposPrinter } from '../../src/printer/printer.ts';
import { SimulatedPrinter } from '../../src/printer/simulated/simulated-printer.ts';
import { simulatedTransport } from '../../src/printer/simulated/simulated-transport.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';
import { gs1Code, strip } from './a-strip.ts';
import { aVisit, passTime, profileNamed, results } from './a-till-printer.ts';

const profile = profileNamed('epson-tm-t20iii');
const QUESTION = Buffer.of(0x10, 0x04);

/** What is written to the printer, and every answer so much later; `hears` says what of a piece it takes notice of. */
function printerAway({ delayMs, hears }: { delayMs: number; hears: (piece: Uint8Array) => Uint8Array }) {
  const clock = new SimulatedClock(instant(0));
  const device = new SimulatedPrinter({ profile });
  const limits = PRINTER_LIMITS;
  const inner = simulatedTransport({ printer: device, clock, limits });
  const questions: number[] = [];
  const transport: Transport = {
    name: 'a printer far away',
    outlivesPrinter: false,
    open: async (events) => {
      const received = (bytes: Uint8Array): void => void clock.after(delayMs, () => events.received(bytes));
      const link = await inner.open({ ...events, received });
      return {
        get isOpen() {
          return link.isOpen;
        },
        write: (bytes) => {
          if (Buffer.from(bytes).subarray(0, 2).equals(QUESTION)) questions.push(bytes.length / 3);
          return link.write(hears(bytes));
        },
        close: () => link.close(),
      };
    },
  };
  const printer = new EscposPrinter({ profile, transport, clock, limits, startsAfterBreak: false });
  const job = { visit: aVisit(), parts: strip({ columns: profile.columns, codeOf: gs1Code }) };
  return { clock, device, printer, job, questions };
}

const all = (piece: Uint8Array): Uint8Array => piece;
/** Too slow for what comes close behind a question. */
const onlyTheFirst = (piece: Uint8Array): Uint8Array =>
  Buffer.from(piece).subarray(0, 2).equals(QUESTION) ? piece.subarray(0, 3) : piece;

describe('how a printer is', () => {
  it('is asked in one go: a strip waits for one answer’s way and not for four', async () => {
    const { clock, printer, job, questions } = printerAway({ delayMs: 20, hears: all });
    await passTime(clock, printer.checkStatus());
    questions.length = 0;
    const result = await passTime(clock, printer.print(job));
    expect(result.firstByteMs).toBe(20);
    expect(questions).toEqual([4]);
    expect(results(result)).toEqual(Array(8).fill('printed'));
  });

  it('is understood from four answers in four packets', async () => {
    const { clock, device, printer } = printerAway({ delayMs: 20, hears: all });
    device.set({ paperOut: true });
    expect(await passTime(clock, printer.checkStatus())).toEqual({ state: 'paper-out' });
    device.set({ paperOut: false, coverOpen: true });
    expect(await passTime(clock, printer.checkStatus())).toEqual({ state: 'cover-open' });
  });

  it('is asked one by one where only the first question was answered, and from then on', async () => {
    const { clock, printer, job, questions } = printerAway({ delayMs: 0, hears: onlyTheFirst });
    expect(await passTime(clock, printer.checkStatus())).toEqual({ state: 'silent' });
    expect(await passTime(clock, printer.checkStatus())).toEqual({ state: 'ready' });
    expect(results(await passTime(clock, printer.print(job)))).toEqual(Array(8).fill('printed'));
    expect(questions).toEqual([4, 1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it('goes on being asked in one go of a printer that was off for a while', async () => {
    const { clock, device, printer, questions } = printerAway({ delayMs: 0, hears: all });
    device.set({ deaf: true });
    expect(await passTime(clock, printer.checkStatus())).toEqual({ state: 'silent' });
    device.set({ deaf: false });
    expect(await passTime(clock, printer.checkStatus())).toEqual({ state: 'ready' });
    expect(questions).toEqual([4, 4]);
  });
});
