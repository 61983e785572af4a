// A printer behind a device file; a FIFO stands for /dev/usb/lp0.
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import { deviceFileTransport } from '../../src/printer/device-file.ts';
import { PRINTER_LIMITS } from '../../src/printer/limits.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';

const clock = new SimulatedClock(instant(0));
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function openDevice(path: string) {
  return deviceFileTransport({ path, clock, limits: PRINTER_LIMITS }).open({
    received: () => undefined,
    lost: () => undefined,
  });
}

function fifo(): string {
  const path = join(folder, 'lp0');
  execFileSync('mkfifo', [path]);
  return path;
}

describe('a device file', () => {
  it('that is absent is an error, and no file is made in its place', async () => {
    const path = join(folder, 'lp0');
    await expect(openDevice(path)).rejects.toThrow(/Cannot reach the printer at .*lp0.*ENOENT/);
    expect(existsSync(path)).toBe(false);
  });

  it('that is an ordinary file is refused and left alone', async () => {
    const path = join(folder, 'lp0');
    writeFileSync(path, 'not a printer');
    await expect(openDevice(path)).rejects.toThrow(/not a device/);
    expect(readFileSync(path, 'utf8')).toBe('not a printer');
  });

  it('that nobody serves is not waited for', async () => {
    await expect(openDevice(fifo())).rejects.toThrow(/ENXIO/);
  });

  it('takes the bytes in order, and none once it is closed', async () => {
    const path = fifo();
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const link = await openDevice(path);
    await link.write(Buffer.from('x'.repeat(9_000) + 'end'));
    await link.close();
    await expect(link.write(Uint8Array.of(1))).rejects.toThrow(/ended/);
    const got = Buffer.alloc(20_000);
    expect(got.subarray(0, readSync(reader, got)).toString()).toBe('x'.repeat(9_000) + 'end');
    closeSync(reader);
  });

  it('asked from two sides at once takes the one after the other', async () => {
    const path = fifo();
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const link = await openDevice(path);
    const isWritten = Promise.all([link.write(Buffer.from('s'.repeat(200_000))), link.write(Buffer.from('status?'))]);
    let got = '';
    while (got.length < 200_007) got += await someOf(reader);
    await isWritten;
    expect(got.endsWith('ssstatus?')).toBe(true);
    await link.close();
    closeSync(reader);
  });

  it('that takes no more is given up in time, and the process goes on meanwhile', async () => {
    const path = fifo();
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const link = await openDevice(path);
    let problem = '';
    link.write(new Uint8Array(100_000)).catch((thrown: unknown) => (problem = String(thrown)));
    // Another file is read while this one is stuck: the four threads that do it are not taken up by waiting.
    const other = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
    expect(other).toContain('tillcat');
    while (problem === '') await clock.advance(500);
    expect(problem).toContain('took no more bytes for 5000 ms');
    await link.close();
    closeSync(reader);
  });

  it('whose program is stuck in the kernel is given up like any other, and the program is killed', async () => {
    const path = fifo();
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const link = await openDevice(path);
    const [program] = programsHolding(path);
    // A stopped process stands for one the kernel does not let go.
    if (program !== undefined) process.kill(program, 'SIGSTOP');
    let problem = '';
    link.write(Uint8Array.of(1, 2, 3)).catch((thrown: unknown) => (problem = String(thrown)));
    while (problem === '') await clock.advance(500);
    expect(problem).toContain('took no more bytes');
    await link.close();
    expect(program).toBeDefined();
    expect(programsHolding(path)).toEqual([]);
    expect(readSync(reader, Buffer.alloc(10))).toBe(0);
    closeSync(reader);
  });

  it('leaves no program behind, over five connections', async () => {
    const path = fifo();
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    for (let i = 0; i < 5; i++) await (await openDevice(path)).close();
    expect(programsHolding(path)).toEqual([]);
    closeSync(reader);
  });
});

/** What is there to be read, after everybody else had a turn. */
async function someOf(reader: number): Promise<string> {
  const bytes = Buffer.alloc(70_000);
  await setImmediate();
  try {
    return bytes.subarray(0, readSync(reader, bytes)).toString();
  } catch {
    // Nothing yet.
    return '';
  }
}

/** Child processes of ours that were given this path. */
function programsHolding(path: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => commandOf(name).includes(`device-file-program.ts\0${path}\0`))
    .map(Number);
}

function commandOf(process: string): string {
  try {
    return readFileSync(`/proc/${process}/cmdline`, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}
