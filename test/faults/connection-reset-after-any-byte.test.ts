// The cable is pulled after every possible number of bytes: what is said of each coupon is never more than is true.
import { describe, expect, it } from 'vitest';
import { COMPLETION_REQUEST } from '../../src/printer/escpos-status.ts';
import { composeStrip } from '../../src/printer/compose.ts';
import { passTime, results, tillPrinter } from '../printer/a-till-printer.ts';
import { expectNextStripWhole, expectTruth, printerOn } from './a-printer-on-a-cable.ts';
import { REAL_WAYS, type Way } from './cables.ts';

describe('the connection reset after n bytes', () => {
  const whole = tillPrinter();
  const { bytes } = composeStrip({ parts: whole.job.parts, profile: whole.printer.profile });
  const SHARES = [0, 1, 2, 3, 4, 5, 6];
  // Past the handshake; the questions between the parts are counted too.
  const places = Array.from({ length: bytes + 8 * COMPLETION_REQUEST.length }, (_, i) => 13 + i);

  it.each(SHARES)('never prints twice, never says more than is true (every 7th byte from %d on)', async (share) => {
    for (const place of places.filter((_, i) => i % SHARES.length === share)) {
      const { device, clock, printer, job, print } = tillPrinter();
      await passTime(clock, printer.checkStatus());
      device.setAfterBytes(place, { unplugged: true });
      const broken = await print();
      expectTruth(broken, { device });
      expect(results(broken).filter((result) => result === 'unknown').length).toBeLessThanOrEqual(1);

      device.set({ unplugged: false });
      await passTime(clock, printer.checkStatus());
      expect(device.hanging, `hanging after byte ${place}`).toBeNull();
      const stripsBefore = device.strips.length;
      expect((await print(job)).end).toBe('printed');
      expect(device.strips.slice(stripsBefore).map((strip) => strip.length)).toEqual([8]);
    }
  });
});

/** A real cable takes its time: every so many bytes it is pulled, from the first on; a device file starts a program each time. */
const STEP: Readonly<Record<Way, number>> = {
  'the fake': 1,
  'a TCP socket': 37,
  'a serial line': 301,
  'a device file': 601,
};

describe.concurrent.each(REAL_WAYS)('over %s', (way) => {
  it('no coupon is out twice, and none is said to be out that is not', async () => {
    const { bytes } = await lengthOf(way);
    for (let place = 1; place < bytes; place += STEP[way]) {
      await using till = await printerOn(way);
      await till.untilReady();
      till.device.setAfterBytes(place, { unplugged: true });
      const broken = await till.print();
      expectTruth(broken, till);
      expect(results(broken).filter((result) => result === 'unknown').length).toBeLessThanOrEqual(1);
      await till.cable.plugIn();
      await expectNextStripWhole(till);
    }
  });
});

/** From the scan to the last answer, questions included. */
async function lengthOf(way: Way): Promise<{ bytes: number }> {
  await using till = await printerOn(way);
  await till.untilReady();
  const before = till.device.bytesReceived;
  await till.print();
  return { bytes: till.device.bytesReceived - before };
}
