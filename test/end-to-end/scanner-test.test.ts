// `tillcat scanner test` on a real pseudo-terminal: what each scan is, and why it is or is not a card.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ENTER, typed } from '../scan/a-typing-scanner.ts';
import { areThere } from './needed-programs.ts';
import { plugInSerialPair, type SerialPair } from './serial-pair.ts';
import { makeShopFolder, type ShopFolder } from './shop-folder.ts';
import type { Said } from './tillcat.ts';
import { until } from './until.ts';

const CARD = '634004021188884413';

describe.skipIf(!areThere('socat'))('tillcat scanner test', () => {
  let shop: ShopFolder;
  let pair: SerialPair;
  beforeAll(async () => {
    shop = await makeShopFolder();
    pair = await plugInSerialPair(shop.path('scanner'));
  });
  afterEach(() => pair.heard());
  afterAll(async () => {
    await pair[Symbol.asyncDispose]();
    shop.remove();
  });

  /** Scans now and again, with silence between, until the command has heard enough: nobody knows when it began to listen. */
  async function whileScanning(send: () => void, ...args: readonly string[]): Promise<Said> {
    const ended: { said: Said | null } = { said: null };
    const repeatMs = 400;
    let sentAt = -repeatMs;
    void shop.tillcat('scanner', 'test', '--seconds', '20', ...args).then((said) => (ended.said = said));
    return until('the command to end', () => {
      if (performance.now() - sentAt >= repeatMs) {
        sentAt = performance.now();
        send();
      }
      return ended.said;
    });
  }

  it('names card, symbology and framing, and keeps the middle of the number to itself', async () => {
    shop.configure({ scanner: { type: 'serial', path: pair.device } });
    const { code, out } = await whileScanning(() => pair.send(`]C0${CARD}\r\n`), '--count', '1');
    expect(code).toBe(0);
    expect(out).toContain(`1  5d 43 30 36 33 34 30 ${'·· '.repeat(10)}34 34 31 33 0d`);
    expect(out).toContain('   ]C0 Code 128 · 18 characters · card ..4413');
    expect(out).toContain('1 heard, 1 card\n');
    expect(out).not.toContain(CARD);
  });

  it.each([
    ['6410405060457\r', 'not a card: our cards begin with 6340'],
    ['634004021188884411\r', 'not a card: its check digit is wrong; scan it again'],
    ['TILLCAT-STOP\r', 'the STOP card'],
    [']C1172612062559501101000017482109377715\r', 'a coupon, not a card'],
    ['6340\x800402\r', 'thrown away: it has a byte in it that no scanner sends'],
  ])('says of %j: %s', async (sent, words) => {
    const { out } = await whileScanning(() => pair.send(sent), '--count', '1', '--raw');
    expect(out).toContain(words);
  });

  it('makes a scanner of a known model sound as it would after a visit', async () => {
    shop.configure({ scanner: { type: 'serial', path: pair.device, profile: 'zebra-ds2208' } });
    pair.heard();
    await whileScanning(() => pair.send(`${CARD}\r`), '--count', '1');
    expect(pair.heard()).toBe('\x07');
    await whileScanning(() => pair.send('6410405060457\r'), '--count', '1');
    expect(pair.heard()).toBe('\x07\x07\x07');
  });

  it('reads a scanner in keyboard mode from its reports', async () => {
    shop.configure({ scanner: { type: 'hid', path: pair.device } });
    const reports = Buffer.concat([typed(`]E0${CARD}`), ENTER]).toString('latin1');
    const { code, out } = await whileScanning(() => pair.send(reports), '--count', '1');
    expect([code, out]).toEqual([0, expect.stringContaining(']E0 EAN/UPC · 18 characters · card ..4413')]);
  });

  it('says what is the matter where there is nothing to hear', async () => {
    shop.configure({ scanner: { type: 'serial', path: shop.path('not-there') } });
    const { code, err } = await shop.tillcat('scanner', 'test', '--seconds', '2');
    expect([code, err]).toEqual([1, expect.stringContaining('is not there; is the scanner plugged in')]);
    shop.configure({ scanner: { type: 'none' } });
    const none = await shop.tillcat('scanner', 'test');
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('scanner.type is none')]);
    expect((await shop.tillcat('scanner', 'test', '--count', 'two')).code).toBe(2);
  });
});
