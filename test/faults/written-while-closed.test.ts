// What was to be written when the cable was out is gone for good: the next connection carries nothing of it.
import { describe, expect, it } from 'vitest';
import { until } from '../end-to-end/until.ts';
import { printerOn } from './a-printer-on-a-cable.ts';
import { WAYS } from './cables.ts';

const NOBODY = { received: () => undefined, lost: () => undefined };
const OLD = Buffer.from('COUPON OF THE CUSTOMER BEFORE\n');

describe.concurrent.each(WAYS)('over %s', (way) => {
  it('a write after the loss is refused at once, and comes on no later connection', async () => {
    await using till = await printerOn(way);
    const link = await till.cable.transport.open(NOBODY);
    await till.cable.pullOut();
    // A device file that was pulled out looks like one with nothing to say, until something is written to it.
    if (way !== 'a device file') await until('the loss to be known', () => !link.isOpen);
    await expect(link.write(OLD)).rejects.toThrow('connection to the printer');
    await till.cable.plugIn();
    await till.untilReady();
    expect((await till.print()).end).toBe('printed');
    await link.close();
    const marks = till.device.pieces.flatMap((piece) => piece.marks);
    const words = marks.map((mark) => (mark.kind === 'text' ? mark.text : '')).join('');
    expect(words).not.toContain('CUSTOMER BEFORE');
    expect(till.device.strips.map((pieces) => pieces.length)).toEqual([8]);
  });
});
