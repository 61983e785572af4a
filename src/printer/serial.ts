// A printer on a serial line, at a fixed path: devices are never searched for, that needs udev.
import { SerialPort } from 'serialport';
import type { Clock } from '../domain/clock.ts';
import { TillError } from '../domain/till-error.ts';
import { withDeadline } from './deadline.ts';
import type { PrinterLimits } from './limits.ts';
import type { Link, LinkEvents, Transport } from './link.ts';
import type { PrinterProfile } from './profile.ts';

export function serialTransport(line: SerialPrinter): Transport {
  const name = `serial ${line.path}`;
  return { name, outlivesPrinter: true, open: (events) => openSerial({ ...line, name, events }) };
}

export type SerialPrinter = {
  readonly path: string;
  readonly baudRate: number;
  readonly flowControl: PrinterProfile['flowControl'];
  readonly clock: Clock;
  readonly limits: PrinterLimits;
};

type Opening = SerialPrinter & { readonly name: string; readonly events: LinkEvents };

async function openSerial(opening: Opening): Promise<Link> {
  const { name, path, baudRate, flowControl, clock, limits } = opening;
  // A new object each time: one that is opened again sends what was written to it while it was closed.
  const port = new SerialPort({
    path,
    baudRate,
    autoOpen: false,
    lock: true,
    rtscts: flowControl === 'rts-cts',
    xon: flowControl === 'xon-xoff',
    xoff: flowControl === 'xon-xoff',
  });
  const unreachable = (problem: string) => new TillError('PRINTER_UNREACHABLE', { printer: name, problem });
  const link = new SerialLink(opening, port);
  const opened = new Promise<void>((resolve, reject) => {
    port.open((error) => {
      if (error !== null) return reject(unreachable(openingProblem(error.message)));
      // What was said to an earlier connection is no answer to this one's questions.
      port.flush(() => resolve());
    });
  });
  const late = () => {
    void opened.then(() => link.close()).catch(() => undefined);
    return unreachable(`it did not open in ${limits.connectMs} ms`);
  };
  await withDeadline({ work: opened, clock, limitMs: limits.connectMs, late });
  return link;
}

/** As libuv numbers what a poll may wait for. */
const READABLE = 1;
const WRITABLE = 2;

/** serialport has no error codes for opening, only the system's sentences. */
function openingProblem(message: string): string {
  if (message.includes('Permission denied')) return 'it may not be opened; the user needs the group dialout';
  if (message.includes('No such file')) return 'there is no such device';
  return message.replace(/^Error: /, '');
}

class SerialLink implements Link {
  readonly #of: Opening;
  readonly #port: SerialPort;
  #isClosed = false;
  #closing: Promise<void> | null = null;
  #giveUpWrite: (error: Error) => void = () => undefined;
  #stopLooking: () => void = () => undefined;

  constructor(of: Opening, port: SerialPort) {
    this.#of = of;
    this.#port = port;
    port.on('data', (bytes: Buffer) => {
      if (!this.#isClosed) of.events.received(bytes);
    });
    port.on('error', (error: Error) => {
      this.#lose(error.message);
    });
    port.on('close', () => {
      this.#lose('the line was unplugged');
    });
    port.once('open', () => this.#hearOfHangUp());
  }

  get isOpen(): boolean {
    return !this.#isClosed && this.#port.isOpen;
  }

  async write(bytes: Uint8Array): Promise<void> {
    const { name, clock, limits } = this.#of;
    for (let from = 0; from < bytes.length; from += limits.chunkBytes) {
      if (!this.isOpen) throw this.#lost('it was closed');
      const taken = this.#send(bytes.subarray(from, from + limits.chunkBytes));
      // The line itself takes its time for a chunk, which is not the printer's fault.
      const limitMs = limits.writeMs + (limits.chunkBytes * 10_000) / this.#of.baudRate;
      const late = () => new TillError('PRINTER_STALLED', { printer: name, waitedMs: limitMs });
      await withDeadline({ work: taken, clock, limitMs, late });
    }
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.#stopLooking();
    this.#giveUpWrite(this.#lost('it was closed'));
    this.#closing ??= this.#flushAndClose();
    return this.#closing;
  }

  /**
   * The kernel has them then. Draining would wait in one of the process's four threads for as long as the printer holds the
   * line; whether the bytes arrived, the printer's own answer says.
   */
  #send(bytes: Uint8Array): Promise<void> {
    const taken = new Promise<void>((resolve, reject) => {
      this.#giveUpWrite = reject;
      this.#port.write(Buffer.from(bytes), (error) => {
        if (error) reject(this.#lost(error.message));
        else resolve();
      });
    });
    // Where a printer holds the line (XOFF, RTS), the library waits until it may write, and forgets that as soon as it begins
    // to wait for the next byte to read: its poller replaces what it waits for instead of adding to it.
    return taken.finally(this.#lookEvery(this.#of.limits.heldLineMs));
  }

  /**
   * A line that hangs up just between two reads of the library reads as nothing, at once and for ever (bindings-cpp 13.0.0,
   * unix-read.js): it never tells, and a core is busy with it. Its poller does tell, when it is asked to look.
   */
  #hearOfHangUp(): void {
    this.#poller?.on('disconnect', (error: Error | null) => this.#lose(error?.message ?? 'the line hung up'));
    this.#stopLooking = this.#lookEvery(this.#of.limits.pollMs);
  }

  /** Has the library's poller look again and again, until the answer ends it. */
  #lookEvery(everyMs: number): () => void {
    const { clock } = this.#of;
    const look = (): void => {
      if (this.isOpen) this.#poller?.poll(READABLE | WRITABLE);
      cancel = clock.after(everyMs, look);
    };
    let cancel = clock.after(everyMs, look);
    return () => cancel();
  }

  get #poller() {
    const line = this.#port.port;
    return line !== undefined && 'poller' in line ? line.poller : null;
  }

  /** Flushing throws away what has not left: closing alone would wait for it, or send it later. */
  #flushAndClose(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#port.isOpen) return resolve();
      this.#port.flush(() => {
        this.#port.close(() => {
          resolve();
        });
      });
    });
  }

  #lose(why: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#giveUpWrite(this.#lost(why));
    void this.close();
    this.#of.events.lost(why);
  }

  #lost(problem: string): TillError {
    return new TillError('PRINTER_CONNECTION_LOST', { printer: this.#of.name, problem });
  }
}
