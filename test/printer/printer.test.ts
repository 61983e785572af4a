// The printer on an ordinary day, and the small things that come and go.
import { describe, expect, it } from 'vitest';
import { NO_PRINTER } from '../../src/printer/no-printer.ts';
import type { SimulatedFaults } from '../../src/printer/simulated/faults.ts';
import { serial } from './a-strip.ts';
import { bytesUntil, passTime, profileNamed, results, tillPrinter, timesPrinted } from './a-till-printer.ts';

describe('a printer', () => {
  it('prints six coupons as one strip, and says so of each because the printer did', async () => {
    const { device, print } = tillPrinter();
    const result = await print();
    expect(results(result)).toEqual(Array(8).fill('printed'));
    expect(result.end).toBe('printed');
    expect(result.status).toEqual({ state: 'ready' });
    expect(device.strips.map((strip) => strip.length)).toEqual([8]);
    expect(device.problems).toEqual([]);
    expect(timesPrinted(device, serial(3))).toBe(1);
    expect(result.millimetres).toBeGreaterThan(200);
    expect(result.millimetres).toBeLessThanOrEqual(310);
    expect(result.bytes).toBeLessThanOrEqual(1600);
  });

  it('tells once when the first byte is on its way, while the rest is still to come', async () => {
    const { device, print, job } = tillPrinter();
    const piecesThen: number[] = [];
    const result = await print({ ...job, onFirstByte: () => piecesThen.push(device.pieces.length) });
    expect(piecesThen).toHaveLength(1);
    expect(piecesThen[0]).toBeLessThan(2);
    expect(result.firstByteMs).not.toBeNull();
  });

  it('sends nothing when the customer has gone before the first byte', async () => {
    const { device, print, job } = tillPrinter();
    const result = await print({ ...job, mayBegin: () => false });
    expect(results(result)).toEqual(Array(8).fill('failed'));
    expect(result.firstByteMs).toBeNull();
    expect(device.hanging).toBeNull();
    expect(device.pieces).toEqual([]);
  });

  it('prints two strips asked for at once one after the other', async () => {
    const { device, clock, printer, job } = tillPrinter();
    await passTime(clock, Promise.all([printer.print(job), printer.print(job)]));
    expect(device.strips.map((strip) => strip.length)).toEqual([8, 8]);
  });

  it('leaves the coupons unknown on a printer that never says what came out', async () => {
    const { device, print } = tillPrinter({ profile: 'zj-5870' });
    const result = await print();
    expect(results(result)).toEqual(Array(8).fill('unknown'));
    expect(result.end).toBe('unknown');
    device.tear();
    expect(device.strips).toHaveLength(1);
    expect(device.problems).toEqual([]);
  });

  it('warns of little paper, and prints', async () => {
    const { device, print } = tillPrinter();
    device.set({ paperLow: true });
    const result = await print();
    expect(result.end).toBe('printed');
    expect(result.status).toEqual({ state: 'paper-low' });
  });

  it('cuts off what an earlier run left hanging before it prints for anybody', async () => {
    const { device, print } = tillPrinter({ startsAfterBreak: true });
    const cable = device.attach({ answer: () => undefined, drop: () => undefined });
    await cable?.receive(Buffer.from('half a coupon of somebody else\n'));
    cable?.detach();
    await print();
    expect(device.strips.map((strip) => strip.length)).toEqual([1, 8]);
  });
});

describe('a printer that answers with the number of a process', () => {
  const profile = { ...profileNamed('epson-tm-t20iii'), completion: 'process-id' as const };

  it('says of every part that it is out', async () => {
    const { device, print } = tillPrinter({ profile });
    expect(results(await print())).toEqual(Array(8).fill('printed'));
    expect(device.problems).toEqual([]);
  });

  it('leaves a coupon unknown whose own number is not answered', async () => {
    const { device, clock, printer, job, print } = tillPrinter({ profile });
    await passTime(clock, printer.checkStatus());
    device.setAfterBytes(200, { deaf: true });
    expect(results(await print(job))[0]).toBe('unknown');
  });
});

describe('the state of a printer that is watched', () => {
  it('is noticed within three seconds, said once, and clears by itself', async () => {
    const { device, clock, printer } = tillPrinter();
    const said: string[] = [];
    printer.onStatus(({ state }) => said.push(state));
    const end = new AbortController();
    printer.start(end.signal);
    await clock.advance(1_000);
    for (const fault of [
      { coverOpen: true },
      { coverOpen: false, paperOut: true },
      { paperOut: false, headHot: true },
    ]) {
      device.set(fault);
      await clock.advance(3_000);
    }
    device.set({ headHot: false, unplugged: true });
    await clock.advance(3_000);
    device.set({ unplugged: false });
    await clock.advance(3_000);
    expect(said).toEqual(['ready', 'cover-open', 'paper-out', 'head-hot', 'offline', 'ready']);
    end.abort();
    await clock.advance(0);
    expect(clock.pendingCount).toBe(0);
    expect(device.attach({ answer: () => undefined, drop: () => undefined })).not.toBeNull();
  });

  it('is asked for by nobody any more once the till stops: what was still to be done leaves no connection open', async () => {
    const { device, clock, printer, print } = tillPrinter();
    const end = new AbortController();
    printer.start(end.signal);
    await clock.advance(1_000);
    end.abort();
    await passTime(clock, printer.checkStatus());
    expect(await passTime(clock, printer.identify())).toBeNull();
    expect(await print()).toMatchObject({ end: 'failed', bytes: 0 });
    expect(printer.status()).toMatchObject({ state: 'offline' });
    expect(device.attach({ answer: () => undefined, drop: () => undefined })).not.toBeNull();
  });

  const states: readonly [Partial<SimulatedFaults>, string][] = [
    [{ paperLow: true }, 'paper-low'],
    [{ paperOut: true }, 'paper-out'],
    [{ coverOpen: true }, 'cover-open'],
    [{ cutterJammed: true }, 'cutter-jammed'],
    [{ headHot: true }, 'head-hot'],
    [{ stalled: true }, 'silent'],
    [{ deaf: true }, 'silent'],
    [{ unplugged: true }, 'offline'],
  ];

  it.each(states)('(%o) is known as %s within three seconds, and so is its end', async (fault, state) => {
    const { device, clock, printer } = tillPrinter();
    const end = new AbortController();
    printer.start(end.signal);
    await clock.advance(1_500);
    device.set(fault);
    await clock.advance(3_000);
    expect(printer.status().state).toBe(state);
    for (const name of Object.keys(fault)) device.set({ [name]: false });
    await clock.advance(3_000);
    expect(printer.status()).toEqual({ state: 'ready' });
    end.abort();
  });

  it.each(states)(
    '(%o) is known as %s within three seconds though it comes while an earlier strip is being cleared away',
    async (fault, state) => {
      const { device, clock, printer } = tillPrinter({ startsAfterBreak: true });
      const end = new AbortController();
      printer.start(end.signal);
      // Four status questions, and the flush that follows is not yet through.
      device.setAfterBytes(12 + 100, fault);
      await clock.advance(3_000);
      expect(printer.status().state).toBe(state);
      for (const name of Object.keys(fault)) device.set({ [name]: false });
      await clock.advance(3_000);
      expect(printer.status()).toEqual({ state: 'ready' });
      end.abort();
    },
  );

  it('is told by the printer itself in a strip, before it is asked', async () => {
    const { device, clock, printer, job } = tillPrinter();
    await passTime(clock, printer.checkStatus());
    const place = bytesUntil({ job, profile: device.profile, part: 2, byte: 20 });
    device.setAfterBytes(place, { coverOpen: true });
    const printing = printer.print(job);
    await clock.advance(0);
    expect(printer.status()).toEqual({ state: 'cover-open' });
    device.set({ coverOpen: false });
    expect((await passTime(clock, printing)).end).toBe('printed');
  });

  it('frees a jammed cutter once a hand has cleared it', async () => {
    const { device, clock, printer } = tillPrinter();
    device.set({ cutterJammed: true });
    expect(await passTime(clock, printer.checkStatus())).toEqual({ state: 'cutter-jammed' });
    device.set({ cutterJammed: false });
    expect(await passTime(clock, printer.checkStatus())).toEqual({ state: 'ready' });
  });

  it('is none where the shop has none, and nothing is printed', async () => {
    const result = await NO_PRINTER.print(tillPrinter().job);
    expect(result.end).toBe('failed');
    expect(NO_PRINTER.status()).toEqual({ state: 'none' });
  });
});
