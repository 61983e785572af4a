// Started with no scanner, no printer and no udev: the daemon runs, says so, and serves as soon as they are there.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDaemon, type Status } from './daemon-process.ts';
import { areThere } from './needed-programs.ts';
import { plugInPrinter } from './network-printer.ts';
import { plugInSerialPair } from './serial-pair.ts';
import { freePort, type ShopFolder } from './shop-folder.ts';
import { cardOf, makeSmallShop } from './small-shop.ts';
import { until } from './until.ts';

describe.skipIf(!areThere('socat'))('devices that are not there', () => {
  let shop: ShopFolder;
  beforeAll(async () => {
    shop = await makeSmallShop();
  });
  afterAll(() => shop.remove());

  it('are said to be away, and are used when they come, without a restart', async () => {
    const port = await freePort();
    const device = shop.path('scanner');
    shop.configure({
      scanner: { type: 'serial', path: device },
      printer: { transport: { type: 'tcp', host: '127.0.0.1', port } },
    });
    await using daemon = await startDaemon(shop);
    const status = (is: (status: Status) => boolean) =>
      until('that state', async () => is(await daemon.status()), { story: daemon.story });

    await status(({ printer, scanner }) => printer.state === 'offline' && scanner.state === 'offline');
    const away = await daemon.status();
    expect(away.state).toBe('degraded');
    expect(away.scanner.why).toContain(device);
    expect(away.printer.why).not.toBeNull();
    expect((await daemon.scan(cardOf(1))).outcome).toBe('no-printer');
    const said = await shop.tillcat('status');
    expect([said.code, said.out]).toEqual([1, expect.stringContaining('printer offline · scanner offline')]);

    const outside = await plugInPrinter({ port });
    {
      await using scanner = await plugInSerialPair(device);
      await status(({ state }) => state === 'ready');
      scanner.scan(cardOf(1));
      await status(({ lastVisits }) => lastVisits[0]?.end === 'printed');
    }
    await status(({ scanner }) => scanner.state === 'offline');
    await outside[Symbol.asyncDispose]();
    await status(({ printer }) => printer.state === 'offline');

    await using other = await plugInPrinter({ port });
    await using scanner = await plugInSerialPair(device);
    await status(({ state }) => state === 'ready');
    scanner.scan(cardOf(2));
    await status(({ lastVisits }) => lastVisits.filter(({ end }) => end === 'printed').length === 2);
    expect(other.strips).toHaveLength(1);
    expect((await daemon.end('SIGTERM')).code).toBe(0);
  });
});
