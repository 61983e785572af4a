// A serial printer that holds the line with XOFF: released in time the strip goes on, and given up it comes for nobody.
import { describe, expect, it } from 'vitest';
import { profileNamed, timesPrinted } from '../printer/a-till-printer.ts';
import { expectNextStripWhole, expectTruth, inTheThirdPart, printerOn } from './a-printer-on-a-cable.ts';
import { REAL_WAYS, WAYS } from './cables.ts';

const XON = Uint8Array.of(0x11);
const XOFF = Uint8Array.of(0x13);
const profile = { ...profileNamed('epson-tm-t20iii'), flowControl: 'xon-xoff' as const };

describe.runIf(REAL_WAYS.some((way) => way === 'a serial line'))('on a serial line with XON and XOFF', () => {
  it('released before the limit, the strip goes on and comes out whole', async () => {
    await using till = await printerOn('a serial line', { profile });
    await till.untilReady();
    const printing = till.print();
    till.cable.say(XOFF);
    setTimeout(() => till.cable.say(XON), 300);
    expect((await printing).end).toBe('printed');
    expect(till.device.strips.map((pieces) => pieces.length)).toEqual([8]);
  });

  it('never released, what was given up does not come out when the line is free', async () => {
    await using till = await printerOn('a serial line', { profile });
    await till.untilReady();
    const place = till.device.bytesReceived + inTheThirdPart(till);
    const look = (): void => void (till.device.bytesReceived < place ? setImmediate(look) : till.cable.say(XOFF));
    look();
    const broken = await till.print();
    expect(broken.end).not.toBe('printed');
    expectTruth(broken, till);
    till.cable.say(XON);
    await expectNextStripWhole(till);
    // The next strip is the same job once more: what was given up is on that one only.
    const failed = broken.parts.filter(({ result }) => result === 'failed');
    for (const { serial } of failed) if (serial !== null) expect(timesPrinted(till.device, serial)).toBe(1);
  });
});

describe.concurrent.each(WAYS)('bytes of flow control among the answers, over %s', (way) => {
  it('are no answer to anything', async () => {
    await using till = await printerOn(way);
    await till.untilReady();
    const chatter = setInterval(() => {
      till.cable.say(XOFF);
      till.cable.say(XON);
    }, 1);
    try {
      expect((await till.print()).end).toBe('printed');
    } finally {
      clearInterval(chatter);
    }
  });
});
