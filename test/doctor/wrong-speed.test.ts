// Scanner and printer at another speed than is configured, on a line that garbles as a real one does.
import { expect, test } from 'vitest';
import { judgeScanner } from '../../src/doctor-devices.ts';
import { instant } from '../../src/domain/calendar.ts';
import { findSpeed } from '../../src/printer/find-speed.ts';
import { PRINTER_LIMITS } from '../../src/printer/limits.ts';
import type { Transport } from '../../src/printer/link.ts';
import { SimulatedPrinter } from '../../src/printer/simulated/simulated-printer.ts';
import { simulatedTransport } from '../../src/printer/simulated/simulated-transport.ts';
import { LineScanner } from '../../src/scan/line-scanner.ts';
import { SimulatedLine } from '../../src/scan/simulated-line.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';
import { passTime, profileNamed } from '../printer/a-till-printer.ts';
import { heardAtAnotherSpeed } from './at-another-speed.ts';

const NOW = instant(Date.UTC(2026, 10, 22, 12));
const CARDS = ['634004021188884413', '634004021188884421', '634099887766554433', '6410405060457'];

test('a line garbles nothing where both ends have the same speed', () => {
  const bytes = Buffer.from('634004021188884413\r');
  expect(Buffer.from(heardAtAnotherSpeed({ bytes, sentAt: 9600, heardAt: 9600 }))).toEqual(bytes);
});

test.each([
  [9600, 19_200],
  [9600, 38_400],
  [19_200, 9600],
  [38_400, 9600],
  [115_200, 9600],
  [4800, 9600],
])(
  'a scanner that sends at %i and is heard at %i baud is never believed, and the doctor says why',
  async (sentAt, heardAt) => {
    const clock = new SimulatedClock(NOW);
    const line = new SimulatedLine();
    line.plugIn();
    const scanner = new LineScanner({
      kind: 'serial',
      source: line,
      newDecoder: null,
      terminator: 'any',
      prefix: null,
      sounds: null,
      clock,
      onHeard: null,
    });
    const scans: string[] = [];
    const stop = new AbortController();
    scanner.start({ signal: stop.signal, onScan: (text) => scans.push(text) });
    await clock.advance(1);
    for (const card of CARDS) {
      line.send(heardAtAnotherSpeed({ bytes: Buffer.from(`${card}\r`), sentAt, heardAt }));
      await clock.advance(1000);
    }
    const { scans: whole, ...losses } = scanner.counts();
    const heard = { scans: whole, lost: Object.values(losses).reduce((sum, lost) => sum + lost, 0) };
    stop.abort();
    expect(scans.filter((scan) => CARDS.includes(scan))).toEqual([]);
    const kind = 'serial /dev/tillcat/scanner';
    const state = { state: 'listening' } as const;
    const found = judgeScanner({ kind, state, hasRules: true, isThere: true, heard, baudRate: heardAt });
    expect(found, JSON.stringify(heard)).toMatchObject({ part: 'scanner', level: 'error' });
    expect(found.words).toMatch(/at another speed.*scanner\.baudRate \(now/);
  },
);

test('a scanner far slower than its line is not heard at all, and the doctor promises nothing of its speed', () => {
  const bytes = Buffer.from(CARDS.join('\r'));
  expect(heardAtAnotherSpeed({ bytes, sentAt: 9600, heardAt: 115_200 })).toHaveLength(0);
  const heard = { scans: 0, lost: 0 };
  const kind = 'serial /dev/tillcat/scanner';
  const state = { state: 'listening' } as const;
  const found = judgeScanner({ kind, state, hasRules: true, isThere: true, heard, baudRate: 115_200 });
  expect(found.words).toMatch(/whether that is its speed, a scan shows/);
});

/** A printer on a serial line: at its own speed it understands and is understood, at another both hear garble. */
function printerOnALine(of: { setTo: number; isDeaf?: boolean }) {
  const clock = new SimulatedClock(NOW);
  const profile = profileNamed('epson-tm-t20iii');
  const device = new SimulatedPrinter({ profile });
  if (of.isDeaf === true) device.set({ deaf: true });
  const over = simulatedTransport({ printer: device, clock, limits: PRINTER_LIMITS });
  const at = (baudRate: number): Transport => ({
    name: `serial at ${baudRate}`,
    outlivesPrinter: true,
    open: async (events) => {
      const garbled = (bytes: Uint8Array, sentAt: number, heardAt: number) =>
        heardAtAnotherSpeed({ bytes, sentAt, heardAt });
      const link = await over.open({
        ...events,
        received: (bytes) => events.received(garbled(bytes, of.setTo, baudRate)),
      });
      return {
        get isOpen() {
          return link.isOpen;
        },
        write: (bytes) => link.write(garbled(bytes, baudRate, of.setTo)),
        close: () => link.close(),
      };
    },
  });
  return { device, find: () => passTime(clock, findSpeed({ at, profile, clock, limits: PRINTER_LIMITS })) };
}

test.each([9600, 19_200, 38_400, 57_600, 115_200])(
  'a printer set to %i baud is found there, and nothing is printed',
  async (setTo) => {
    const { device, find } = printerOnALine({ setTo });
    expect(await find()).toBe(setTo);
    expect(device.pieces).toEqual([]);
    expect(device.hanging).toBeNull();
  },
);

test('a printer that is off is found at no speed', async () => {
  expect(await printerOnALine({ setTo: 19_200, isDeaf: true }).find()).toBeNull();
});
