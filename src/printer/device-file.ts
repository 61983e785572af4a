// A printer behind a device file (/dev/usb/lp0), held by a program of its own: whatever the kernel does, we go on.
import { fork, type ChildProcess } from 'node:child_process';
import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import { TillError } from '../domain/till-error.ts';
import { withDeadline } from './deadline.ts';
import type { FromProgram, ToProgram } from './device-file-message.ts';
import type { PrinterLimits } from './limits.ts';
import type { Link, LinkEvents, Transport } from './link.ts';

export function deviceFileTransport(device: DeviceFilePrinter): Transport {
  const name = device.path;
  return { name, outlivesPrinter: false, open: (events) => openDevice({ ...device, name, events }) };
}

export type DeviceFilePrinter = { readonly path: string; readonly clock: Clock; readonly limits: PrinterLimits };
type Opening = DeviceFilePrinter & { readonly name: string; readonly events: LinkEvents };

/**
 * Within this process a write that hangs would take one of the four threads all its file work shares, and four of them stop
 * everything; even O_NONBLOCK promises nothing of open(), close() and a USB stack that is stuck.
 */
async function openDevice(opening: Opening): Promise<Link> {
  const { path, name, clock, limits } = opening;
  const program = fork(new URL('./device-file-program.ts', import.meta.url), programArguments(path, limits), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: ['--max-old-space-size=32'],
    env: {},
  });
  const link = new DeviceFileLink(opening, program);
  const late = () => new TillError('PRINTER_UNREACHABLE', { printer: name, problem: 'it did not open in time' });
  try {
    await withDeadline({ work: link.opened, clock, limitMs: limits.programMs, late });
    return link;
  } catch (thrown) {
    await link.close();
    throw thrown;
  }
}

function programArguments(path: string, { deviceRetryMs, deviceIdleMs }: PrinterLimits): readonly string[] {
  return [path, String(deviceRetryMs), String(deviceIdleMs)];
}

const fromProgramSchema: z.ZodType<FromProgram> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened') }),
  z.object({ kind: z.literal('failed'), problem: z.string() }),
  z.object({ kind: z.literal('took'), count: z.int().min(1) }),
  z.object({ kind: z.literal('received'), bytes: z.instanceof(Uint8Array) }),
]);

class DeviceFileLink implements Link {
  readonly #of: Opening;
  readonly #program: ChildProcess;
  readonly #exited: Promise<void>;
  readonly opened: Promise<void>;
  #open: { resolve: () => void; reject: (error: Error) => void } | null = null;
  #isOpen = true;
  /** Settles when what was given before has left: requests during a strip come from two sides. */
  #before: Promise<void> = Promise.resolve();
  #wasOpened = false;
  #problem = 'it was closed';
  /** Of the piece under way, not taken by the device yet. */
  #left = 0;
  #tookSome: () => void = () => undefined;
  #giveUpWrite: (error: Error) => void = () => undefined;

  constructor(of: Opening, program: ChildProcess) {
    this.#of = of;
    this.#program = program;
    this.opened = new Promise((resolve, reject) => {
      this.#open = { resolve, reject };
    });
    this.#exited = new Promise((resolve) => {
      program.once('exit', () => {
        this.#lose('the program that held it ended');
        resolve();
      });
    });
    program.on('error', (error) => this.#lose(error.message));
    program.on('message', (message: unknown) => this.#hear(fromProgramSchema.parse(message)));
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  write(bytes: Uint8Array): Promise<void> {
    const written = this.#before.then(() => this.#writeAll(bytes));
    this.#before = written.catch(() => undefined);
    return written;
  }

  async #writeAll(bytes: Uint8Array): Promise<void> {
    const { limits } = this.#of;
    for (let from = 0; from < bytes.length; from += limits.chunkBytes) {
      await this.#writePiece(bytes.slice(from, from + limits.chunkBytes));
    }
  }

  /** Killed, and not asked: what it still holds never leaves. usblp throws away the block in flight. */
  async close(): Promise<void> {
    const { clock, limits } = this.#of;
    this.#isOpen = false;
    this.#giveUpWrite(this.#lost());
    this.#program.kill('SIGKILL');
    // A process the kernel does not let go cannot even be killed; it is not waited for.
    const late = () => new TillError('PRINTER_STALLED', { printer: this.#of.name, waitedMs: limits.connectMs });
    await withDeadline({ work: this.#exited, clock, limitMs: limits.connectMs, late }).catch(() => undefined);
  }

  async #writePiece(bytes: Uint8Array): Promise<void> {
    const { clock, limits, name } = this.#of;
    if (!this.#isOpen) throw this.#lost();
    this.#left = bytes.length;
    this.#program.send({ bytes } satisfies ToProgram, (error) => {
      if (error !== null) this.#lose(error.message);
    });
    while (this.#left > 0) {
      const moved = new Promise<void>((resolve, reject) => {
        this.#tookSome = resolve;
        this.#giveUpWrite = reject;
      });
      const late = () => new TillError('PRINTER_STALLED', { printer: name, waitedMs: limits.writeMs });
      try {
        await withDeadline({ work: moved, clock, limitMs: limits.writeMs, late });
      } catch (thrown) {
        // What the program still has of this piece must not leave later.
        await this.close();
        throw thrown;
      }
    }
  }

  #hear(message: FromProgram): void {
    switch (message.kind) {
      case 'opened':
        this.#wasOpened = true;
        return this.#open?.resolve();
      case 'failed':
        return this.#lose(message.problem);
      case 'took':
        this.#left -= message.count;
        return this.#tookSome();
      case 'received':
        if (this.#isOpen) this.#of.events.received(message.bytes);
    }
  }

  #lose(why: string): void {
    if (!this.#isOpen) return;
    const { name, events } = this.#of;
    this.#isOpen = false;
    this.#problem = why;
    this.#open?.reject(new TillError('PRINTER_UNREACHABLE', { printer: name, problem: why }));
    this.#giveUpWrite(this.#lost());
    this.#program.kill('SIGKILL');
    if (this.#wasOpened) events.lost(why);
  }

  #lost(): TillError {
    return new TillError('PRINTER_CONNECTION_LOST', { printer: this.#of.name, problem: this.#problem });
  }
}
