// A keyboard's reports read from its hidraw device: no native module, and no wait in the kernel.
import { constants, readSync } from 'node:fs';
import { open as openFile, type FileHandle } from 'node:fs/promises';
import type { Clock } from '../domain/clock.ts';
import { toError } from '../domain/to-error.ts';
import { deviceIdentity } from './device-identity.ts';
import { SCAN_LIMITS } from './limits.ts';
import type { Line, LineEvents, LineSource } from './line.ts';

export function hidLine({ path, clock }: { path: string; clock: Clock }): LineSource {
  return { path, open: (events) => open({ path, clock, ...events }), identity: () => deviceIdentity(path) };
}

/** O_NONBLOCK: a read that waited in the kernel would keep one of libuv's four threads until the next scan. */
const READ_ONLY = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

type Opening = { readonly path: string; readonly clock: Clock } & LineEvents;

async function open(opening: Opening): Promise<Line> {
  const { path } = opening;
  let file: FileHandle | null = null;
  try {
    file = await openFile(path, READ_ONLY);
    const kind = await file.stat();
    if (!kind.isCharacterDevice() && !kind.isFIFO())
      throw new Error(`${path} is not a device; scanner.path names a /dev/hidraw of the scanner, or a link to it`);
    const line = new HidLine(opening, file);
    line.begin();
    return line;
  } catch (thrown) {
    await file?.close();
    throw new Error(openingSentence({ path, error: toError(thrown) }), { cause: thrown });
  }
}

class HidLine implements Line {
  readonly #of: Opening;
  readonly #file: FileHandle;
  readonly #buffer = Buffer.alloc(256);
  #stopLooking: () => void = () => {};
  #closing: Promise<void> | null = null;

  constructor(opening: Opening, file: FileHandle) {
    this.#of = opening;
    this.#file = file;
  }

  begin(): void {
    // What had been waiting is nobody's card any more. No more than hidraw keeps: a flood must not hold the till up.
    for (let i = 0; i <= SCAN_LIMITS.hidReportsKept && this.#read() > 0; i++);
    if (this.#closing === null) this.#lookLater();
  }

  /** A keyboard has nothing to beep on that hidraw reaches in a way all of them share. */
  send(): void {}

  close(): Promise<void> {
    this.#stopLooking();
    this.#closing ??= this.#file.close();
    return this.#closing;
  }

  #lookLater(): void {
    this.#stopLooking = this.#of.clock.after(SCAN_LIMITS.hidLookMs, () => this.#look());
  }

  #look(): void {
    let reads = 0;
    for (;;) {
      const count = this.#read();
      if (this.#closing !== null) return;
      if (count === 0) break;
      reads++;
      this.#of.onBytes(Uint8Array.from(this.#buffer.subarray(0, count)));
      if (reads > SCAN_LIMITS.hidReportsKept) break;
    }
    // hidraw hands out one report a read and drops what does not fit behind those it keeps, without a word.
    if (reads >= SCAN_LIMITS.hidReportsKept) this.#of.onOverrun();
    this.#lookLater();
  }

  /** 0 where there is nothing now, and where the device is lost: then that is told. */
  #read(): number {
    try {
      const count = readSync(this.#file.fd, this.#buffer);
      if (count === 0) this.#lose('it was closed');
      return count;
    } catch (thrown) {
      const error = toError(thrown);
      if (!('code' in error) || error.code !== 'EAGAIN') this.#lose(error.message);
      return 0;
    }
  }

  #lose(why: string): void {
    if (this.#closing !== null) return;
    void this.close();
    this.#of.onLost(`${this.#of.path} was lost (${why})`);
  }
}

function openingSentence({ path, error }: { path: string; error: Error }): string {
  const code = 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOENT':
    case 'ENODEV':
    case 'ENXIO':
      return `${path} is not there; is the scanner plugged in and in keyboard mode?`;
    case 'EACCES':
    case 'EPERM':
      return `${path} may not be opened; the user needs the group the udev rule names`;
    default:
      return error.message.startsWith(path) ? error.message : `${path} could not be opened (${error.message})`;
  }
}
