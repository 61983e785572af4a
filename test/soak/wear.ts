// What a busy till writes in a day: a strip and a sale for each visit, coupons redeemed, the clock watched, and the night's work.
// Usage: node test/soak/wear.ts [--visits 1000]
//
// Measured on a file system of its own where this is root's to make, so that its journal counts too. Not in it: the log, which is
// journald's, and what the card itself writes more than it is told to.
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { makePrinter } from '../../src/app-devices.ts';
import { backUpNightly } from '../../src/app-backup.ts';
import { makeDesk, makeTill } from '../../src/app-till.ts';
import { instant, isoDay } from '../../src/domain/calendar.ts';
import { countedDisk, type Written } from './counted-disk.ts';
import { basketOf, cardOf, dayStart, openSoakShop, SoakClock, takeShelvesAndCards } from './soak-shop.ts';

const { values } = parseArgs({ options: { visits: { type: 'string', default: '1000' } } });
const visits = Number(values.visits);
/** Each customer comes about once a week. */
const customers = visits * 7;
const REDEEMED_PERCENT = 30;
const REMEMBERED_DAYS = 57;
const MINUTES = 24 * 60;

const never = new AbortController().signal;
using disk = countedDisk(4096);
const clock = new SoakClock(0);
using shop = openSoakShop(disk.path, clock);
takeShelvesAndCards(shop, customers);
for (let day = -REMEMBERED_DAYS; day < 0; day++)
  shop.intake().takePurchases(comersOf(day).flatMap((one) => basketOf(one, day)));
await shop.train({ asOf: clock.now(), signal: never, onProgress: () => undefined });
backUpNightly(shop);
const { printer } = makePrinter({ config: shop.config, profile: shop.profile, clock, startsAfterBreak: false });
const at = makeTill({ shop, printer, isClockDoubtful: () => false, report: fail });
const desk = makeDesk({ shop, at, status: () => fail(new Error('nobody asks')), sample: null });
const watching = new AbortController();
printer.start(watching.signal);
await printer.checkStatus();

// The day before is lived too: its coupons come back, and the store has its usual places to write to.
await liveDay(0);
const parts = await liveDay(1);
watching.abort();

process.stdout.write(
  `a day of ${visits} visits, ${customers} customers; store ${megabytes(Number(shop.db.pragma('page_count', { simple: true })) * 4096)} MB\n`,
);
process.stdout.write(`${'part'.padEnd(34)}${'by the program'.padStart(16)}${'to the device'.padStart(16)}\n`);
for (const [name, { byProgram, toDevice }] of [...parts, ['all', sumOf(parts.map(([, part]) => part))] as const]) {
  const device = toDevice === null ? '-' : `${megabytes(toDevice)} MB`;
  process.stdout.write(`${name.padEnd(34)}${`${megabytes(byProgram)} MB`.padStart(16)}${device.padStart(16)}\n`);
}

async function liveDay(day: number): Promise<readonly (readonly [string, Written])[]> {
  const measured: (readonly [string, Written])[] = [];
  const part = async (name: string, work: () => void | Promise<unknown>): Promise<void> => {
    const before = disk.written();
    await work();
    measured.push([name, differenceOf(disk.written(), before)]);
  };
  clock.setDay(day);
  const serials: string[] = [];
  await part(`${visits} strips`, async () => {
    for (const customer of comersOf(day)) {
      const { coupons } = desk.serve({ text: cardOf(customer), source: 'scanner' });
      serials.push(...coupons.map(({ serial }) => serial));
      while (!at.turns.isFree) await new Promise((resolve) => setImmediate(resolve));
    }
  });
  await part(`${visits} sales of 8 lines`, () => {
    for (const customer of comersOf(day)) sell(day, customer);
  });
  // Those of this strip in ten that come back, a day later.
  clock.setDay(day + 1);
  const back = serials.filter((_, place) => place % Math.round(600 / REDEEMED_PERCENT) === 0);
  await part(`${back.length} coupons redeemed`, () => {
    for (const serial of back)
      once(`redeem-${serial}`, () => desk.redeem({ code: serial, basket: serial, till: null }).outcome);
  });
  await part('a day of minutes', () => {
    for (let minute = 0; minute < MINUTES; minute++) {
      const now = instant(dayStart(day) + minute * 60_000);
      shop.latestInstant.observe({ now, isSynchronised: true });
      shop.ledger.expire({ at: now, isClockDoubtful: false });
    }
  });
  await part('the night: purge', () => shop.purge({ at: clock.now(), signal: never }));
  await part('the night: training', () =>
    shop.train({ asOf: clock.now(), signal: never, onProgress: () => undefined }),
  );
  await part('the night: backup', () => void backUpNightly(shop));
  return measured;
}

function sell(day: number, customer: number): void {
  const lines = basketOf(customer, day).map(({ productCode, quantityMilli, priceCents }) => ({
    productCode,
    quantityMilli,
    priceCents,
  }));
  const soldAt = instant(dayStart(day) + (customer % 500) * 60_000);
  const today = shop.dayOf(soldAt);
  const sale = `S${customer}`;
  const basket = {
    till: shop.till,
    sale,
    at: soldAt,
    day: today,
    basketCode: `01/${isoDay(today)}/${sale}`,
    card: cardOf(customer),
    isVoid: false,
    lines,
  };
  once(`sale-${day}-${customer}`, () => desk.recordBasket(basket).outcome);
}

/** As a till asks: each request with a key of its own, so that its answer is kept. */
function once(key: string, work: () => string): void {
  const bodyDigest = createHash('sha256').update(key).digest('hex');
  desk.idempotent({ key, bodyDigest }, () => JSON.stringify({ outcome: work() }));
}

function comersOf(day: number): readonly number[] {
  return Array.from({ length: visits }, (_, place) => ((day + REMEMBERED_DAYS) * visits + place) % customers);
}

function differenceOf(now: Written, before: Written): Written {
  const toDevice = now.toDevice === null || before.toDevice === null ? null : now.toDevice - before.toDevice;
  return { byProgram: now.byProgram - before.byProgram, toDevice };
}

function sumOf(all: readonly Written[]): Written {
  const toDevice = all.some((one) => one.toDevice === null)
    ? null
    : all.reduce((sum, one) => sum + (one.toDevice ?? 0), 0);
  return { byProgram: all.reduce((sum, one) => sum + one.byProgram, 0), toDevice };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function fail(error: Error): never {
  throw error;
}
