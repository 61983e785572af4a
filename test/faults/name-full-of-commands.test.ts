// A product name that is a command (or a till's data that went wrong): it is printed as letters, and opens no drawer.
import { describe, expect, it } from 'vitest';
import { line } from '../printer/a-strip.ts';
import { printerOn } from './a-printer-on-a-cable.ts';
import { WAYS } from './cables.ts';

const NAMES: readonly (readonly [string, string])[] = [
  ['a drawer kick', 'milk\x1bp\x00\x19\xfa'],
  ['a reset and a cut', 'milk\x1b@\x1dV\x00'],
  ['a status question', 'milk\x10\x04\x01'],
  ['a drawer kick in real time', 'milk\x10\x14\x01\x00\x01'],
  ['line feeds and backspaces', 'mi\r\n\b\x7flk'],
  ['C1 controls', 'milk\u009b\u0084'],
];

describe.concurrent.each(WAYS)('over %s', (way) => {
  it.each(way === 'the fake' ? NAMES : NAMES.slice(0, 2))('%s is letters or nothing', async (_, name) => {
    await using till = await printerOn(way);
    await till.untilReady();
    const [header, ...rest] = till.job.parts;
    if (header === undefined) throw new Error('a strip has a header');
    const parts = [{ ...header, elements: [line(name), ...header.elements] }, ...rest];
    const result = await till.settle(till.printer.print({ ...till.job, parts }));
    expect(result.end).toBe('printed');
    expect(till.device.strips.map((pieces) => pieces.length)).toEqual([8]);
    expect(till.device.problems).toEqual([]);
  });
});
