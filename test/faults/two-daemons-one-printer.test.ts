// Two daemons of one machine and one printer: the second is refused, by whatever name it calls the device.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { makePrinter, type PrinterInUse } from '../../src/app-devices.ts';
import { configSchema } from '../../src/config/schema.ts';
import { realClock } from '../../src/system/real-clock.ts';
import { until } from '../end-to-end/until.ts';
import { profileNamed } from '../printer/a-till-printer.ts';
import { printerOn, type PrinterOnACable } from './a-printer-on-a-cable.ts';
import { REAL_WAYS, type Way } from './cables.ts';

type Transport = NonNullable<NonNullable<z.input<typeof configSchema>['printer']>['transport']>;

/** The same printer by another name, and how the configuration of the second daemon calls it. */
function namesOf(way: Way, { cable }: PrinterOnACable, folder: string): readonly [Transport, Transport] {
  if (way === 'a TCP socket') {
    const port = Number(cable.address.split(':')[1]);
    return [
      { type: 'tcp', host: '127.0.0.1', port },
      { type: 'tcp', host: 'LocalHost', port },
    ];
  }
  mkdirSync(join(folder, 'dev'));
  symlinkSync(cable.address, join(folder, 'dev', 'link'));
  symlinkSync(join(folder, 'dev', 'link'), join(folder, 'printer'));
  const type = way === 'a serial line' ? 'serial' : 'file';
  return [
    { type, path: cable.address },
    { type, path: join(folder, 'printer') },
  ];
}

function daemonWith(transport: Transport): PrinterInUse {
  const config = configSchema.parse({ printer: { transport } });
  const profile = profileNamed(config.printer.profile);
  return makePrinter({ config, profile, clock: realClock, startsAfterBreak: false });
}

async function end({ printer }: PrinterInUse): Promise<void> {
  const over = new AbortController();
  printer.start(over.signal);
  over.abort();
  await printer.checkStatus();
}

describe.concurrent.each(REAL_WAYS)('over %s', (way) => {
  it('the second is refused and told by whom, not a byte of it arrives, and it serves when the first is gone', async () => {
    await using till = await printerOn(way);
    const folder = mkdtempSync(join(tmpdir(), 'tillcat-'));
    const [name, otherName] = namesOf(way, till, folder);
    const [first, second] = [daemonWith(name), daemonWith(otherName)];
    await until('the first daemon', async () => (await first.printer.checkStatus()).state === 'ready');
    const bytes = till.device.bytesReceived;
    const refused = await second.printer.print(till.job);
    expect(refused).toMatchObject({ end: 'failed', bytes: 0, status: { state: 'offline' } });
    expect((await second.refusal())?.message).toContain(`is used by process ${process.pid}; one TillCAT to a printer`);
    expect(till.device.bytesReceived).toBe(bytes);
    await until('a strip of the first', async () => (await first.printer.print(till.job)).end === 'printed');

    await end(first);
    await until('the second daemon', async () => (await second.printer.checkStatus()).state === 'ready');
    expect(await second.refusal()).toBeNull();
    await until('a strip of the second', async () => (await second.printer.print(till.job)).end === 'printed');
    await end(second);
    rmSync(folder, { recursive: true });
  });
});
