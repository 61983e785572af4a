// The cable is pulled after every possible number of bytes: what is said of each coupon is never more than is true.
import { describe, expect, it } from 'vitest';
import { composeStrip } from '../../../src/printer/compose.ts';
import { passTime, results, tillPrinter, timesPrinted } from '../a-till-printer.ts';

describe('the connection reset after n bytes', () => {
  const whole = tillPrinter();
  const { bytes } = composeStrip({ parts: whole.job.parts, profile: whole.printer.profile });
  // The requests between the parts are 3 bytes each; every 7th byte meets each kind of place and keeps this quick.
  const places = Array.from({ length: Math.floor((bytes + 24) / 7) }, (_, i) => 13 + i * 7);

  it('never prints twice, never says printed of what is not out, never failed of what may be', async () => {
    for (const place of places) {
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
