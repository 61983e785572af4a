// A till's months in minutes: visits as fast as they go over simulated days, with sales, imports, redemptions and nights between.
// Usage: node test/soak/visits.ts [--visits 100000] [--customers 7000] [--control leak]
//
//   this process                                 the daemon, as bin/tillcat starts it
//   cards, sales, coupons that come back --HTTP-->  a till whose clock is moved from outside,
//   its own books <-- strips -- a printer <--TCP--  and whose memory is looked at from outside
//
// Each strip is read off the paper, compared with the answer and thrown away; at the end the store is laid beside the books: nothing
// lost, nothing doubled, and memory flat (memory-watch.ts). Exit 1 where something does not hold; with the control, a daemon that is
// made to leak, where that is not found out.
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ShopCalendar } from '../../src/domain/calendar.ts';
import { seededRandom } from '../../src/sample/random.ts';
import { canFakeClock, fakeClock } from '../end-to-end/faked-clock.ts';
import { tellProgress } from './progress.ts';
import { basketOf, cardOf, dayStart, soakConfig } from './soak-shop.ts';
import { Books } from './visits/books.ts';
import { comersOn, configureTill, makeShop } from './visits/make-shop.ts';
import { FLAT, megabytes, MemoryWatch } from './visits/memory-watch.ts';
import { plugInQuickPrinter } from './visits/quick-printer.ts';
import { moveTo, ShopDays } from './visits/shop-days.ts';
import { lookBesideBooks } from './visits/store-beside-books.ts';
import { StripEnds } from './visits/strip-ends.ts';
import { tellSale } from './visits/tell-sale.ts';
import { startWatched } from './visits/watched-daemon.ts';

const { values } = parseArgs({
  options: {
    visits: { type: 'string', default: '100000' },
    customers: { type: 'string', default: '7000' },
    control: { type: 'string' },
  },
});
const wanted = Number(values.visits);
const customers = Number(values.customers);
const isControl = values.control === 'leak';
/** Of all strips so many first coupons come back the day after. */
const REDEEMED_PERCENT = 30;
/** Of all sales so many are told by the till as they are paid; the others come with the night's file. */
const TOLD_PERCENT = 30;
const LOOK_EVERY_VISITS = 10;
const HOLDS = 'nothing lost, nothing doubled, memory flat';
const FOUND_OUT = 'control leak: found out, as it must be';

if (!canFakeClock) {
  process.stderr.write(
    'skipped: no C compiler is on this machine, and the clock is moved by a library built with it\n',
  );
  process.exit(0);
}
const work = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'tillcat-visits-'));
const books = new Books();
for (const [day, lines] of await makeShop(work, { customers })) books.sale(day, lines);
using clock = fakeClock({ isSynchronised: true });
await using printer = await plugInQuickPrinter((serials) => books.cameOff(serials));
const { configFile, port } = await configureTill(work, printer.port);
const memory = new MemoryWatch(work, { isLeaking: isControl });
moveTo(clock, dayStart(1));
await using daemon = await startWatched({ configFile, port }, memory.environment);
const days = new ShopDays({ folder: work, configFile, clock, daemon });
const listening = new AbortController();
const strips = await StripEnds.from(daemon.address, listening.signal);
const store = join(work, 'data', 'tillcat.db');
const random = seededRandom(7);
const progress = tellProgress({ what: 'visits', total: wanted });

const began = performance.now();
process.stdout.write(`${wanted} visits, ${customers} customers; ${FLAT}\n`);
process.stdout.write('  visits    days   coupons  redeemed  lines in  visits/s  RSS MB (most)  heap MB   store MB\n');
const toRedeem: string[] = [];
let visitsMs = 0;
let day = 0;
while (books.visits < wanted) {
  await days.morning(++day);
  // Yesterday's coupons are good from today on; each is handed in twice.
  for (const serial of toRedeem.splice(0)) {
    const first = await daemon.redeem(serial);
    books.handedIn(serial, { first: first.outcome, second: (await daemon.redeem(serial)).outcome });
  }
  const comers = comersOn(day, { customers }).slice(0, wanted - books.visits);
  for (const customer of comers) {
    await visit(customer);
    if (isTold(customer)) books.sale(day, await tellSale(daemon.address, { customer, day }));
    if (books.visits % LOOK_EVERY_VISITS === 0) memory.look(daemon.pid);
    if (books.visits % Math.ceil(wanted / 10) === 0) tell();
    progress(books.visits);
  }
  const rows = comers.filter((customer) => !isTold(customer)).flatMap((customer) => basketOf(customer, day));
  await days.night(day, rows);
  books.sale(day, rows.length);
  if (books.wrongs.length > 0) break;
}
listening.abort();
const { code } = await daemon.end('SIGTERM');
const seconds = (performance.now() - began) / 1000;

const calendar = new ShopCalendar(soakConfig(work).shop.timeZone);
const localDay = (of: number): number => calendar.dayOf(dayStart(of));
// The last night began after midnight: its purge kept its own day and those that are remembered before it.
const firstKept = day + 1 - soakConfig(work).history.memoryDays;
const growth = books.visits < wanted ? [] : memory.wrongs();
const wrongs = [
  ...books.wrongs,
  ...lookBesideBooks(store, { books, localDay, firstKept }),
  ...printer.problems().slice(0, 3),
  ...daemon.complaints(),
  ...(code === 0 ? [] : [`stopped, the daemon ended with ${code}`]),
];
process.stdout.write(
  `${books.visits} visits over ${day} days, ${books.coupons} coupons on paper, ${books.redeemed.size} redeemed once and refused once, ` +
    `${books.lines} lines taken in; ${seconds.toFixed(0)} s, ${(books.visits / seconds).toFixed(0)} visits/s with the nights, ` +
    `a visit with its strip ${(visitsMs / books.visits).toFixed(1)} ms\n${memory.verdict()}\n`,
);
for (const wrong of [...wrongs, ...growth]) process.stdout.write(`  WRONG: ${wrong}\n`);
const isRight = wrongs.length === 0 && (growth.length === 0) !== isControl;
if (isRight) rmSync(work, { recursive: true });
process.stdout.write(`${isRight ? (isControl ? FOUND_OUT : HOLDS) : `kept in ${work}`}\n`);
process.exitCode = isRight ? 0 : 1;

async function visit(customer: number): Promise<void> {
  const from = performance.now();
  const answer = await daemon.scan(cardOf(customer));
  books.visited(answer, answer.outcome === 'printing' ? await strips.of(answer.visit) : null);
  visitsMs += performance.now() - from;
  const [first] = answer.coupons;
  if (first !== undefined && random.between(1, 100) <= REDEEMED_PERCENT) toRedeem.push(first.serial);
}

function isTold(customer: number): boolean {
  return (customer * 37) % 100 < TOLD_PERCENT;
}

function tell(): void {
  const { medianResident, mostResident, leastHeap } = memory.sinceTold();
  const rate = books.visits / ((performance.now() - began) / 1000);
  const resident = `${megabytes(medianResident)} (${megabytes(mostResident)})`;
  const size = megabytes(statSync(store).size);
  const { visits, coupons, redeemed, lines } = books;
  process.stdout.write(
    `${String(visits).padStart(8)}${String(day).padStart(8)}${String(coupons).padStart(10)}${String(redeemed.size).padStart(10)}` +
      `${String(lines).padStart(10)}${rate.toFixed(0).padStart(10)}${resident.padStart(15)}${megabytes(leastHeap).padStart(9)}${size.padStart(11)}\n`,
  );
}
