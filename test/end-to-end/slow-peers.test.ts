// More peers than there are places, each sending a byte now and then: all are cut off, and cards at the scanner are served meanwhile.
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WEB_LIMITS } from '../../src/web/limits.ts';
import { startDaemon, type DaemonProcess } from './daemon-process.ts';
import { areThere } from './needed-programs.ts';
import { plugInSerialPair, type SerialPair } from './serial-pair.ts';
import type { ShopFolder } from './shop-folder.ts';
import { cardOf, makeSmallShop } from './small-shop.ts';
import { until } from './until.ts';

const PEERS = WEB_LIMITS.connections + 20;
const HEAD = 'POST /api/v1/scans HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n';

describe.skipIf(!areThere('socat'))('slow peers', () => {
  let shop: ShopFolder;
  let line: SerialPair;
  let daemon: DaemonProcess;
  beforeAll(async () => {
    shop = await makeSmallShop();
    line = await plugInSerialPair(shop.path('scanner'));
    shop.configure({ scanner: { type: 'serial', path: line.device } });
    daemon = await startDaemon(shop);
    await until('the scanner', async () => (await daemon.status()).scanner.state === 'ready');
  });
  afterAll(async () => {
    await daemon.end('SIGKILL');
    await line[Symbol.asyncDispose]();
    shop.remove();
  });

  it.each([
    ['a header that never ends', `${HEAD}X-Slow: `],
    ['a body that never comes', `${HEAD}Content-Length: 1000\r\n\r\n{`],
  ])('with %s are let go, and a card is served while they dribble', async (_, beginning) => {
    const served = (await daemon.status()).lastVisits.length;
    let open = 0;
    const peers = Array.from({ length: PEERS }, () => {
      const peer: Socket = connect({ host: '127.0.0.1', port: shop.port }, () => peer.write(beginning));
      open++;
      peer.on('error', () => undefined);
      peer.on('close', () => open--);
      return peer;
    });
    const dribble = setInterval(() => {
      for (const peer of peers) if (peer.writable) peer.write('a');
    }, 500);
    line.scan(cardOf(served + 1));
    try {
      // Each limit is looked at once a second.
      const limitMs = WEB_LIMITS.requestMs + 5_000;
      await until('all to be let go', () => open === 0, { limitMs });
      await until('the visit', async () => (await daemon.status()).lastVisits.length === served + 1);
      const visit = (await daemon.status()).lastVisits[0];
      expect(visit?.outcome).toBe('printing');
    } finally {
      clearInterval(dribble);
      for (const peer of peers) peer.destroy();
    }
  });
});
