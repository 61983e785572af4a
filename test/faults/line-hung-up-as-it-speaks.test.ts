// A serial line that hangs up in the very moment the printer has spoken, just between two reads: the library never tells of it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { describe, expect, it } from 'vitest';
import { serialTransport } from '../../src/printer/serial.ts';
import { realClock } from '../../src/system/real-clock.ts';
import { until } from '../end-to-end/until.ts';
import { REAL_WAYS, SHORT_LIMITS } from './cables.ts';

describe.runIf(REAL_WAYS.some((way) => way === 'a serial line'))('on a serial line', () => {
  it('hung up as the printer speaks, the connection is known to be lost with nobody writing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tillcat-'));
    const [near, far] = [join(folder, 'printer'), join(folder, 'far')];
    const socat = spawn(
      'socat',
      [near, far].map((path) => `pty,raw,echo=0,link=${path}`),
      { stdio: 'ignore' },
    );
    const ended = once(socat, 'close');
    await until('the pseudo-terminals', () => existsSync(near) && existsSync(far));
    const transport = serialTransport({
      path: near,
      baudRate: 38_400,
      flowControl: 'none',
      clock: realClock,
      limits: SHORT_LIMITS,
    });
    const heard: string[] = [];
    const link = await transport.open({
      received: (bytes) => {
        heard.push(Buffer.from(bytes).toString('latin1'));
        // Before the library can begin to read again.
        socat.kill('SIGKILL');
        while (isAlive(socat.pid)) continue;
      },
      lost: (why) => heard.push(`lost: ${why}`),
    });
    const printer = new SerialPort({ path: far, baudRate: 38_400 });
    printer.on('error', () => undefined);
    await once(printer, 'open');
    printer.write('R');
    await until('the loss to be known', () => !link.isOpen);
    expect(heard).toEqual(['R', expect.stringMatching(/^lost: /)]);
    await link.close();
    await new Promise<void>((resolve) => printer.close(() => resolve()));
    await ended;
    rmSync(folder, { recursive: true });
  });
});

/** A process that is dead, and not yet asked for how it ended, has let go of all it had open. */
function isAlive(pid: number | undefined): boolean {
  return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}
