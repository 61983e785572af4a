// Product names as head office may send them: every accent, an emoji, two hundred letters, and printer commands inside.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDaemon } from './daemon-process.ts';
import { keepEvidence } from './evidence.ts';
import { areThere } from './needed-programs.ts';
import { plugInPrinter } from './network-printer.ts';
import { couponInLedger, readCodes } from './read-codes.ts';
import type { ShopFolder } from './shop-folder.ts';
import { cardOf, makeSmallShop } from './small-shop.ts';
import { until } from './until.ts';

const ESC = '\u001b';
const GS = '\u001d';
const DLE = '\u0010';

const NAMES = [
  'Äyräpään öljy å la crème 1 l',
  'Crème brûlée 2 × 100 g – “maku” 5 €',
  'L’Étoile Žižkov šunka 150 g',
  'Kahvi\u0308 a\u0308a\u0308kko\u0308set e\u0301 500 g',
  'Jäätelö 🍦 mansikka 🇫🇮 480 ml',
  `${'Erittäin pitkä tuotenimi joka ei lopu '.repeat(6).slice(0, 194)} 750 g`,
  `Limu ${ESC}p0\u0019\u00fa kassa auki 1,5 l`,
  `Maito ${ESC}@${GS}V0 leikkaa ${DLE}\u0014\u0001\u0001\u0005 1 l`,
  `Leipä ${GS}(k\u0003\u00011C\u0008 ${ESC}t\u0002 400 g`,
  'Rivi\nvaihto\r\nja\tsarkain 200 g',
  '"; DROP TABLE coupon; -- <script>alert(1)</script> 1 kpl',
  '‮Oikealta vasemmalle‬ שלום 中文 300 g',
];

describe.skipIf(!areThere('ZXingReader'))('a shop with hostile product names', () => {
  let shop: ShopFolder;
  beforeAll(async () => {
    const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
    shop = await makeSmallShop({
      keys: { scanner: { type: 'none' } },
      nameOf: (product) => quoted(NAMES[product % NAMES.length] ?? ''),
    });
  });
  afterAll(() => shop.remove());

  it('is refused in one sentence where the file holds zero bytes', async () => {
    const { code, err } = await shop.tillcat(
      'import',
      'products',
      shop.write('zero.csv', `product,name\nP0,${ESC}p\u0000\n`),
    );
    expect([code, err]).toEqual([1, expect.stringContaining('is not a text file (a zero byte in line 2)')]);
  });

  it.each(['epson-tm-t20iii', 'zj-5870', 'no-euro'])('prints them all harmlessly on %s', async (profileName) => {
    await using outside = await plugInPrinter({ profileName });
    shop.configure({
      printer: { profile: profileName, transport: { type: 'tcp', host: '127.0.0.1', port: outside.port } },
      visit: { daysBetweenStrips: 0 },
    });
    await using daemon = await startDaemon(shop);
    await until('the printer', async () => (await daemon.status()).printer.state === 'ready');
    const names = new Set<string | null>();
    for (let customer = 0; customer < 8; customer++) {
      const answer = await daemon.scan(cardOf(customer));
      expect(answer.outcome, daemon.story()).toBe('printing');
      const record = await until('the strip', async () => {
        const now = await daemon.visit(answer.visit);
        return now.end === null ? null : now;
      });
      for (const { productName } of record.coupons) names.add(productName);
      // Without a cutter nothing comes off by itself.
      if (!outside.printer.profile.hasCutter) outside.printer.tear();
      const taken = outside.strips.at(-1);
      expect(taken?.problems).toEqual([]);
      if (taken === undefined) continue;
      keepEvidence(`hostile-${profileName}-${customer}.png`, taken.png);
      const read = await readCodes({ png: taken.png, file: shop.path('strip.png') });
      expect(read).toHaveLength(record.coupons.length);
      // By what was read, however narrow the paper made the code: asked of the ledger for one strip of each printer.
      if (customer > 0) continue;
      const coupons = await Promise.all(read.map((code) => couponInLedger(shop, code)));
      expect(new Set(coupons.map(({ serial }) => serial))).toEqual(new Set(record.coupons.map(({ serial }) => serial)));
    }
    expect(outside.printer.problems).toEqual([]);
    const sent = Buffer.from(outside.received());
    // A pulse to the drawer, as ESC p or in real time.
    expect(sent.includes(Buffer.from([0x1b, 0x70]))).toBe(false);
    expect(sent.includes(Buffer.from([0x10, 0x14]))).toBe(false);
    expect(names.size).toBeGreaterThan(8);
  });
});
