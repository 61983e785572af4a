// The daemon with a scanner in keyboard mode, a lamp and a printer that runs out of paper: on a pseudo-terminal, not on a device.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENTER, typed } from '../scan/a-typing-scanner.ts';
import { startDaemon } from './daemon-process.ts';
import { areThere } from './needed-programs.ts';
import { plugInPrinter } from './network-printer.ts';
import { plugInSerialPair } from './serial-pair.ts';
import { freePort, type ShopFolder } from './shop-folder.ts';
import { cardOf, makeSmallShop } from './small-shop.ts';
import { until } from './until.ts';

describe.skipIf(!areThere('socat'))('a scanner that can only be a keyboard', () => {
  let shop: ShopFolder;
  beforeAll(async () => {
    shop = await makeSmallShop();
  });
  afterAll(() => shop.remove());

  it('leads from reports to coupons, comes back after unplugging, and the lamp tells of the paper', async () => {
    const port = await freePort();
    const device = shop.path('scanner-hid');
    const lamp = shop.write('brightness', '0\n');
    shop.configure({
      scanner: { type: 'hid', path: device },
      printer: { transport: { type: 'tcp', host: '127.0.0.1', port } },
      lamp: { path: lamp },
    });
    await using printer = await plugInPrinter({ port });
    await using daemon = await startDaemon(shop);
    const lit = (is: boolean) =>
      until(`the lamp ${is ? 'lit' : 'dark'}`, () => readFileSync(lamp, 'utf8') === `${is ? 1 : 0}\n`);
    const strips = (count: number) =>
      until(`${count} strips`, () => printer.strips.length === count, { story: daemon.story });
    for (const [plugging, card] of [cardOf(1), cardOf(2)].entries()) {
      // What is typed before the daemon listens is nobody's: it must have noticed the unplugging.
      await until('it to be away', async () => (await daemon.status()).scanner.state === 'offline');
      await using scanner = await plugInSerialPair(device);
      await until('the scanner', async () => (await daemon.status()).scanner.state === 'ready');
      scanner.send(Buffer.concat([typed(card), ENTER]).toString('latin1'));
      await strips(plugging + 1);
    }
    await lit(false);
    printer.printer.set({ paperOut: true });
    await lit(true);
    expect((await daemon.scan(cardOf(3))).outcome).toBe('no-printer');
    printer.printer.set({ paperOut: false });
    await lit(false);
    expect((await daemon.scan(cardOf(3))).outcome).toBe('printing');
    await strips(3);
    printer.printer.set({ coverOpen: true });
    await lit(true);
    expect((await daemon.end('SIGTERM')).code).toBe(0);
    await lit(false);
  });
});

describe.skipIf(!areThere('socat'))('a scanner that can beep', () => {
  let shop: ShopFolder;
  beforeAll(async () => {
    shop = await makeSmallShop();
  });
  afterAll(() => shop.remove());

  it('beeps once for coupons, thrice where somebody must look, and not at all where there is nothing to say', async () => {
    const device = shop.path('scanner');
    shop.configure({ scanner: { type: 'serial', path: device, profile: 'zebra-ds2208' } });
    await using scanner = await plugInSerialPair(device);
    await using daemon = await startDaemon(shop);
    await until('the scanner', async () => (await daemon.status()).scanner.state === 'ready');
    const visits = (count: number) =>
      until(`${count} visits`, async () => (await daemon.status()).lastVisits.length === count);
    const heard = (sound: string) => until(`the sound ${JSON.stringify(sound)}`, () => scanner.heard() === sound);
    scanner.scan(cardOf(1));
    await heard('\x07');
    scanner.scan('6410405060457');
    await heard('\x07\x07\x07');
    await until('the strip', async () => (await daemon.status()).lastVisits.some(({ end }) => end === 'printed'));
    scanner.scan(cardOf(1));
    await visits(2);
    scanner.scan(cardOf(999));
    await heard('\x07\x07\x07');
  });

  it('beeps for help when the printer is lost in the middle of a strip', async () => {
    const device = shop.path('scanner');
    await using printer = await plugInPrinter();
    shop.configure({
      scanner: { type: 'serial', path: device, profile: 'zebra-ds2208' },
      printer: { transport: { type: 'tcp', host: '127.0.0.1', port: printer.port } },
    });
    await using scanner = await plugInSerialPair(device);
    await using daemon = await startDaemon(shop);
    await until('the devices', async () => (await daemon.status()).state === 'ready');
    printer.printer.setAfterBytes(900, { unplugged: true });
    scanner.scan(cardOf(2));
    let sounds = '';
    await until('one beep for coupons, then three for help', () => (sounds += scanner.heard()) === '\x07\x07\x07\x07');
    await until('the end', async () => {
      const [last] = (await daemon.status()).lastVisits;
      return last?.end === 'partly-printed' || last?.end === 'unknown';
    });
  });
});
