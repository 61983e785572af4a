// Printers talk unasked: automatic status, late answers, noise. None of it may be taken for "printed".
import { describe, expect, it } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import { PRINTER_LIMITS } from '../../src/printer/limits.ts';
import type { LinkEvents, Transport } from '../../src/printer/link.ts';
import { EscposPrinter } from '../../src/printer/printer.ts';
import { SimulatedPrinter } from '../../src/printer/simulated/simulated-printer.ts';
import { simulatedTransport } from '../../src/printer/simulated/simulated-transport.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';
import { gs1Code, strip } from '../printer/a-strip.ts';
import { aVisit, passTime, profileNamed, results } from '../printer/a-till-printer.ts';
import { BROKEN_IN_THE_THIRD, expectTruth, inTheThirdPart, printerOn, WHOLE } from './a-printer-on-a-cable.ts';
import { WAYS } from './cables.ts';

type Troubled = {
  readonly device: SimulatedPrinter;
  /** Said before everything the host sends. */
  readonly chatter?: Uint8Array;
  /** What is answered in turn comes this much later; real-time status overtakes it. */
  readonly busyMs?: number;
};

function troubledPrinter({ device, chatter = new Uint8Array(0), busyMs = 0 }: Troubled) {
  const clock = new SimulatedClock(instant(0));
  const limits = PRINTER_LIMITS;
  const inner = simulatedTransport({ printer: device, clock, limits });
  const transport: Transport = {
    ...inner,
    open: async (events: LinkEvents) => {
      const received = (bytes: Uint8Array): void => {
        const isRealTime = ((bytes[0] ?? 0) & 0x93) === 0x12;
        if (isRealTime || busyMs === 0) events.received(bytes);
        else clock.after(busyMs, () => events.received(bytes));
      };
      const link = await inner.open({ ...events, received });
      return {
        get isOpen() {
          return link.isOpen;
        },
        write: async (bytes) => {
          events.received(chatter);
          await link.write(bytes);
        },
        close: () => link.close(),
      };
    },
  };
  const profile = device.profile;
  const printer = new EscposPrinter({ profile, transport, clock, limits, startsAfterBreak: false });
  const parts = strip({ columns: profile.columns, codeOf: gs1Code });
  return { clock, printer, job: { visit: aVisit(), parts } };
}

const AUTOMATIC_READY = Uint8Array.of(0x10, 0x00, 0x00, 0x0f);

describe('status bytes nobody asked for', () => {
  it.each([
    ['automatic status', AUTOMATIC_READY],
    ['flow control', Uint8Array.of(0x11, 0x13)],
    ['high noise', Uint8Array.of(0x80, 0xff, 0xb4)],
    ['a process answer', Uint8Array.of(0x37, 0x22, 0x31, 0x32, 0x33, 0x34, 0x00)],
  ])('(%s) disturb no strip', async (_, chatter) => {
    const device = new SimulatedPrinter({ profile: profileNamed('epson-tm-t20iii') });
    const { clock, printer, job } = troubledPrinter({ device, chatter });
    const result = await passTime(clock, printer.print(job));
    expect(results(result)).toEqual(Array(8).fill('printed'));
  });

  it('are never a completion: automatic status while nothing comes out leaves the coupon unknown', async () => {
    const device = new SimulatedPrinter({ profile: profileNamed('epson-tm-t20iii') });
    const { clock, printer, job } = troubledPrinter({ device, chatter: AUTOMATIC_READY });
    await passTime(clock, printer.checkStatus());
    device.setAfterBytes(100, { deaf: true });
    expect(results(await passTime(clock, printer.print(job)))[0]).toBe('unknown');
  });

  it.each([0, 1_500])(
    'an answer owed to a strip that was given up does not count for the next one, even %d ms late',
    async (busyMs) => {
      const device = new SimulatedPrinter({ profile: profileNamed('epson-tm-t20iii') });
      const { clock, printer, job } = troubledPrinter({ device, busyMs });
      await passTime(clock, printer.checkStatus());
      device.setAfterBytes(200, { paperOut: true });
      await passTime(clock, printer.print(job));
      await passTime(clock, printer.checkStatus());
      // New paper: the printer goes on with the old piece and answers for it to whoever is connected now. Then it goes
      // deaf when the next strip begins.
      device.set({ paperOut: false });
      const onFirstByte = (): void => device.set({ deaf: true });
      const next = await passTime(clock, printer.print({ ...job, onFirstByte }));
      expect(results(next)).toEqual(['unknown', ...Array<string>(7).fill('failed')]);
    },
  );
});

describe.concurrent.each(WAYS)('a printer that tells its status unasked all the time, over %s', (way) => {
  it('confirms what it printed, and nothing else', async () => {
    await using till = await printerOn(way);
    await till.untilReady();
    let isLow = false;
    const chatter = setInterval(() => till.device.set({ paperLow: (isLow = !isLow) }), 1);
    try {
      expect(results(await till.print())).toEqual(WHOLE);
      till.device.setAfterBytes(inTheThirdPart(till), { coverOpen: true });
      expect(results(await till.print())).toEqual(BROKEN_IN_THE_THIRD);
    } finally {
      clearInterval(chatter);
    }
    expect(till.device.strips.map((pieces) => pieces.length)).toEqual([8]);
  });

  it('and that says noise, late answers and other programs’ answers in between, too', async () => {
    await using till = await printerOn(way);
    await till.untilReady();
    const noises = [[0x80, 0xff, 0xb4], [0x37, 0x22, 0x31, 0x32, 0x33, 0x34, 0x00], [0x10, 0x00, 0x00, 0x0f], [0x5f]];
    let next = 0;
    const chatter = setInterval(() => till.cable.say(Uint8Array.from(noises[next++ % noises.length] ?? [])), 2);
    let broken;
    try {
      till.device.setAfterBytes(inTheThirdPart(till), { coverOpen: true });
      broken = await till.print();
    } finally {
      clearInterval(chatter);
    }
    // Noise may spoil an answer, so that less is known; it never makes a coupon printed that is not.
    expectTruth(broken, till);
    expect(broken.end).not.toBe('printed');
  });
});
