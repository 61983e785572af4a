// A daemon on a disk of its own that fills up, and on one that the kernel makes read-only: told early, clear, and over by itself.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startDaemon, type DaemonProcess } from './daemon-process.ts';
import { canHaveDisks, failingDisk, fillableDisk } from './small-disk.ts';
import { cardOf, dayFromToday, makeSmallShop } from './small-shop.ts';
import { until } from './until.ts';

const MEGABYTE = 1 << 20;
const CUSTOMERS = 40;

async function served(daemon: DaemonProcess, customer: number): Promise<readonly string[]> {
  const { visit, coupons } = await daemon.scan(cardOf(customer));
  await until('the strip to be out', async () => (await daemon.visit(visit)).end === 'printed');
  return coupons.map(({ serial }) => serial);
}

/** The first customer from `from` on whom the till could not serve, and what it said. */
async function firstRefused(daemon: DaemonProcess, from: number): Promise<{ customer: number; said: string }> {
  for (let customer = from; customer < CUSTOMERS; customer++) {
    try {
      await served(daemon, customer);
    } catch (thrown) {
      return { customer, said: String(thrown) };
    }
  }
  return expect.fail('everybody was served');
}

test.skipIf(!canHaveDisks())(
  'a disk that fills up: an early warning, then clear words, nothing half done, and service again by itself (skipped without root)',
  async () => {
    using disk = fillableDisk(640);
    const shop = await makeSmallShop({ keys: { data: join(disk.path, 'var') } });
    try {
      const [serial = ''] = await yesterday(shop);
      await using daemon = await startDaemon(shop);
      expect((await daemon.status()).storage.state).toBe('ok');
      disk.fill(300 * MEGABYTE);
      expect(await daemon.status()).toMatchObject({ state: 'degraded', storage: { state: 'nearly-full' } });
      expect((await daemon.status()).problems.join(' ')).toContain('The disk is nearly full');
      expect(await shop.tillcat('status')).toMatchObject({ code: 1 });
      expect(await served(daemon, 1)).toHaveLength(6);

      disk.fill(0);
      const { customer, said } = await firstRefused(daemon, 2);
      expect(said).toMatch(/503.+UNAVAILABLE.+cannot be written.+Go on with the sale/);
      expect(await daemon.status()).toMatchObject({ state: 'unable', storage: { state: 'not-writable' } });
      expect((await shop.tillcat('status')).out).toContain('The disk is full or cannot be written');
      const before = (await daemon.status()).coupons;
      // The list of used coupons is written before the store, and may be what finds no room.
      await expect(daemon.redeem(serial)).rejects.toThrow(/503.+(cannot be written|can be read and written)/);
      await expect(daemon.scan(cardOf(customer))).rejects.toThrow(/503/);
      expect((await daemon.status()).coupons).toEqual(before);

      disk.makeRoom();
      await until('the disk to be well', async () => (await daemon.status()).storage.state === 'ok');
      expect(await served(daemon, customer)).toHaveLength(6);
      expect((await daemon.redeem(serial)).outcome).toBe('redeemed');
      expect((await daemon.redeem(serial)).outcome).toBe('already-used');
      expect(await daemon.end('SIGTERM')).toMatchObject({ code: 0 });
    } finally {
      shop.remove();
    }
  },
  180_000,
);

test.skipIf(!canHaveDisks())(
  'a disk made read-only: clear words, nothing half done; mended, the till starts with all it had (skipped without root)',
  async () => {
    using disk = failingDisk(96);
    const shop = await makeSmallShop({ keys: { data: join(disk.path, 'var') } });
    try {
      const serials: string[] = [];
      {
        await using daemon = await startDaemon(shop);
        serials.push(...(await served(daemon, 0)));
        disk.fail();
        await expect(daemon.scan(cardOf(1))).rejects.toThrow(/503.+cannot be written/);
        expect(await daemon.status()).toMatchObject({ state: 'unable', storage: { state: 'not-writable' } });
        // What needs no writing is answered all the same.
        expect((await daemon.redeem(serials[0] ?? '')).outcome).toBe('not-yet-valid');
        expect(await daemon.end('SIGTERM')).toMatchObject({ signal: null });
      }
      disk.mend();
      disk.remount('ro');
      const { code, err } = await shop.tillcat('run');
      expect([code, err]).toEqual([1, expect.stringMatching(/Cannot open the store|cannot be written|read-only/)]);
      expect((await shop.tillcat('doctor')).out).toMatch(/disk .*may not be written/);
      disk.remount('rw');
      await using daemon = await startDaemon(shop);
      for (const serial of serials)
        expect((await shop.must('coupon', 'show', serial)).match(/state +(\w+)/)?.[1]).toBe('printed');
      const more = await served(daemon, 1);
      expect(new Set([...serials, ...more]).size).toBe(12);
    } finally {
      shop.remove();
    }
  },
  180_000,
);

/** Served by a till whose clock stood a day back: coupons that are good today. */
async function yesterday(shop: Parameters<typeof startDaemon>[0]): Promise<readonly string[]> {
  await using daemon = await startDaemon(shop, '--at', `${dayFromToday(-1)}T12:00`);
  const serials = await served(daemon, 0);
  await daemon.end('SIGTERM');
  return serials;
}
