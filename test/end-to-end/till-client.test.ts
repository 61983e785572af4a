// The example of a till with a printer of its own, against the daemon: what it reports is what the ledger says.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { createServer, isIPv6, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startDaemon, type DaemonProcess } from './daemon-process.ts';
import { plugInPrinter } from './network-printer.ts';
import { freePort, type ShopFolder } from './shop-folder.ts';
import { cardOf, makeSmallShop } from './small-shop.ts';
import { PROGRAM_FOLDER, runToEnd } from './tillcat.ts';
import { until } from './until.ts';

const CLIENT = join(PROGRAM_FOLDER, 'hardware', 'till-client.mjs');
const WHO_ARE_YOU = Buffer.of(0x1d, 0x49, 0x43);
const ARE_YOU_DONE = Buffer.of(0x1d, 0x72, 0x01);
const NAME = [0x5f, ...Buffer.from('TM-T20III'), 0x00];

type TalkingPrinter = AsyncDisposable & { readonly address: string; readonly received: () => Buffer };

type Talking = { says: readonly number[]; after: Buffer; host?: string };

/** Tells its name when first asked; of the strip, once `after` came, only these bytes, one at a time, and hangs up. */
const plugInTalking = ({ says, after, host }: Talking): Promise<TalkingPrinter> =>
  plugIn((socket, received) => {
    if (received.equals(WHO_ARE_YOU)) void say(socket, NAME);
    else if (received.includes(after, WHO_ARE_YOU.length)) void say(socket, says).then(() => socket.end());
  }, host);

const plugInSilent = (): Promise<TalkingPrinter> => plugIn(() => undefined);

/** @param hear is told of every byte so far, each time some come */
async function plugIn(hear: (socket: Socket, received: Buffer) => void, host = '127.0.0.1'): Promise<TalkingPrinter> {
  let received = Buffer.alloc(0);
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      hear(socket, received);
    });
  });
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    address: `tcp://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    received: () => received,
    [Symbol.asyncDispose]: () => new Promise((closed) => void server.close(() => closed())),
  };
}

async function say(socket: Socket, bytes: readonly number[]): Promise<void> {
  for (const byte of bytes) await new Promise((sent) => socket.write(Uint8Array.of(byte), sent));
}

/** A pipe that is open at its other end, and full up: not a byte more goes in. */
function fullPipe(path: string): Disposable & { readonly path: string } {
  execFileSync('mkfifo', [path]);
  const file = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  for (const piece of [Buffer.alloc(4096), Buffer.alloc(1)]) while (takes(file, piece));
  return { path, [Symbol.dispose]: () => closeSync(file) };
}

function takes(file: number, piece: Buffer): boolean {
  try {
    return writeSync(file, piece) > 0;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EAGAIN') return false;
    throw thrown;
  }
}

/** Has the clock of a Node program go on by a second at each look. */
const IN_A_HURRY = `--import=data:text/javascript,${encodeURIComponent(
  'const now = Date.now; let looks = 0; Date.now = () => now() + 1000 * looks++;',
)}`;
const hasIpv6 = (networkInterfaces()['lo'] ?? []).some(({ address }) => address === '::1');

describe('hardware/till-client.mjs', () => {
  let shop: ShopFolder;
  let daemon: DaemonProcess;
  beforeAll(async () => {
    shop = await makeSmallShop({ keys: { printer: { transport: { type: 'till', outcomeSeconds: 20 } } } });
  });
  afterAll(() => shop.remove());
  beforeEach(async () => {
    daemon = await startDaemon(shop);
  });
  afterEach(() => daemon[Symbol.asyncDispose]());

  const hurriedHold = (card: string, printer: string) =>
    runToEnd(process.execPath, [IN_A_HURRY, CLIENT, '--server', daemon.address, '--printer', printer, card]);
  const hold = (card: string, printer: string, ...more: string[]) =>
    runToEnd(process.execPath, [CLIENT, '--server', daemon.address, '--printer', printer, ...more, card], {
      limitMs: 30_000,
    });

  it('prints the strip once and says that the printer confirmed it', async () => {
    await using printer = await plugInPrinter();
    const { code, out, err } = await hold(cardOf(1), `tcp://127.0.0.1:${printer.port}`);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^01-\d{6} printing: Kupongit tulostuvat\n01-\d{6} printed\n$/);
    expect(printer.strips).toHaveLength(1);
    expect(printer.strips[0]?.problems).toEqual([]);
    const again = await hold(cardOf(1), `tcp://127.0.0.1:${printer.port}`);
    expect(again.out).toMatch(/(repeat: Luettu jo|capped: Seuraavat [\d.]+)\n$/);
    expect(printer.strips).toHaveLength(1);
  });

  it('says that nothing was printed where there is no printer, and the customer may come again', async () => {
    const printer = `tcp://127.0.0.1:${await freePort()}`;
    expect((await hold(cardOf(2), printer)).out).toContain(' failed\n');
    expect((await hold(cardOf(2), printer)).out).toContain('printing: Kupongit tulostuvat');
  });

  it('says unknown where the printer broke off in the middle', async () => {
    await using printer = await plugInTalking({ after: Buffer.of(), says: [] });
    expect((await hold(cardOf(3), printer.address)).out).toContain(' unknown\n');
  });

  describe('believes only the answer to its own question', () => {
    const cases: readonly { said: string; says: readonly number[]; end: 'printed' | 'unknown' }[] = [
      { said: 'its answer, in pieces', says: [0x00, ...NAME], end: 'printed' },
      { said: 'that its cover is open, unasked', says: [0x38, 0x00, 0x00, 0x0f], end: 'unknown' },
      { said: 'that its cover is open, and then its name', says: [0x38, 0x00, 0x00, 0x0f, ...NAME], end: 'unknown' },
      { said: 'the rest of such a status', says: [0x00, 0x00, 0x0f], end: 'unknown' },
      { said: 'a status and then its answer', says: [0x10, 0x00, 0x00, 0x0f, 0x00, ...NAME], end: 'printed' },
      { said: 'that the paper is out', says: [0x0c, ...NAME], end: 'unknown' },
      { said: 'that it was done, and no name', says: [0x00], end: 'unknown' },
      { said: 'its name and nothing of the strip', says: NAME, end: 'unknown' },
      { said: 'a real-time status', says: [0x16, 0x12, ...NAME], end: 'unknown' },
    ];
    it.each(cases.map((each, i) => ({ ...each, card: cardOf(10 + i) })))(
      'says $end where the printer said $said',
      async ({ says, end, card }) => {
        await using printer = await plugInTalking({ after: ARE_YOU_DONE, says });
        const { out, err } = await hold(card, printer.address);
        expect([out.split(' ').at(-1), err]).toEqual([`${end}\n`, '']);
      },
    );
  });

  it.skipIf(!hasIpv6)('prints at an IPv6 address as well', async () => {
    await using printer = await plugInTalking({ after: ARE_YOU_DONE, says: [0x00, ...NAME], host: '::1' });
    expect(printer.address).toMatch(/^tcp:\/\/\[::1\]:/);
    expect((await hold(cardOf(20), printer.address)).out).toContain(' printed\n');
  });

  describe('of a printer that is a file', () => {
    it('says that nothing was printed where it is full and its first byte is refused', async () => {
      expect((await hold(cardOf(21), '/dev/full')).out).toContain(' failed\n');
    });

    it('says that nothing was printed where it took no byte until the time was over', async () => {
      using pipe = fullPipe(shop.path('full-pipe'));
      expect((await hurriedHold(cardOf(22), pipe.path)).out).toContain(' failed\n');
    });

    it('says unknown where it took the bytes', async () => {
      expect((await hold(cardOf(23), '/dev/null')).out).toContain(' unknown\n');
    });
  });

  it('asks nothing of a printer that never answers, and says unknown', async () => {
    await using printer = await plugInSilent();
    const { out, err } = await hold(cardOf(6), printer.address, '--completion', 'none');
    expect([out.split(' ').at(-1), err]).toEqual(['unknown\n', '']);
    expect(printer.received().length).toBeGreaterThan(300);
    expect(printer.received().includes(WHO_ARE_YOU)).toBe(false);
  });

  it('sends no strip to a printer that does not say who it is, so the customer may come again', async () => {
    await using printer = await plugInSilent();
    const { out, err } = await hold(cardOf(7), printer.address);
    expect(out.split(' ').at(-1)).toBe('failed\n');
    expect(err).toContain('did not tell its name');
    expect(printer.received()).toEqual(WHO_ARE_YOU);
  });

  it('leaves the sale alone where the daemon is away', async () => {
    await daemon.end('SIGTERM');
    const { code, err } = await hold(cardOf(4), '/dev/null');
    expect([code, err]).toEqual([1, expect.stringContaining('no answer from TillCAT')]);
  });

  it('a till that is late by a daemon killed and started again is believed all the same', async () => {
    const { visit } = await daemon.scan(cardOf(5));
    await daemon.end('SIGKILL');
    daemon = await startDaemon(shop);
    expect((await daemon.visit(visit)).end).toBe('unknown');
    const answer = await fetch(`${daemon.address}/api/v1/visits/${visit}/outcome`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ printed: true }),
    });
    expect(answer.status).toBe(200);
    const record = await until('the outcome', async () => {
      const now = await daemon.visit(visit);
      return now.end === 'printed' ? now : null;
    });
    expect(new Set(record.coupons.map(({ state }) => state))).toEqual(new Set(['printed']));
  });
});
