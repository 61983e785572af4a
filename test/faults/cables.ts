// The ways to a printer that every fault is tried on: within the process, a TCP socket, a serial line, a device file. The last
// two are pseudo-terminals by socat, and left out where it is missing.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import type { Clock } from '../../src/domain/clock.ts';
import { deviceFileTransport } from '../../src/printer/device-file.ts';
import { PRINTER_LIMITS, type PrinterLimits } from '../../src/printer/limits.ts';
import type { Transport } from '../../src/printer/link.ts';
import type { PrinterProfile } from '../../src/printer/profile.ts';
import { serialTransport } from '../../src/printer/serial.ts';
import type { HostEnd, SimulatedPrinter } from '../../src/printer/simulated/simulated-printer.ts';
import { simulatedTransport } from '../../src/printer/simulated/simulated-transport.ts';
import { serveSimulatedPrinter } from '../../src/printer/simulated/tcp-server.ts';
import { tcpTransport } from '../../src/printer/tcp.ts';
import { areThere } from '../end-to-end/needed-programs.ts';
import { until } from '../end-to-end/until.ts';

/** Ways on which real time passes. */
export const REAL_WAYS = areThere('socat')
  ? (['a TCP socket', 'a serial line', 'a device file'] as const)
  : (['a TCP socket'] as const);
export const WAYS = ['the fake', ...REAL_WAYS] as const;
export type Way = (typeof WAYS)[number];
type TerminalWay = Exclude<Way, 'the fake' | 'a TCP socket'>;

/**
 * The table of waits, nearer together: what is shown is that each ends, and in which order. None is so short that a machine
 * that stands still for a second or two makes a printer look silent.
 */
export const SHORT_LIMITS: PrinterLimits = {
  ...PRINTER_LIMITS,
  connectMs: 5_000,
  writeMs: 3_000,
  statusReplyMs: 3_000,
  completionMs: 4_000,
  watchMs: 400,
  pollMs: 100,
  programMs: 10_000,
};

export type Cable = {
  readonly transport: Transport;
  /** The printer's end is there again, after `pullOut` or a fault that pulled it out. */
  readonly plugIn: () => Promise<void>;
  readonly pullOut: () => Promise<void>;
  /** The printer says this unasked. */
  readonly say: (bytes: Uint8Array) => void;
  /** Where the printer is, for those who open it themselves: "127.0.0.1:9100", or the path of its device. */
  readonly address: string;
  readonly remove: () => Promise<void>;
};

export type Ends = {
  readonly device: SimulatedPrinter;
  readonly clock: Clock;
  readonly limits: PrinterLimits;
  readonly flowControl?: PrinterProfile['flowControl'];
};

export async function layCable(way: Way, ends: Ends): Promise<Cable> {
  const host: { is: HostEnd | null } = { is: null };
  const attach: Socket['attach'] = (end) => {
    const cable = ends.device.attach(end);
    if (cable !== null) host.is = end;
    return cable;
  };
  const laid = await lay(way, { ...ends, socket: { attach } });
  return { ...laid, say: (bytes) => host.is?.answer(bytes) };
}

type Socket = Pick<SimulatedPrinter, 'attach'>;
type Laid = Ends & { readonly socket: Socket };
type Unspoken = Omit<Cable, 'say'>;

function lay(way: Way, ends: Laid): Promise<Unspoken> {
  if (way === 'the fake') return Promise.resolve(noCable(ends));
  return way === 'a TCP socket' ? layNetwork(ends) : layTerminals(way, ends);
}

function noCable({ device, socket, clock, limits }: Laid): Unspoken {
  const set = (unplugged: boolean) => (): Promise<void> => Promise.resolve(device.set({ unplugged }));
  return {
    transport: simulatedTransport({ printer: socket, clock, limits }),
    plugIn: set(false),
    pullOut: set(true),
    address: 'nowhere',
    remove: set(true),
  };
}

async function layNetwork({ device, socket, clock, limits }: Laid): Promise<Unspoken> {
  const host = '127.0.0.1';
  let server = await serveSimulatedPrinter({ printer: socket, host, port: 0 });
  let isServed = true;
  const { port } = server;
  const pullOut = async (): Promise<void> => {
    device.set({ unplugged: true });
    if (isServed) await server.close();
    isServed = false;
  };
  return {
    transport: tcpTransport({ host, port, clock, limits }),
    plugIn: async () => {
      device.set({ unplugged: false });
      // Anybody's connection may have been given the port meanwhile.
      const again = () => serveSimulatedPrinter({ printer: socket, host, port }).catch(() => null);
      if (!isServed) server = await until(`port ${port} to be free`, again);
      isServed = true;
    },
    pullOut,
    address: `${host}:${port}`,
    remove: pullOut,
  };
}

async function layTerminals(way: TerminalWay, laid: Laid): Promise<Unspoken> {
  const { device, socket, clock, limits, flowControl = 'none' } = laid;
  const folder = mkdtempSync(join(tmpdir(), 'tillcat-'));
  const [near, far] = [join(folder, 'printer'), join(folder, 'far')];
  let served = await serveTerminal({ socket, near, far });
  const pullOut = async (): Promise<void> => {
    device.set({ unplugged: true });
    await served.end();
  };
  return {
    transport:
      way === 'a serial line'
        ? serialTransport({ path: near, baudRate: 38_400, flowControl, clock, limits })
        : deviceFileTransport({ path: near, clock, limits }),
    plugIn: async () => {
      device.set({ unplugged: false });
      await served.ended();
      served = await serveTerminal({ socket, near, far });
    },
    pullOut,
    address: near,
    remove: async () => {
      await pullOut();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Terminal = { readonly socket: Socket; readonly near: string; readonly far: string };

async function serveTerminal({ socket, near, far }: Terminal) {
  const link = (path: string): string => `pty,raw,echo=0,link=${path}`;
  const socat: ChildProcess = spawn('socat', [link(near), link(far)], { stdio: 'ignore' });
  const closed = once(socat, 'close');
  await until('the pseudo-terminals', () => existsSync(near) && existsSync(far));
  const port = new SerialPort({ path: far, baudRate: 38_400 });
  port.on('error', () => undefined);
  await once(port, 'open');
  const ended = async (): Promise<void> => {
    await closed;
    if (port.isOpen) await new Promise<void>((resolve) => port.close(() => resolve()));
  };
  const end = (): Promise<void> => {
    cable?.detach();
    socat.kill('SIGTERM');
    return ended();
  };
  const answer = (bytes: Uint8Array): void => void port.write(Buffer.from(bytes));
  const cable = socket.attach({ answer, drop: () => void end() });
  port.on('data', (bytes: Buffer) => {
    // No more is read while the printer takes no more: that is how the host comes to feel it.
    port.pause();
    void cable?.receive(bytes).then(() => port.resume());
  });
  return { end, ended };
}
