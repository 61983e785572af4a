// The printer was switched off and on between two customers: the first strip after it is not lost, and not half.
import { describe, expect, it } from 'vitest';
import { until } from '../end-to-end/until.ts';
import { results } from '../printer/a-till-printer.ts';
import { expectNextStripWhole, NOTHING, printerOn } from './a-printer-on-a-cable.ts';
import { WAYS } from './cables.ts';

describe.concurrent.each(WAYS)('over %s', (way) => {
  it('switched off and on with nobody looking, it prints the very next strip or says that it did not', async () => {
    await using till = await printerOn(way);
    await till.untilReady();
    expect((await till.print()).end).toBe('printed');
    await till.cable.pullOut();
    await till.cable.plugIn();
    // The old connection is dead without a word at first; nothing is sent on it that could be lost.
    await until('the next strip', async () => {
      const result = await till.print();
      if (result.end !== 'printed') expect(results(result)).toEqual(NOTHING);
      return result.end === 'printed';
    });
    expect(till.device.strips.map((pieces) => pieces.length)).toEqual([8, 8]);
    expect(till.device.problems).toEqual([]);
  });

  it('while it takes its time to start it answers nothing, and no strip is begun', async () => {
    await using till = await printerOn(way);
    await till.untilReady();
    await till.cable.pullOut();
    till.device.set({ deaf: true });
    await till.cable.plugIn();
    const early = await till.print();
    expect(results(early)).toEqual(NOTHING);
    await until('it to be called silent', async () => (await till.check()).state === 'silent');
    expect(results(await till.print())).toEqual(NOTHING);
    expect(till.device.pieces).toEqual([]);
    till.device.set({ deaf: false });
    await expectNextStripWhole(till);
  });
});
