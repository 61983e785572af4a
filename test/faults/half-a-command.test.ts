// A strip breaks off within a command: what the printer waits for must not be taken from the next customer's strip.
import { describe, expect, it } from 'vitest';
import { composeStrip } from '../../src/printer/compose.ts';
import { locateCommands } from '../../src/printer/command-reader.ts';
import { bytesUntil } from '../printer/a-till-printer.ts';
import { expectNextStripWhole, expectTruth, printerOn, type PrinterOnACable } from './a-printer-on-a-cable.ts';
import { WAYS } from './cables.ts';

/** Four status questions of three bytes each are asked before a strip. */
const QUESTIONS = 12;

/** Bytes from the scan to the middle of the first command of that kind in the second coupon. */
function within(kind: string, { job, device }: PrinterOnACable): number {
  const { profile } = device;
  const bytes = composeStrip({ parts: job.parts, profile }).parts[2]?.bytes ?? new Uint8Array();
  const commands = locateCommands(bytes, profile.commands);
  const found = commands.findIndex(({ command }) => command.kind === kind);
  const [from, to] = [commands[found]?.at ?? 0, commands[found + 1]?.at ?? bytes.length];
  expect(to - from, `a ${kind} of more than one byte`).toBeGreaterThan(1);
  return QUESTIONS + bytesUntil({ job, profile, part: 2, byte: from + Math.ceil((to - from) / 2) });
}

describe.concurrent.each(WAYS)('over %s', (way) => {
  const kinds = way === 'the fake' ? ['symbol', 'size', 'code-page', 'cut', 'text'] : ['symbol', 'cut'];
  it.each(kinds)('broken off within a %s, its end is not looked for in what comes next', async (kind) => {
    await using till = await printerOn(way);
    await till.untilReady();
    till.device.setAfterBytes(within(kind, till), { unplugged: true });
    const broken = await till.print();
    expectTruth(broken, till);
    await till.cable.plugIn();
    await till.untilReady();
    const problemsBefore = till.device.problems.length;
    await expectNextStripWhole(till);
    // Every word of the next strip stands where it should: no command of it was eaten, and nothing printed as letters.
    const nextStrip = till.device.strips.at(-1) ?? [];
    const marks = nextStrip.flatMap((piece) => piece.marks);
    expect(marks.filter((mark) => mark.kind === 'symbol')).toHaveLength(6);
    expect(till.device.problems.slice(problemsBefore)).toEqual([]);
  });
});

it('of another program, in the middle of a picture of 8 KB: it is flushed before the printer is called ready', async () => {
  await using till = await printerOn('the fake');
  const other = till.device.attach({ answer: () => undefined, drop: () => undefined });
  // GS v 0: 72 bytes by 100 lines were announced, and ten came.
  await other?.receive(Uint8Array.of(0x1d, 0x76, 0x30, 0, 72, 0, 100, 0, ...new Uint8Array(10)));
  other?.detach();
  await expectNextStripWhole(till);
});
