// Whatever is wrong before the first byte: nothing is sent, nothing is counted as given, and the next customer prints.
import { describe, expect, it } from 'vitest';
import type { SimulatedFaults } from '../../../src/printer/simulated/faults.ts';
import { results, tillPrinter } from '../a-till-printer.ts';

const faults: readonly (readonly [string, Partial<SimulatedFaults>, string])[] = [
  ['the paper is out', { paperOut: true }, 'paper-out'],
  ['the cover is open', { coverOpen: true }, 'cover-open'],
  ['the cutter is jammed', { cutterJammed: true }, 'cutter-jammed'],
  ['the head is hot', { headHot: true }, 'head-hot'],
  ['the cable is out', { unplugged: true }, 'offline'],
  ['it takes nothing', { stalled: true }, 'silent'],
  ['it answers nothing', { deaf: true }, 'silent'],
];

describe('before the first byte', () => {
  it.each(faults)('nothing is sent when %s, and the next strip prints when that is over', async (_, fault, state) => {
    const { device, print } = tillPrinter();
    device.set(fault);
    const refused = await print();
    expect(refused.status.state).toBe(state);
    expect(results(refused)).toEqual(Array(8).fill('failed'));
    expect(refused.end).toBe('failed');
    expect(refused.bytes).toBe(0);

    for (const name of Object.keys(fault)) device.set({ [name]: false });
    expect((await print()).end).toBe('printed');
    expect(device.strips.map((strip) => strip.length)).toEqual([8]);
    expect(device.problems).toEqual([]);
  });
});
