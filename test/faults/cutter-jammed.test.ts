// The cutter jams: nothing is begun, a hand clears it, and the printer is told to go on. No switch, no button.
import { describe, expect, it } from 'vitest';
import { until } from '../end-to-end/until.ts';
import { results } from '../printer/a-till-printer.ts';
import { BROKEN_IN_THE_THIRD, brokenInTheThird, expectNextStripWhole } from './a-printer-on-a-cable.ts';
import { WAYS } from './cables.ts';
import { holdsAtTheScan, holdsBeforeTheFirstByte, holdsInAStrip } from './what-must-hold.ts';

const told = { fault: { cutterJammed: true }, state: 'cutter-jammed' };
holdsBeforeTheFirstByte(told);
holdsAtTheScan(told);
holdsInAStrip(told);

describe.concurrent.each(WAYS)('cleared long after the strip was given up, over %s', (way) => {
  it('what the printer still held of it is thrown away, and comes for nobody', async () => {
    const { till: printer, broken } = await brokenInTheThird(way, { cutterJammed: true });
    await using till = printer;
    expect(results(broken)).toEqual(BROKEN_IN_THE_THIRD);
    await until('the cutter to be told of', async () => (await till.check()).state === 'cutter-jammed');
    const piecesBefore = till.device.pieces.length;
    till.device.set({ cutterJammed: false });
    await expectNextStripWhole(till);
    // At most the piece that hung, cut off, is between the broken strip and the next one.
    expect(till.device.pieces.length).toBeLessThanOrEqual(piecesBefore + 1 + 8);
  });
});
