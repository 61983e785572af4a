// A till's years in minutes: visits as fast as they go over simulated days, with imports, redemptions, nights and purges between.
// Usage: node --expose-gc test/soak/visits.ts [--visits 100000] [--customers 5000]
//
// Every strip is written down beside the program and compared at the end: nothing lost, nothing doubled. Memory is read after
// a collection every tenth of the way and must be flat. Exit 1 where something does not hold.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makePrinter } from '../../src/app-devices.ts';
import { makeTill } from '../../src/app-till.ts';
import { seededRandom } from '../../src/sample/random.ts';
import { serveScan } from '../../src/visit.ts';
import { basketOf, cardOf, openSoakShop, SoakClock, takeShelvesAndCards } from './soak-shop.ts';

const { values } = parseArgs({
  options: { visits: { type: 'string', default: '100000' }, customers: { type: 'string', default: '5000' } },
});
const wanted = Number(values.visits);
const customers = Number(values.customers);
/** Each customer comes about once a week. */
const visitsADay = Math.ceil(customers / 7);
const NIGHTS_BETWEEN_MODELS = 14;
/** Of every strip so many first coupons come back. */
const REDEEMED_PERCENT = 30;
/** Between the second tenth, when all is warm, and the last. */
const MOST_GROWTH = 1.15;
/** A serial in a set: string, slot and what a growing table leaves free. */
const SERIAL_BYTES = 72;

const work = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'tillcat-visits-'));
const clock = new SoakClock(-42);
const shop = openSoakShop(work, clock);
const never = new AbortController().signal;
takeShelvesAndCards(shop, customers);
for (let day = -42; day < 0; day++) shop.intake().takePurchases(dayOf(day));
clock.setDay(0);
await shop.train({ asOf: clock.now(), signal: never, onProgress: () => undefined });
const { printer } = makePrinter({ config: shop.config, profile: shop.profile, clock, startsAfterBreak: false });
const { till, turns } = makeTill({ shop, printer, isClockDoubtful: () => false, report: fail });
const watching = new AbortController();
printer.start(watching.signal);
await printer.checkStatus();
const ended = new Map<string, number>();
const serving = {
  ...till,
  announce: (news: Parameters<Parameters<typeof serveScan>[0]['announce']>[0]) => {
    if (news.kind === 'ended') ended.set(news.result.end, (ended.get(news.result.end) ?? 0) + 1);
  },
};

const random = seededRandom(7);
const issued = new Set<string>();
const redeemed = new Set<string>();
let toRedeem: string[] = [];
let visits = 0;
let lines = 0;
let visitMs = 0;
const memory: number[] = [];
const began = performance.now();
process.stdout.write('visits     days   coupons  redeemed  visits/s   RSS MB   heap MB   store MB\n');
for (let day = 1; visits < wanted; day++) {
  clock.setDay(day);
  // Yesterday's coupons are valid from today on; nobody redeems one twice.
  for (const serial of toRedeem) redeemOnce(serial);
  toRedeem = [];
  for (let place = 0; place < visitsADay && visits < wanted; place++) {
    const from = performance.now();
    const answer = serveScan(serving, { text: cardOf((day * visitsADay + place) % customers), source: 'scanner' });
    if (answer.outcome !== 'printing' && answer.outcome !== 'nothing-to-offer')
      fail(new Error(`visit ${visits}: ${answer.outcome}`));
    for (const { serial } of answer.coupons) {
      if (issued.has(serial)) fail(new Error(`serial ${serial} was issued twice`));
      issued.add(serial);
    }
    const [first] = answer.coupons;
    if (first !== undefined && random.between(1, 100) <= REDEEMED_PERCENT) toRedeem.push(first.serial);
    while (!turns.isFree) await new Promise((resolve) => setImmediate(resolve));
    visitMs += performance.now() - from;
    visits++;
    if (visits % Math.ceil(wanted / 10) === 0) tell(day);
  }
  lines += shop.intake().takePurchases(dayOf(day)).taken;
  shop.ledger.expire({ at: clock.now(), isClockDoubtful: false });
  await shop.purge({ at: clock.now(), signal: never });
  if (day % NIGHTS_BETWEEN_MODELS === 0) {
    await shop.train({ asOf: clock.now(), signal: never, onProgress: () => undefined });
    shop.model.refresh();
  }
}
watching.abort();

const { coupons } = shop.ledger.counts();
const kept = Object.values(coupons).reduce((sum, count) => sum + count, 0);
const wrongs: string[] = [];
if (kept !== issued.size) wrongs.push(`${issued.size} coupons were issued and ${kept} are kept`);
if (coupons.redeemed !== redeemed.size) wrongs.push(`${redeemed.size} were redeemed and ${coupons.redeemed} are so`);
if ((ended.get('printed') ?? 0) !== [...ended.values()].reduce((sum, count) => sum + count, 0))
  wrongs.push(`strips ended as ${JSON.stringify([...ended])}`);
const integrity = String(shop.db.pragma('integrity_check(1)', { simple: true }));
if (integrity !== 'ok') wrongs.push(`the store is damaged: ${integrity}`);
const [, warm = 0] = memory;
const last = memory.at(-1) ?? 0;
if (last > warm * MOST_GROWTH) wrongs.push(`memory grew from ${warm} to ${last} MB`);
shop[Symbol.dispose]();
rmSync(work, { recursive: true });
process.stdout.write(
  `${visits} visits, ${issued.size} coupons, ${redeemed.size} redeemed once and refused twice, ${lines} lines taken in, ` +
    `${((performance.now() - began) / 1000).toFixed(0)} s; a visit with its strip ${(visitMs / visits).toFixed(1)} ms, memory ${warm} MB to ${last} MB\n`,
);
for (const wrong of wrongs) process.stdout.write(`  ${wrong}\n`);
process.exitCode = wrongs.length === 0 ? 0 : 1;

function dayOf(day: number) {
  const comers = Array.from({ length: visitsADay }, (_, place) => ((day + 42) * visitsADay + place) % customers);
  return comers.flatMap((customer) => basketOf(customer, day));
}

function redeemOnce(serial: string): void {
  const first = shop.redeem({ code: serial, basket: `sale-${serial}` });
  const second = shop.redeem({ code: serial, basket: `again-${serial}` });
  if (first.outcome !== 'redeemed' || second.outcome !== 'already-used')
    fail(new Error(`${serial}: ${first.outcome}, ${second.outcome}`));
  redeemed.add(serial);
}

function tell(day: number): void {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);
  // What this soak itself writes down grows; the program's own memory must not.
  memory.push(megabytes(heapUsed + external - (issued.size + redeemed.size) * SERIAL_BYTES));
  const storeMb = megabytes(Number(shop.db.pragma('page_count', { simple: true })) * 4096);
  const rate = Math.round(visits / ((performance.now() - began) / 1000));
  const cells = [visits, day, issued.size, redeemed.size, rate, megabytes(rss), megabytes(heapUsed), storeMb];
  process.stdout.write(`${cells.map((cell) => String(cell).padStart(8)).join('  ')}\n`);
}

function fail(error: Error): never {
  process.stdout.write(`${error.message}\n`);
  process.exit(1);
}
