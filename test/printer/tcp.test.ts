// The same printer behind a real socket on this machine.
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import { isTillError } from '../../src/domain/till-error.ts';
import { PRINTER_LIMITS } from '../../src/printer/limits.ts';
import { EscposPrinter } from '../../src/printer/printer.ts';
import { SimulatedPrinter } from '../../src/printer/simulated/simulated-printer.ts';
import { serveSimulatedPrinter } from '../../src/printer/simulated/tcp-server.ts';
import { tcpTransport } from '../../src/printer/tcp.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';
import { gs1Code, strip } from './a-strip.ts';
import { aVisit, bytesUntil, profileNamed, results } from './a-till-printer.ts';

const host = '127.0.0.1';
const profile = profileNamed('epson-tm-t20iii');
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function networkPrinter() {
  const device = new SimulatedPrinter({ profile });
  const server = await serveSimulatedPrinter({ printer: device, host, port: 0 });
  closing.push(server.close);
  const clock = new SimulatedClock(instant(0));
  const transport = tcpTransport({ host, port: server.port, clock, limits: PRINTER_LIMITS });
  const printer = new EscposPrinter({ profile, transport, clock, limits: PRINTER_LIMITS, startsAfterBreak: false });
  const end = new AbortController();
  closing.push(async () => {
    printer.start(end.signal);
    end.abort();
    await printer.checkStatus();
  });
  const job = { visit: aVisit(), parts: strip({ columns: profile.columns, codeOf: gs1Code }) };
  return { device, printer, job };
}

describe('a network printer', () => {
  it('prints a strip and confirms it', async () => {
    const { device, printer, job } = await networkPrinter();
    expect((await printer.print(job)).end).toBe('printed');
    expect(device.strips.map((pieces) => pieces.length)).toEqual([8]);
    expect(device.problems).toEqual([]);
  });

  it('that resets the connection in a strip leaves one coupon unknown, and prints the next strip whole', async () => {
    const { device, printer, job } = await networkPrinter();
    await printer.checkStatus();
    device.setAfterBytes(bytesUntil({ job, profile, part: 2, byte: 20 }), { unplugged: true });
    const broken = await printer.print(job);
    expect(results(broken)).toEqual(['printed', 'printed', 'unknown', ...Array<string>(5).fill('failed')]);
    device.set({ unplugged: false });
    expect((await printer.print(job)).end).toBe('printed');
    expect(device.strips.at(-1)).toHaveLength(8);
  });

  it('that is not there is named with its address', async () => {
    const server = createServer().listen(0, host);
    await once(server, 'listening');
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    server.close();
    await once(server, 'close');
    const transport = tcpTransport({ host, port, clock: new SimulatedClock(instant(0)), limits: PRINTER_LIMITS });
    const opening = transport.open({ received: () => undefined, lost: () => undefined });
    await expect(opening).rejects.toThrow(`Cannot reach the printer at tcp 127.0.0.1:${port}`);
  });

  it('that accepts and never reads is given up, and takes nothing after that', async () => {
    const server = createServer((socket: Socket) => {
      socket.pause();
      socket.on('error', () => undefined);
      closing.push(() => Promise.resolve(socket.destroy()));
    }).listen(0, host);
    await once(server, 'listening');
    closing.push(() => Promise.resolve(server.close()));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const clock = new SimulatedClock(instant(0));
    const limits = { ...PRINTER_LIMITS, chunkBytes: 1_000_000 };
    const link = await tcpTransport({ host, port, clock, limits }).open({
      received: () => undefined,
      lost: () => undefined,
    });
    const writing = link.write(new Uint8Array(64_000_000)).catch((thrown: unknown) => thrown);
    let thrown: unknown;
    void writing.then((outcome) => (thrown = outcome));
    for (let i = 0; i < 100 && thrown === undefined; i++) await clock.advance(PRINTER_LIMITS.writeMs);
    expect(isTillError(thrown, 'PRINTER_STALLED')).toBe(true);
    await link.close();
    expect(link.isOpen).toBe(false);
    await expect(link.write(Uint8Array.of(1))).rejects.toThrow(/connection to the printer/);
  });
});
