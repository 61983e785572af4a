// A printer that stops in the middle, and one that takes every byte and never reads.
import { describe, expect, it } from 'vitest';
import type { StripJob } from '../../src/printer/printer.ts';
import { serial } from '../printer/a-strip.ts';
import { bytesUntil, passTime, results, profileNamed, tillPrinter, timesPrinted } from '../printer/a-till-printer.ts';
import { holdsBeforeTheFirstByte, holdsInAStrip } from './what-must-hold.ts';

const profile = profileNamed('epson-tm-t20iii');
const inTheThirdPart = (job: StripJob): number => bytesUntil({ job, profile, part: 2, byte: 20 });

const told = { fault: { stalled: true }, state: 'silent' };
holdsBeforeTheFirstByte(told);
holdsInAStrip(told);

describe('a printer that stalls in a strip', () => {
  it('prints none of the broken strip again when it comes back, however late', async () => {
    const { device, clock, printer, job, print } = tillPrinter();
    await passTime(clock, printer.checkStatus());
    device.setAfterBytes(inTheThirdPart(job), { stalled: true });
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

  it('gives the strip up when the program ends, and says at once what had come out', async () => {
    const { device, clock, printer, job } = tillPrinter();
    const end = new AbortController();
    printer.start(end.signal);
    await passTime(clock, printer.checkStatus());
    device.setAfterBytes(inTheThirdPart(job), { stalled: true });
    const printing = printer.print(job);
    await clock.advance(300);
    end.abort();
    const beganMs = clock.monotonicMs();
    expect(results(await passTime(clock, printing)).slice(0, 4)).toEqual(['printed', 'printed', 'unknown', 'failed']);
    expect(clock.monotonicMs() - beganMs).toBeLessThan(200);
  });

  it('gives up within the limits, never waiting for ever', async () => {
    const { device, clock, printer, job } = tillPrinter();
    await passTime(clock, printer.checkStatus());
    device.setAfterBytes(inTheThirdPart(job), { deaf: true });
    const beganMs = clock.monotonicMs();
    await passTime(clock, printer.print(job));
    expect(clock.monotonicMs() - beganMs).toBeLessThan(20_000);
    expect(clock.pendingCount).toBe(0);
  });
});
