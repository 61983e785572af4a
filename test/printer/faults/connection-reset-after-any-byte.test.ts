// The cable is pulled after every possible number of bytes: what is said of each coupon is never more than is true.
import { describe, expect, it } from 'vitest';
import { COMPLETION_REQUEST } from '../../../src/printer/escpos-status.ts';
import { composeStrip } from '../../../src/printer/compose.ts';
import { passTime, results, tillPrinter, timesPrinted } from '../a-till-printer.ts';

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
      for (const { serial, result } of broken.parts) {
        if (serial === null) continue;
        const times = timesPrinted(device, serial);
        expect(times, `${serial} cut at byte ${place}`).toBeLessThanOrEqual(1);
        if (result === 'printed') expect(times).toBe(1);
        if (result === 'failed') expect(times).toBe(0);
      }
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
