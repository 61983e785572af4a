// The composition root's devices: the one printer and the one scanner the configuration asks for, real or simulated.
import { realpath } from 'node:fs/promises';
import { scannerProfileOf } from './app-config.ts';
import type { Config } from './config/schema.ts';
import type { Clock } from './domain/clock.ts';
import { composeStrip } from './printer/compose.ts';
import { deviceFileTransport } from './printer/device-file.ts';
import { exclusive } from './printer/exclusive.ts';
import { PRINTER_LIMITS } from './printer/limits.ts';
import type { Transport } from './printer/link.ts';
import { NO_PRINTER } from './printer/no-printer.ts';
import { EscposPrinter, type Printer } from './printer/printer.ts';
import type { PrinterProfile } from './printer/profile.ts';
import { serialTransport } from './printer/serial.ts';
import { drawPaper, printOnPaper, writeOut } from './printer/simulated/picture.ts';
import { SimulatedPrinter } from './printer/simulated/simulated-printer.ts';
import { simulatedTransport } from './printer/simulated/simulated-transport.ts';
import { TillPrinter } from './printer/till-printer.ts';
import { tcpTransport } from './printer/tcp.ts';
import type { ReceiptPart } from './receipt/elements.ts';
import { parsePrefix } from './scan/aim-identifier.ts';
import { exclusiveLine } from './scan/exclusive-line.ts';
import { HidReports } from './scan/hid-reports.ts';
import { hidLine } from './scan/hid-line.ts';
import type { Heard } from './scan/listening.ts';
import { LineScanner } from './scan/line-scanner.ts';
import { noScanner } from './scan/no-scanner.ts';
import type { Scanner } from './scan/scanner.ts';
import { serialLine } from './scan/serial-line.ts';
import { SimulatedScanner } from './scan/simulated-scanner.ts';
import { takeName } from './system/machine-lock.ts';

export type PrinterInUse = {
  readonly printer: Printer;
  /** "tcp 10.0.0.7:9100", for people. */
  readonly name: string;
  /** The printer behind the simulated transport; null where the printer is real. */
  readonly simulated: SimulatedPrinter | null;
  /** Another process of this machine has the printer; null where it has not, as far as was asked. */
  readonly refusal: () => Promise<Error | null>;
};

export function makePrinter(of: {
  config: Config;
  profile: PrinterProfile;
  clock: Clock;
  /** A strip of an earlier run was cut short. */
  startsAfterBreak: boolean;
}): PrinterInUse {
  const { config, profile, clock, startsAfterBreak } = of;
  const limits = PRINTER_LIMITS;
  const { transport } = config.printer;
  const over = (way: Transport, simulated: SimulatedPrinter | null = null): PrinterInUse => ({
    printer: new EscposPrinter({ profile, transport: way, clock, limits, startsAfterBreak }),
    name: way.name,
    simulated,
    refusal: notRefused,
  });
  const overOurs = (way: Transport, nameOf: () => Promise<string>): PrinterInUse => {
    const ours = exclusive({ transport: way, nameOf, take: takeName });
    return { ...over(ours), refusal: () => ours.refusal() };
  };
  switch (transport.type) {
    case 'tcp': {
      const { host, port } = transport;
      return overOurs(tcpTransport({ host, port, clock, limits }), () => Promise.resolve(addressName({ host, port })));
    }
    case 'serial': {
      const { path, baudRate } = transport;
      const way = serialTransport({ path, baudRate, flowControl: profile.flowControl, clock, limits });
      return overOurs(way, () => deviceName(path));
    }
    case 'file': {
      const { path } = transport;
      return overOurs(deviceFileTransport({ path, clock, limits }), () => deviceName(path));
    }
    case 'simulated': {
      const printer = new SimulatedPrinter({ profile });
      return over(simulatedTransport({ printer, clock, limits }), printer);
    }
    case 'till': {
      const printer = new TillPrinter({ profile, clock, outcomeMs: transport.outcomeSeconds * 1000 });
      return { printer, name: 'till', simulated: null, refusal: notRefused };
    }
    case 'none':
      return { printer: NO_PRINTER, name: 'none', simulated: null, refusal: notRefused };
  }
}

const notRefused = (): Promise<null> => Promise.resolve(null);

/** The printer's line at another speed than is configured, for whoever looks for the right one. */
export function lineAtSpeed(of: { path: string; baudRate: number; profile: PrinterProfile; clock: Clock }): Transport {
  const { path, baudRate, clock } = of;
  const { flowControl } = of.profile;
  const way = serialTransport({ path, baudRate, flowControl, clock, limits: PRINTER_LIMITS });
  return exclusive({ transport: way, nameOf: () => deviceName(path), take: takeName });
}

function addressName({ host, port }: { host: string; port: number }): string {
  const name = host.toLowerCase();
  return `${name === 'localhost' ? '127.0.0.1' : name}:${port}`;
}

/** The device itself, whatever links lead to it; one that is not there has no other name than its path. */
function deviceName(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

export type ScannerInUse = { readonly scanner: Scanner; readonly finished: () => Promise<void> };

export function makeScanner(of: {
  config: Config;
  clock: Clock;
  /** Told of everything heard; for people who look. */
  onHeard?: ((heard: Heard) => void) | null;
}): ScannerInUse {
  const { config, clock, onHeard = null } = of;
  const { scanner: wanted } = config;
  switch (wanted.type) {
    case 'serial':
    case 'hid': {
      const { type: kind, path, terminator } = wanted;
      const prefix = wanted.prefix === '' ? null : parsePrefix(wanted.prefix);
      const heard = { kind, terminator, prefix, clock, onHeard };
      const scanner = new LineScanner(
        wanted.type === 'serial'
          ? {
              ...heard,
              source: serialLine({ path, baudRate: wanted.baudRate }),
              newDecoder: null,
              sounds: scannerProfileOf(config)?.sounds ?? null,
            }
          : {
              ...heard,
              source: exclusiveLine({
                source: hidLine({ path, clock }),
                nameOf: () => deviceName(path),
                take: takeName,
              }),
              newDecoder: () => new HidReports(wanted.layout),
              sounds: null,
            },
      );
      return { scanner, finished: () => scanner.finished() };
    }
    case 'simulated':
      return { scanner: new SimulatedScanner(), finished: () => Promise.resolve() };
    case 'none':
      return { scanner: noScanner, finished: () => Promise.resolve() };
  }
}

export type PaperView = {
  readonly bytes: Uint8Array;
  readonly millimetres: number;
  /** What stands on the paper, codes written out. */
  readonly text: string;
  /** PNG, drawn from the bytes; dots are pixels. */
  readonly picture: () => Uint8Array;
};

/** A strip as its bytes put it on paper: whoever looks at this sees what a printer would make of them. */
export function viewOnPaper(parts: readonly ReceiptPart[], profile: PrinterProfile): PaperView {
  const strip = composeStrip({ parts, profile });
  const bytes = Buffer.concat(strip.parts.map((part) => part.bytes));
  const { pieces } = printOnPaper({ bytes, profile });
  const text = writeOut({ pieces, profile });
  return { bytes, millimetres: strip.millimetres, text, picture: () => drawPaper({ pieces, profile }) };
}
