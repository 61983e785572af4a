// A printer that stops in the middle, and one that takes every byte and never reads.
import { describe, expect, it } from 'vitest';
import { serial } from '../a-strip.ts';
import { passTime, results, tillPrinter, timesPrinted } from '../a-till-printer.ts';

describe('a printer that stalls in a strip', () => {
  it.each([{ stalled: true }, { deaf: true }])(
    '(%o) leaves one coupon unknown and the later ones failed',
    async (fault) => {
      const { device, clock, printer, print } = tillPrinter();
      await passTime(clock, printer.checkStatus());
      device.setAfterBytes(330, fault);
      const broken = await print();
      expect(results(broken)).toEqual(['printed', 'printed', 'unknown', ...Array<string>(5).fill('failed')]);
      expect(broken.status).toEqual({ state: 'silent' });
    },
  );

  it('prints none of the broken strip again when it comes back, however late', async () => {
    const { device, clock, printer, print } = tillPrinter();
    await passTime(clock, printer.checkStatus());
    device.setAfterBytes(330, { stalled: true });
    await print();
    const end = new AbortController();
    printer.start(end.signal);
    await clock.advance(600_000);
    device.set({ stalled: false });
    await clock.advance(10_000);
    end.abort();
    expect(printer.status()).toEqual({ state: 'ready' });
    expect(timesPrinted(device, serial(1))).toBe(1);
    expect(timesPrinted(device, serial(3))).toBe(0);
    expect(device.hanging).toBeNull();
  });

  it('gives up within the limits, never waiting for ever', async () => {
    const { device, clock, printer, job } = tillPrinter();
    await passTime(clock, printer.checkStatus());
    device.setAfterBytes(330, { deaf: true });
    const beganMs = clock.monotonicMs();
    await passTime(clock, printer.print(job));
    expect(clock.monotonicMs() - beganMs).toBeLessThan(20_000);
    expect(clock.pendingCount).toBe(0);
  });
});
