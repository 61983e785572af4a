// A printer behind a network port, outside the daemon: it answers like one and keeps every strip's bytes.
import { join } from 'node:path';
import { loadProfile, type PrinterProfile } from '../../src/printer/profile.ts';
import { drawPaper, printOnPaper, writeOut } from '../../src/printer/simulated/picture.ts';
import { SimulatedPrinter } from '../../src/printer/simulated/simulated-printer.ts';
import { serveSimulatedPrinter } from '../../src/printer/simulated/tcp-server.ts';
import { PROGRAM_FOLDER } from './tillcat.ts';

export type CapturedStrip = {
  /** All that was sent since the strip before came off; questions of the host included. */
  readonly bytes: Uint8Array;
  readonly text: string;
  /** Drawn from the bytes alone. */
  readonly png: Uint8Array;
  readonly problems: readonly string[];
  readonly millimetres: number;
};

export type NetworkPrinter = AsyncDisposable & {
  readonly port: number;
  readonly printer: SimulatedPrinter;
  readonly strips: readonly CapturedStrip[];
  /** Every byte that ever came. */
  readonly received: () => Uint8Array;
};

export async function plugInPrinter({
  port = 0,
  profileName = 'epson-tm-t20iii',
}: { port?: number; profileName?: string } = {}): Promise<NetworkPrinter> {
  const profile = loadProfile({ name: profileName, folders: [join(PROGRAM_FOLDER, 'hardware', 'printers')] });
  const printer = new SimulatedPrinter({ profile });
  const all: Uint8Array[] = [];
  let sinceStrip: Uint8Array[] = [];
  const strips: CapturedStrip[] = [];
  const attach: SimulatedPrinter['attach'] = (host) => {
    const cable = printer.attach(host);
    if (cable === null) return null;
    const receive = (bytes: Uint8Array): Promise<void> => {
      const copy = Uint8Array.from(bytes);
      all.push(copy);
      sinceStrip.push(copy);
      return cable.receive(bytes);
    };
    return { receive, detach: cable.detach };
  };
  printer.onStrip(() => {
    strips.push(captured(Buffer.concat(sinceStrip), profile));
    sinceStrip = [];
  });
  const server = await serveSimulatedPrinter({ printer: { attach }, host: '127.0.0.1', port });
  return {
    port: server.port,
    printer,
    strips,
    received: () => Buffer.concat(all),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

function captured(bytes: Uint8Array, profile: PrinterProfile): CapturedStrip {
  const { pieces, problems } = printOnPaper({ bytes, profile });
  const dots = pieces.reduce((sum, piece) => sum + piece.toY - piece.fromY, 0);
  return {
    bytes,
    text: writeOut({ pieces, profile }),
    png: drawPaper({ pieces, profile }),
    problems,
    millimetres: dots / profile.dotsPerMm,
  };
}
