// The cover is opened, or the paper ends, while a strip is printed.
import { describe, expect, it } from 'vitest';
import type { StripJob } from '../../../src/printer/printer.ts';
import { bytesUntil, passTime, profileNamed, results, tillPrinter } from '../a-till-printer.ts';

const profile = profileNamed('epson-tm-t20iii');
const inTheThirdPart = (job: StripJob): number => bytesUntil({ job, profile, part: 2, byte: 20 });

describe('the cover opened in a strip', () => {
  it('is waited for: closed soon, the strip goes on and is printed whole', async () => {
    const { device, clock, printer, job } = tillPrinter();
    await passTime(clock, printer.checkStatus());
    device.setAfterBytes(inTheThirdPart(job), { coverOpen: true });
    const printing = printer.print(job);
    await clock.advance(2_000);
    expect(printer.status()).toEqual({ state: 'cover-open' });
    device.set({ coverOpen: false });
    const result = await passTime(clock, printing);
    expect(result.end).toBe('printed');
    expect(device.strips.map((strip) => strip.length)).toEqual([8]);
  });

  it.each([{ coverOpen: true }, { paperOut: true }, { cutterJammed: true }])(
    'left so (%o) ends the strip: what came out is printed, the piece under way unknown, the rest failed',
    async (fault) => {
      const { device, clock, printer, job, print } = tillPrinter();
      await passTime(clock, printer.checkStatus());
      device.setAfterBytes(inTheThirdPart(job), fault);
      const broken = await print();
      expect(results(broken)).toEqual(['printed', 'printed', 'unknown', ...Array<string>(5).fill('failed')]);
      expect(broken.end).toBe('partly-printed');
      expect(broken.status.state).toBe(Object.keys(fault)[0]?.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`));

      for (const name of Object.keys(fault)) device.set({ [name]: false });
      // What hung out is cut off as soon as the printer is ready again, so that it is not handed to the next customer.
      await passTime(clock, printer.checkStatus());
      expect(device.hanging).toBeNull();
      const before = device.strips.length;
      expect((await print(job)).end).toBe('printed');
      expect(device.strips.slice(before).map((strip) => strip.length)).toEqual([8]);
    },
  );
});
