// One printer, two daemons; and a printer that takes nothing: the second is refused, and the first goes on answering.
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDaemon } from './daemon-process.ts';
import { plugInPrinter } from './network-printer.ts';
import { makeShopFolder, type ShopFolder } from './shop-folder.ts';
import { cardOf, makeSmallShop } from './small-shop.ts';
import { until } from './until.ts';

describe('a printer', () => {
  let shop: ShopFolder;
  beforeAll(async () => {
    shop = await makeSmallShop();
  });
  afterAll(() => shop.remove());

  it('that a daemon uses is refused to a second one on this machine, which says whose it is and ends', async () => {
    await using outside = await plugInPrinter();
    const { port } = outside;
    shop.configure({ printer: { transport: { type: 'tcp', host: '127.0.0.1', port } } });
    const other = await makeShopFolder({ printer: { transport: { type: 'tcp', host: 'localhost', port } } });
    try {
      await using daemon = await startDaemon(shop);
      await until('the printer', async () => (await daemon.status()).printer.state === 'ready');
      const refused = await other.tillcat('run');
      expect(refused.code).toBe(1);
      expect(refused.err).toContain(`is used by process ${daemon.pid}; one TillCAT to a printer`);
      expect((await daemon.status()).printer.state).toBe('ready');
    } finally {
      other.remove();
    }
  });

  it('that takes no more bytes stops its own strip and nothing else: the status is answered all the while', async () => {
    const path = shop.path('lp0');
    execFileSync('mkfifo', [path]);
    const reader = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    shop.configure({ printer: { profile: 'zj-5870', transport: { type: 'file', path } } });
    await using daemon = await startDaemon(shop);
    fill(reader);
    const { visit } = await daemon.scan(cardOf(1));
    let slowestMs = 0;
    const record = await until('the end of the strip', async () => {
      const from = performance.now();
      await daemon.status();
      slowestMs = Math.max(slowestMs, performance.now() - from);
      const seen = await daemon.visit(visit);
      return seen.end === null ? null : seen;
    });
    expect(record.coupons.map(({ state }) => state)).not.toContain('printed');
    expect(slowestMs).toBeLessThan(2_000);
    expect((await daemon.end('SIGTERM')).code).toBe(0);
    closeSync(reader);
  });
});

/** Where its start waits for the printer it takes eight seconds; where it does not, one, and some more on a busy machine. */
const READY_MS = 5_000;

it('a printer that takes nothing does not hold up the start', async () => {
  const shop = await makeShopFolder();
  const path = shop.path('lp0');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  fill(reader);
  shop.configure({ printer: { profile: 'epson-tm-t20iii', transport: { type: 'file', path } } });
  try {
    const from = performance.now();
    await using daemon = await startDaemon(shop);
    expect(performance.now() - from).toBeLessThan(READY_MS);
    await until('the silent printer', async () => (await daemon.status()).printer.state === 'silent');
  } finally {
    closeSync(reader);
    shop.remove();
  }
});

/** As a device whose buffer is full: not one byte more goes in. */
function fill(file: number): void {
  const block = new Uint8Array(4_096);
  for (;;) {
    try {
      writeSync(file, block);
    } catch (thrown) {
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EAGAIN') return;
      throw thrown;
    }
  }
}
