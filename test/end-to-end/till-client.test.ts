// The example of a till with a printer of its own, against the daemon: what it reports is what the ledger says.
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startDaemon, type DaemonProcess } from './daemon-process.ts';
import { plugInPrinter } from './network-printer.ts';
import { freePort, type ShopFolder } from './shop-folder.ts';
import { cardOf, makeSmallShop } from './small-shop.ts';
import { PROGRAM_FOLDER, runToEnd } from './tillcat.ts';
import { until } from './until.ts';

const CLIENT = join(PROGRAM_FOLDER, 'hardware', 'till-client.mjs');

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

  const hold = (card: string, printer: string) =>
    runToEnd(process.execPath, [CLIENT, '--server', daemon.address, '--printer', printer, card], { limitMs: 30_000 });

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
    const printer: Server = createServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    printer.listen(0, '127.0.0.1');
    await once(printer, 'listening');
    const address = printer.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    expect((await hold(cardOf(3), `tcp://127.0.0.1:${port}`)).out).toContain(' unknown\n');
    printer.close();
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
