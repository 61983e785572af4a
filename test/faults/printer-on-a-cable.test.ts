// The printer's faults over real sockets, serial lines and device files: whatever the way, the same truth.
import { describe, expect, it } from 'vitest';
import type { PrintResult } from '../../src/printer/printer.ts';
import { until } from '../end-to-end/until.ts';
import { serial } from '../printer/a-strip.ts';
import { bytesUntil, results, timesPrinted } from '../printer/a-till-printer.ts';
import { printerOn, WAYS, type PrinterOnACable } from './a-printer-on-a-cable.ts';

const BROKEN_IN_THE_THIRD = ['printed', 'printed', 'unknown', ...Array<string>(5).fill('failed')];

function inTheThirdPart({ job, device }: PrinterOnACable): number {
  return bytesUntil({ job, profile: device.profile, part: 2, byte: 90 });
}

/** Nothing is out twice, and no word goes further than the paper does. */
function expectTruth(result: PrintResult, { device }: PrinterOnACable): void {
  for (const part of result.parts) {
    if (part.serial === null) continue;
    const times = timesPrinted(device, part.serial);
    expect(times).toBeLessThanOrEqual(1);
    if (part.result === 'printed') expect(times).toBe(1);
    if (part.result === 'failed') expect(times).toBe(0);
  }
}

describe.concurrent.each(WAYS)('over %s', (way) => {
  it('a strip is printed, and every part of it confirmed', async () => {
    await using till = await printerOn(way);
    const result = await till.printer.print(till.job);
    expect(results(result)).toEqual(Array(8).fill('printed'));
    expect(till.device.strips.map((pieces) => pieces.length)).toEqual([8]);
    expect(till.device.problems).toEqual([]);
  });

  it('a printer that tells its status unasked at any moment confirms what it printed, and nothing else', async () => {
    await using till = await printerOn(way);
    await till.printer.checkStatus();
    let isLow = false;
    const chatter = setInterval(() => till.device.set({ paperLow: (isLow = !isLow) }), 1);
    try {
      expect(results(await till.printer.print(till.job))).toEqual(Array(8).fill('printed'));
      till.device.setAfterBytes(inTheThirdPart(till), { coverOpen: true });
      const broken = await till.printer.print(till.job);
      expect(results(broken)).toEqual(BROKEN_IN_THE_THIRD);
    } finally {
      clearInterval(chatter);
    }
    expect(till.device.strips.map((pieces) => pieces.length)).toEqual([8]);
  });

  it('a printer that is off prints nothing, and nothing of it comes when it is back', async () => {
    await using till = await printerOn(way);
    await till.switchOff();
    const refused = await till.printer.print(till.job);
    expect(results(refused)).toEqual(Array(8).fill('failed'));
    expect(refused.status.state).toBe('offline');
    await till.switchOn();
    await until('the printer', async () => (await till.printer.checkStatus()).state === 'ready');
    expect(till.device.pieces).toEqual([]);
    expect((await till.printer.print(till.job)).end).toBe('printed');
    expect(timesPrinted(till.device, serial(1))).toBe(1);
  });

  it.each([{ deaf: true }, { stalled: true }, { coverOpen: true }, { paperOut: true }])(
    'a printer that fails in the third part (%o) leaves that one unknown, and the next strip whole',
    async (fault) => {
      await using till = await printerOn(way);
      await till.printer.checkStatus();
      till.device.setAfterBytes(inTheThirdPart(till), fault);
      const broken = await till.printer.print(till.job);
      expect(results(broken)).toEqual(BROKEN_IN_THE_THIRD);
      expectTruth(broken, till);
      till.device.set({ deaf: false, stalled: false, coverOpen: false, paperOut: false });
      await until('the printer', async () => (await till.printer.checkStatus()).state === 'ready');
      expect(till.device.hanging).toBeNull();
      const before = till.device.strips.length;
      // A busy machine may make it look silent once more; then nothing is sent, and it is tried again.
      await until('the next strip', async () => (await till.printer.print(till.job)).end === 'printed');
      expect(till.device.strips.slice(before).map((pieces) => pieces.length)).toEqual([8]);
    },
  );

  it('a cable pulled in the third part is told as what it was, and the printer is found again', async () => {
    await using till = await printerOn(way);
    await till.printer.checkStatus();
    const pulled = new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (till.device.bytesReceived > 650) till.switchOff().then(resolve, reject);
        else setImmediate(look);
      };
      look();
    });
    const broken = await till.printer.print(till.job);
    await pulled;
    expectTruth(broken, till);
    await till.switchOn();
    await until('the printer', async () => (await till.printer.checkStatus()).state === 'ready');
    expect(till.device.hanging).toBeNull();
    expect(timesPrinted(till.device, serial(1))).toBeLessThanOrEqual(1);
  });
});
