// A network printer outside the daemon that prints at once: each strip's coupons are read off the paper, and the strip is thrown away.
import { join } from 'node:path';
import type { Piece } from '../../../src/printer/paper-marks.ts';
import { loadProfile } from '../../../src/printer/profile.ts';
import { SimulatedPrinter } from '../../../src/printer/simulated/simulated-printer.ts';
import { serveSimulatedPrinter } from '../../../src/printer/simulated/tcp-server.ts';
import { PROGRAM_FOLDER } from '../../end-to-end/tillcat.ts';

export const PRINTER_PROFILE = 'epson-tm-t20iii';

export type QuickPrinter = AsyncDisposable & {
  readonly port: number;
  /** What a real printer would have printed wrongly. */
  readonly problems: () => readonly string[];
};

/** FNC1, (17) last day, (255) number of the coupon and serial. */
const CODE = /^\]17\d{6}255\d{13}(\d{12})$/;

/** @param onStrip told of a strip as it comes off: the serials in its codes, from the top; null for a code that is no coupon's */
export async function plugInQuickPrinter(
  onStrip: (serials: readonly (string | null)[]) => void,
): Promise<QuickPrinter> {
  const profile = loadProfile({ name: PRINTER_PROFILE, folders: [join(PROGRAM_FOLDER, 'hardware', 'printers')] });
  const printer = new SimulatedPrinter({ profile });
  printer.onStrip((pieces) => onStrip(pieces.flatMap(serialsOn)));
  const server = await serveSimulatedPrinter({ printer, host: '127.0.0.1', port: 0 });
  return {
    port: server.port,
    problems: () => printer.problems,
    [Symbol.asyncDispose]: () => server.close(),
  };
}

function serialsOn({ marks }: Piece): readonly (string | null)[] {
  return marks.flatMap((mark) => (mark.kind === 'symbol' ? [CODE.exec(mark.content)?.[1] ?? null] : []));
}
