// A printer on the network: raw bytes to its port, usually 9100.
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Clock } from '../domain/clock.ts';
import { TillError } from '../domain/till-error.ts';
import { withDeadline } from './deadline.ts';
import type { PrinterLimits } from './limits.ts';
import type { Link, LinkEvents, Transport } from './link.ts';

export function tcpTransport({ host, port, clock, limits }: TcpPrinter): Transport {
  const name = `tcp ${host}:${port}`;
  return { name, outlivesPrinter: false, open: (events) => openTcp({ name, host, port, clock, limits, events }) };
}

export type TcpPrinter = {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly limits: PrinterLimits;
};

type Opening = TcpPrinter & { readonly name: string; readonly events: LinkEvents };

function openTcp({ name, host, port, clock, limits, events }: Opening): Promise<Link> {
  const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 });
  const unreachable = (problem: string) => new TillError('PRINTER_UNREACHABLE', { printer: name, problem });
  const connected = new Promise<Link>((resolve, reject) => {
    socket.once('error', (error) => {
      reject(unreachable(error.message));
    });
    socket.once('connect', () => {
      resolve(new TcpLink({ name, socket, clock, limits, events }));
    });
  });
  const late = () => {
    socket.destroy();
    return unreachable(`no answer in ${limits.connectMs} ms`);
  };
  return withDeadline({ work: connected, clock, limitMs: limits.connectMs, late });
}

type OpenSocket = {
  readonly name: string;
  readonly socket: Socket;
  readonly clock: Clock;
  readonly limits: PrinterLimits;
  readonly events: LinkEvents;
};

class TcpLink implements Link {
  readonly #of: OpenSocket;
  #isOpen = true;
  #why = 'it was closed';
  #giveUpWrite: (error: Error) => void = () => undefined;

  constructor(of: OpenSocket) {
    this.#of = of;
    of.socket.on('data', (bytes) => {
      if (this.#isOpen) of.events.received(bytes);
    });
    of.socket.on('error', (error) => {
      this.#lose(error.message);
    });
    of.socket.on('close', () => {
      this.#lose('the printer closed it');
    });
    of.socket.on('end', () => {
      this.#lose('the printer closed it');
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  async write(bytes: Uint8Array): Promise<void> {
    const { name, socket, clock, limits } = this.#of;
    for (let from = 0; from < bytes.length; from += limits.chunkBytes) {
      if (!this.#isOpen) throw this.#lost();
      const taken = new Promise<void>((resolve, reject) => {
        this.#giveUpWrite = reject;
        // Called once the kernel has all of it: that is what holds us back when the printer reads no more.
        socket.write(bytes.subarray(from, from + limits.chunkBytes), (error) => {
          if (error === undefined || error === null) resolve();
          else reject(this.#lost(error));
        });
      });
      const late = () => new TillError('PRINTER_STALLED', { printer: name, waitedMs: limits.writeMs });
      await withDeadline({ work: taken, clock, limitMs: limits.writeMs, late });
    }
  }

  /** Resets the connection: what the kernel still holds is thrown away, and does not print for the next customer. */
  close(): Promise<void> {
    this.#isOpen = false;
    this.#of.socket.resetAndDestroy();
    this.#giveUpWrite(this.#lost());
    return Promise.resolve();
  }

  #lose(why: string): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#why = why;
    this.#of.socket.destroy();
    this.#giveUpWrite(this.#lost());
    this.#of.events.lost(why);
  }

  #lost(cause?: Error): TillError {
    return new TillError('PRINTER_CONNECTION_LOST', { printer: this.#of.name, problem: this.#why }, { cause });
  }
}
