// The main job on a real shop's purchases: taken in, trained on, ten cards scanned, ten strips read back, three coupons redeemed.
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { startDaemon, type DaemonProcess } from './daemon-process.ts';
import { addEvidence, keepEvidence } from './evidence.ts';
import { areThere } from './needed-programs.ts';
import { plugInPrinter, type NetworkPrinter } from './network-printer.ts';
import { codeOf, couponInLedger, readCodes, type LedgerCoupon } from './read-codes.ts';
import { plugInSerialPair } from './serial-pair.ts';
import { makeShopFolder, type ShopFolder } from './shop-folder.ts';
import { cardOf } from './small-shop.ts';
import { runToEnd, TILLCAT } from './tillcat.ts';
import { hearEvents } from './told-events.ts';
import { until } from './until.ts';

/** A folder with `lgsr/products.csv.gz` and `lgsr/purchases.csv.gz`. */
const DATA = process.env['TILLCAT_DATA'] ?? '';
const PURCHASES = join(DATA, 'lgsr', 'purchases.csv.gz');
const PRODUCTS = join(DATA, 'lgsr', 'products.csv.gz');
const CUT = '2008-05-09';
const WINDOW_STARTS = '2008-03-14';
const CARDS = 10;
const REPORT = 'issue2-main-job.txt';
const LIMIT_MS = 10 * 60_000;

const hasData = DATA !== '' && existsSync(PURCHASES) && existsSync(PRODUCTS);
if (!hasData) process.stderr.write('skipped: TILLCAT_DATA names no folder with lgsr/purchases.csv.gz\n');

const say = (line: string): void => addEvidence(REPORT, line);

describe.skipIf(!hasData || !areThere('socat', 'ZXingReader', 'time'))("a real shop's purchases", () => {
  it('give ten customers their strips', { timeout: 2 * LIMIT_MS }, async () => {
    const shop = await makeShopFolder({ history: { windowDays: 56, memoryDays: 3650 } });
    try {
      keepEvidence(REPORT, `# The main job on real input, ${new Date().toISOString()}\n`);
      const customers = await readCustomers();
      await takeIn(shop, customers);
      await serveTen(shop, customers);
    } finally {
      shop.remove();
    }
  });
});

type Customers = { readonly all: readonly string[]; readonly lately: readonly string[] };

/** Everybody, and those who bought something in the eight weeks before the cut. */
async function readCustomers(): Promise<Customers> {
  const all = new Set<string>();
  const lately = new Set<string>();
  for await (const line of createInterface({ input: createReadStream(PURCHASES).pipe(createGunzip()) })) {
    const [customer = '', , time = ''] = line.split(',');
    if (customer === 'customer') continue;
    all.add(customer);
    if (time >= WINDOW_STARTS && time < CUT) lately.add(customer);
  }
  return { all: [...all], lately: [...lately] };
}

async function takeIn(shop: ShopFolder, { all, lately }: Customers): Promise<void> {
  const cards = all.map((customer, i) => `${customer},${cardOf(i)}`);
  const cardsFile = shop.write('customers.csv', `customer,card\n${cards.join('\n')}\n`);
  say(`customers: ${all.length}, of whom ${lately.length} bought in the 56 days before ${CUT}`);
  await measured(shop, 'import', 'products', PRODUCTS);
  await measured(shop, 'import', 'customers', cardsFile);
  await measured(shop, 'import', 'purchases', PURCHASES);
  await measured(shop, 'train', '--as-of', CUT);
}

async function measured(shop: ShopFolder, ...args: readonly string[]): Promise<void> {
  const words = ['-v', TILLCAT, '--config', shop.configFile, ...args];
  const { code, out, err } = await runToEnd('time', words, { limitMs: LIMIT_MS });
  expect(code, err).toBe(0);
  const figure = (name: string): string =>
    err
      .split('\n')
      .find((line) => line.includes(name))
      ?.split('): ')[1] ?? '?';
  const what = args.map((word) => word.replace(/^.*\//, '')).join(' ');
  const peakMb = (Number(figure('Maximum resident set size')) / 1024).toFixed(0);
  say(`\n$ tillcat ${what}\n${out.trim()}\nelapsed ${figure('Elapsed')}  peak memory ${peakMb} MiB`);
}

async function serveTen(shop: ShopFolder, { all, lately }: Customers): Promise<void> {
  await using scanner = await plugInSerialPair(shop.path('scanner'));
  await using outside = await plugInPrinter();
  shop.configure({
    scanner: { type: 'serial', path: scanner.device },
    printer: { transport: { type: 'tcp', host: '127.0.0.1', port: outside.port } },
  });
  const step = Math.floor(lately.length / CARDS);
  const chosen = Array.from({ length: CARDS }, (_, i) => all.indexOf(lately[i * step] ?? ''));
  const codes: string[] = [];
  {
    const from = performance.now();
    await using daemon = await startDaemon(shop, '--at', `${CUT}T12:00`);
    say(`\n$ tillcat run --at ${CUT}T12:00   serving after ${(performance.now() - from).toFixed(0)} ms`);
    const hearing = new AbortController();
    const events = await hearEvents(daemon.address, hearing.signal);
    await until('the scanner', async () => (await daemon.status()).scanner.state === 'ready');
    for (const [i, customer] of chosen.entries()) {
      scanner.scan(cardOf(customer));
      const ended = await until(`strip ${i + 1}`, () => events.filter(({ kind }) => kind === 'strip-ended')[i] ?? null);
      const visit = 'visit' in ended ? ended.visit : '';
      const times = events.flatMap((event) => {
        if (!('visit' in event) || event.visit !== visit) return [];
        if (event.kind === 'visit') return [`decision ${event.decisionMs?.toFixed(2)} ms`];
        return event.kind === 'strip-begun' ? [`scan to first byte ${event.scanToFirstByteMs.toFixed(1)} ms`] : [];
      });
      codes.push(...(await checkStrip({ shop, daemon, outside, i, visit, times })));
    }
    hearing.abort();
    say(`daemon: peak memory ${peakOf(daemon.pid)} MiB`);
    const { code, ms } = await daemon.end('SIGTERM');
    say(`stopped by SIGTERM: exit ${code} after ${ms.toFixed(0)} ms`);
    expect(code).toBe(0);
  }
  await redeemThree(shop, codes);
}

type StripToCheck = {
  readonly shop: ShopFolder;
  readonly daemon: DaemonProcess;
  readonly outside: NetworkPrinter;
  readonly i: number;
  readonly visit: string;
  readonly times: readonly string[];
};

/** @returns the codes as read from the picture */
async function checkStrip({ shop, daemon, outside, i, visit, times }: StripToCheck): Promise<readonly string[]> {
  expect(outside.strips).toHaveLength(i + 1);
  const strip = outside.strips[i];
  if (strip === undefined) return [];
  expect(strip.problems).toEqual([]);
  const record = await daemon.visit(visit);
  expect(record).toMatchObject({ outcome: 'printing', end: 'printed' });
  const coupons: LedgerCoupon[] = [];
  for (const { serial } of record.coupons) coupons.push(await couponInLedger(shop, serial));
  const read = await readCodes({ png: strip.png, file: shop.path('strip.png') });
  expect(new Set(read)).toEqual(new Set(coupons.map(codeOf)));
  expect(read).toHaveLength(coupons.length);
  expect(coupons.every(({ state }) => state === 'printed')).toBe(true);
  const slots = coupons.map(({ slot }) => slot[0]).join('');
  say(
    `strip ${i + 1}: ${visit}, ${coupons.length} coupons (${slots}), ${strip.bytes.length} bytes with questions, ` +
      `${strip.millimetres.toFixed(0)} mm, ${times.join(', ')}, ${read.length} codes read by ZXing = ledger`,
  );
  keepEvidence(`real-strip-${String(i + 1).padStart(2, '0')}.png`, strip.png);
  keepEvidence(`real-strip-${String(i + 1).padStart(2, '0')}.txt`, `${strip.text}\n`);
  return read;
}

async function redeemThree(shop: ShopFolder, codes: readonly string[]): Promise<void> {
  await using daemon = await startDaemon(shop, '--at', '2008-05-10T12:00');
  say('\n$ tillcat run --at 2008-05-10T12:00   (a day later, so that the coupons are good)');
  const three = [codes[0], codes[codes.length >> 1], codes.at(-1)].map((code = '') => code);
  for (const [i, code] of three.entries()) {
    const byHttp = await daemon.redeem(code);
    const again = await daemon.redeem(code);
    const byCommand = await shop.tillcat('coupon', 'redeem', code);
    say(
      `coupon ${i + 1}: ${byHttp.outcome} over HTTP; again: ${again.outcome}; by command: exit ${byCommand.code}, ${byCommand.out.trim()}`,
    );
    expect([byHttp.outcome, again.outcome, byCommand.code]).toEqual(['redeemed', 'already-used', 1]);
  }
}

function peakOf(pid: number): string {
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kilobytes) / 1024).toFixed(0);
}
