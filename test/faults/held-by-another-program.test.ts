// Another program has the printer (a till's own software, a spooler): it is said, nothing is mixed in, and later we serve.
import { describe, expect, it } from 'vitest';
import { SerialPort } from 'serialport';
import { once } from 'node:events';
import { results } from '../printer/a-till-printer.ts';
import { expectNextStripWhole, NOTHING, printerOn } from './a-printer-on-a-cable.ts';
import { REAL_WAYS } from './cables.ts';

it('a network printer that serves one program at a time refuses ours until that one is gone', async () => {
  await using till = await printerOn('a TCP socket');
  const other = till.device.attach({ answer: () => undefined, drop: () => undefined });
  await other?.receive(Buffer.from('a receipt of the till\n\n\n\n\n\n\x1dVA\0', 'latin1'));
  const refused = await till.print();
  expect(results(refused)).toEqual(NOTHING);
  expect(refused.status).toMatchObject({ state: 'offline' });
  other?.detach();
  await expectNextStripWhole(till);
  expect(till.device.strips.map((pieces) => pieces.length)).toEqual([1, 8]);
});

describe.runIf(REAL_WAYS.some((way) => way === 'a serial line'))('a serial line', () => {
  it('locked by another program is offline, with the reason, and free again when that one closes it', async () => {
    await using till = await printerOn('a serial line');
    const other = new SerialPort({ path: till.cable.address, baudRate: 38_400 });
    await once(other, 'open');
    const refused = await till.print();
    expect(results(refused)).toEqual(NOTHING);
    expect(refused.status.state === 'offline' && refused.status.why).toContain('Cannot lock port');
    await new Promise((resolve) => other.close(resolve));
    await expectNextStripWhole(till);
  });
});
