// A printer behind a device file (/dev/usb/lp0): never waited for in the kernel, and never made by us.
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Clock } from '../domain/clock.ts';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import type { PrinterLimits } from './limits.ts';
import type { Link, LinkEvents, Transport } from './link.ts';

export function deviceFileTransport(device: DeviceFilePrinter): Transport {
  const name = device.path;
  return { name, open: (events) => openDevice({ ...device, name, events }) };
}

export type DeviceFilePrinter = { readonly path: string; readonly clock: Clock; readonly limits: PrinterLimits };
type Opening = DeviceFilePrinter & { readonly name: string; readonly events: LinkEvents };

/**
 * O_NONBLOCK, because the kernel's usblp waits for ever in write() on a printer without paper, and four such writes stop
 * every file and name look-up of the process. Without O_CREAT an absent printer is an error and not a new regular file.
 */
const READ_WRITE = constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY;
/** A FIFO opened for both would give us our own bytes back. */
const WRITE_ONLY = constants.O_WRONLY | constants.O_NONBLOCK;

async function openDevice(opening: Opening): Promise<Link> {
  const unreachable = (problem: string, cause?: unknown) =>
    new TillError('PRINTER_UNREACHABLE', { printer: opening.name, problem }, { cause });
  let file: FileHandle | null = null;
  try {
    const isFifo = (await stat(opening.path)).isFIFO();
    file = await open(opening.path, isFifo ? WRITE_ONLY : READ_WRITE);
    // Asked of what was opened, and not of what the name stood for a moment ago.
    const kind = await file.stat();
    if (!kind.isCharacterDevice() && !kind.isFIFO())
      throw unreachable('it is not a device; is the printer plugged in?');
    return new DeviceFileLink({ ...opening, answers: !isFifo }, file);
  } catch (thrown) {
    await file?.close().catch(() => undefined);
    throw thrown instanceof TillError ? thrown : unreachable(toError(thrown).message, thrown);
  }
}

type OpenDevice = Opening & { readonly answers: boolean };

class DeviceFileLink implements Link {
  readonly #of: OpenDevice;
  readonly #file: FileHandle;
  #isOpen = true;
  #wakeReader: () => void = () => undefined;
  #busyUntilMs = 0;
  #closing: Promise<void> | null = null;

  constructor(of: OpenDevice, file: FileHandle) {
    this.#of = of;
    this.#file = file;
    if (of.answers) void this.#readWhileOpen();
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  async write(bytes: Uint8Array): Promise<void> {
    const { clock, limits, name } = this.#of;
    this.#expectAnswer();
    let sent = 0;
    let takenAtMs = clock.monotonicMs();
    while (sent < bytes.length) {
      if (!this.#isOpen) throw this.#lost('it was closed');
      const taken = await this.#writeSome(bytes.subarray(sent, sent + limits.chunkBytes));
      sent += taken;
      if (taken > 0) takenAtMs = clock.monotonicMs();
      else if (clock.monotonicMs() - takenAtMs >= limits.writeMs) {
        throw new TillError('PRINTER_STALLED', { printer: name, waitedMs: limits.writeMs });
      } else await clock.sleep(limits.deviceRetryMs);
    }
  }

  /** usblp throws away the block in flight when it is closed, so nothing is sent after this. */
  close(): Promise<void> {
    this.#isOpen = false;
    this.#wakeReader();
    this.#closing ??= this.#file.close().catch(() => undefined);
    return this.#closing;
  }

  async #writeSome(bytes: Uint8Array): Promise<number> {
    try {
      return (await this.#file.write(bytes)).bytesWritten;
    } catch (thrown) {
      if (isAgain(thrown)) return 0;
      const { message } = toError(thrown);
      this.#lose(message);
      throw this.#lost(message);
    }
  }

  async #readWhileOpen(): Promise<void> {
    const buffer = Buffer.alloc(256);
    while (this.#isOpen) {
      const count = await this.#readSome(buffer);
      if (count > 0 && this.#isOpen) {
        this.#expectAnswer();
        this.#of.events.received(Uint8Array.from(buffer.subarray(0, count)));
      } else await this.#pause();
    }
  }

  async #readSome(buffer: Buffer): Promise<number> {
    try {
      return (await this.#file.read(buffer, 0, buffer.length, null)).bytesRead;
    } catch (thrown) {
      if (!isAgain(thrown)) this.#lose(toError(thrown).message);
      return 0;
    }
  }

  /** Somebody will soon wait for an answer: the reader looks often for a while. */
  #expectAnswer(): void {
    this.#busyUntilMs = this.#of.clock.monotonicMs() + this.#of.limits.statusReplyMs;
    this.#wakeReader();
  }

  #pause(): Promise<void> {
    const { clock, limits } = this.#of;
    const isBusy = clock.monotonicMs() < this.#busyUntilMs;
    return new Promise((resolve) => {
      const cancel = clock.after(isBusy ? limits.deviceRetryMs : limits.deviceIdleMs, resolve);
      this.#wakeReader = () => {
        cancel();
        resolve();
      };
    });
  }

  #lose(why: string): void {
    if (!this.#isOpen) return;
    void this.close();
    this.#of.events.lost(why);
  }

  #lost(problem: string): TillError {
    return new TillError('PRINTER_CONNECTION_LOST', { printer: this.#of.name, problem });
  }
}

function isAgain(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'EAGAIN';
}
