// A network cable, at the printer's end.
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Wire } from './wire.ts';

/** One host at a time, as a network printer has it. */
export class TcpWire implements Wire {
  readonly port: number;
  readonly #hear: (bytes: Uint8Array) => void;
  #server: Server | null = null;
  #socket: Socket | null = null;
  #isOpen = true;
  #isOut = true;
  #hasPower = true;
  /** Said while the cable was out: the network says it again. */
  #unsaid: Uint8Array[] = [];
  /** Taken by its network card, not yet by the printer: a host that goes away is noticed all the same. */
  #unheard: Uint8Array[] = [];

  constructor({ port, hear }: { port: number; hear: (bytes: Uint8Array) => void }) {
    this.port = port;
    this.#hear = hear;
  }

  get isPlugged(): boolean {
    return !this.#isOut;
  }

  get isCarrying(): boolean {
    return this.#unheard.length > 0;
  }

  async plug(): Promise<void> {
    this.#isOut = false;
    const unsaid = this.#unsaid.splice(0);
    for (const bytes of unsaid) this.#socket?.write(bytes);
    this.#socket?.resume();
    if (this.#hasPower) await this.#listen();
  }

  async pull(quietly: boolean): Promise<void> {
    this.#isOut = true;
    const socket = this.#socket;
    if (quietly) socket?.pause();
    else {
      this.#socket = null;
      socket?.resetAndDestroy();
    }
    this.#deafen();
    await Promise.resolve();
  }

  say(bytes: Uint8Array): boolean {
    const socket = this.#socket;
    if (socket === null) return false;
    if (this.#isOut) this.#unsaid.push(bytes);
    else socket.write(bytes);
    return !this.#isOut;
  }

  flow(isOpen: boolean): void {
    this.#isOpen = isOpen;
    while (this.#isOpen && this.#unheard.length > 0) this.#hear(this.#unheard.shift() ?? new Uint8Array(0));
  }

  /** Without power nobody closes anything; with it again, the printer knows nothing of who was there. */
  async power(isOn: boolean): Promise<void> {
    this.#hasPower = isOn;
    this.#unsaid = [];
    this.#unheard = [];
    if (!isOn) return void this.#deafen();
    const socket = this.#socket;
    this.#socket = null;
    socket?.resetAndDestroy();
    if (!this.#isOut) await this.#listen();
  }

  /** Nobody new is let in; whoever is connected stays so. */
  #deafen(): void {
    this.#server?.close();
    this.#server = null;
  }

  async #listen(): Promise<void> {
    if (this.#server !== null) return;
    const server = createServer((socket) => this.#take(socket));
    this.#server = server;
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
  }

  #take(socket: Socket): void {
    socket.on('error', () => undefined);
    if (this.#socket !== null || this.#isOut || !this.#hasPower) return void socket.resetAndDestroy();
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (bytes) => {
      this.#unheard.push(bytes);
      this.flow(this.#isOpen);
    });
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = null;
    });
  }
}
