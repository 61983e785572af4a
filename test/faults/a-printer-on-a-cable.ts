// A simulated printer at the far end of a real way: a TCP socket, a serial line or a device file (pseudo-terminals by socat).
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
import { EscposPrinter, type StripJob } from '../../src/printer/printer.ts';
import { serialTransport } from '../../src/printer/serial.ts';
import { SimulatedPrinter, type Cable } from '../../src/printer/simulated/simulated-printer.ts';
import { serveSimulatedPrinter } from '../../src/printer/simulated/tcp-server.ts';
import { tcpTransport } from '../../src/printer/tcp.ts';
import { realClock } from '../../src/system/real-clock.ts';
import { until } from '../end-to-end/until.ts';
import { areThere } from '../end-to-end/needed-programs.ts';
import { gs1Code, strip } from '../printer/a-strip.ts';
import { aVisit, profileNamed } from '../printer/a-till-printer.ts';

export const WAYS = areThere('socat')
  ? (['a TCP socket', 'a serial line', 'a device file'] as const)
  : (['a TCP socket'] as const);
export type Way = (typeof WAYS)[number];

/** The table of waits, shorter: what is shown is that each ends, and in which order. */
const LIMITS: PrinterLimits = {
  ...PRINTER_LIMITS,
  writeMs: 900,
  statusReplyMs: 900,
  completionMs: 1_500,
  watchMs: 400,
  pollMs: 100,
  recoveryMs: 2_000,
};

export type PrinterOnACable = AsyncDisposable & {
  readonly device: SimulatedPrinter;
  readonly printer: EscposPrinter;
  readonly job: StripJob;
  /** As when the printer is switched off and on at its far end. */
  readonly switchOff: () => Promise<void>;
  readonly switchOn: () => Promise<void>;
};

export async function printerOn(way: Way): Promise<PrinterOnACable> {
  const profile = profileNamed('epson-tm-t20iii');
  const device = new SimulatedPrinter({ profile });
  const end = way === 'a TCP socket' ? await socketTo(device) : await terminalsTo(device, way);
  const printer = new EscposPrinter({
    profile,
    transport: end.transport,
    clock: realClock,
    limits: LIMITS,
    startsAfterBreak: false,
  });
  return {
    device,
    printer,
    job: { visit: aVisit(), parts: strip({ columns: profile.columns, codeOf: gs1Code }) },
    switchOff: end.off,
    switchOn: end.on,
    [Symbol.asyncDispose]: async () => {
      const over = new AbortController();
      printer.start(over.signal);
      over.abort();
      device.set({ stalled: false, deaf: false });
      await printer.checkStatus();
      await end.off();
      end.clear();
    },
  };
}

type FarEnd = {
  readonly transport: Transport;
  readonly on: () => Promise<void>;
  readonly off: () => Promise<void>;
  readonly clear: () => void;
};

const clock: Clock = realClock;

async function socketTo(device: SimulatedPrinter): Promise<FarEnd> {
  const host = '127.0.0.1';
  let server = await serveSimulatedPrinter({ printer: device, host, port: 0 });
  const { port } = server;
  return {
    transport: tcpTransport({ host, port, clock, limits: LIMITS }),
    on: async () => {
      server = await serveSimulatedPrinter({ printer: device, host, port });
    },
    off: () => server.close(),
    clear: () => undefined,
  };
}

async function terminalsTo(device: SimulatedPrinter, way: Exclude<Way, 'a TCP socket'>): Promise<FarEnd> {
  const folder = mkdtempSync(join(tmpdir(), 'tillcat-'));
  const [near, far] = [join(folder, 'printer'), join(folder, 'far')];
  let served = await serveTerminal({ device, near, far });
  return {
    transport:
      way === 'a serial line'
        ? serialTransport({ path: near, baudRate: 38_400, flowControl: 'none', clock, limits: LIMITS })
        : deviceFileTransport({ path: near, clock, limits: LIMITS }),
    on: async () => {
      served = await serveTerminal({ device, near, far });
    },
    off: () => served.end(),
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}

type Terminal = { readonly device: SimulatedPrinter; readonly near: string; readonly far: string };

async function serveTerminal({ device, near, far }: Terminal): Promise<{ end: () => Promise<void> }> {
  const link = (path: string): string => `pty,raw,echo=0,link=${path}`;
  const socat: ChildProcess = spawn('socat', [link(near), link(far)], { stdio: 'ignore' });
  const closed = once(socat, 'close');
  await until('the pseudo-terminals', () => existsSync(near) && existsSync(far));
  const port = new SerialPort({ path: far, baudRate: 38_400 });
  port.on('error', () => undefined);
  await once(port, 'open');
  const answer = (bytes: Uint8Array): void => void port.write(Buffer.from(bytes));
  const cable: Cable | null = device.attach({ answer, drop: () => undefined });
  let taken: Promise<void> = Promise.resolve();
  port.on('data', (bytes: Buffer) => {
    taken = taken.then(() => cable?.receive(bytes));
  });
  return {
    end: async () => {
      cable?.detach();
      socat.kill('SIGTERM');
      await closed;
      if (port.isOpen) await new Promise<void>((resolve) => port.close(() => resolve()));
    },
  };
}
