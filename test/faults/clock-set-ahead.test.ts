// The clock is set ahead by a year: nothing is dated by it, nothing is deleted or over by it, and all goes on once it is right again.
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { backUpNightly } from '../../src/app-backup.ts';
import { openShop } from '../../src/app.ts';
import { ClockWatch } from '../../src/clock-watch.ts';
import { instant } from '../../src/domain/calendar.ts';
import { keepHouse, ROUND_MS } from '../../src/housekeeping.ts';
import { LatestInstant } from '../../src/store/latest-instant.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';
import type { TimeSync } from '../../src/system/time-sync.ts';
import { linesIn } from '../store/shop-of-tests.ts';
import { calendar, CARDS, NOW, timeOf } from '../visit/corner-shop.ts';
import { openTill, type OpenTill } from '../visit/open-till.ts';

const A_YEAR_AHEAD = timeOf('2027-11-22T16:00');

const contentOf = (till: OpenTill) => ({
  lines: linesIn(till.shop.db),
  models: till.shop.models.all().map(({ name }) => name),
  coupons: till.shop.ledger.counts().coupons,
});

/** As the daemon keeps house, for so long; the store's own judgement of the clock, and nobody who synchronises it. */
async function keepHouseFor(till: OpenTill, ms: number, askTimeSync: () => Promise<TimeSync>): Promise<ClockWatch> {
  const { shop, clock } = till;
  const stop = new AbortController();
  const fail = (error: Error) => {
    throw error;
  };
  const { latestInstant } = shop;
  const watch = new ClockWatch({ clock, latestInstant, askTimeSync, onChange: () => undefined, report: fail });
  const chores = {
    watchClock: () => watch.look(),
    isClockDoubtful: () => watch.isDoubtful(),
    expire: () => void shop.ledger.expire({ at: clock.now(), isClockDoubtful: watch.isDoubtful() }),
    purge: async (signal: AbortSignal) => void (await shop.purge({ at: clock.now(), signal })),
    lookForNews: () => shop.lookForNews(),
    isQuiet: () => true,
    report: fail,
  };
  const house = keepHouse(chores, { clock, calendar, signal: stop.signal });
  for (let passed = 0; passed < ms; passed += ROUND_MS) await till.pass(ROUND_MS);
  stop.abort();
  await house;
  return watch;
}

const nobody = () => Promise.resolve<TimeSync>('not-synchronised');

test('for rounds on end, in the hours of the purge: nothing is deleted, forgotten or over, and the next customer after it is right is served', async () => {
  await using till = await openTill();
  const { visit } = await till.serve(CARDS.anna);
  const before = contentOf(till);
  till.clock.setTo(A_YEAR_AHEAD);
  const watch = await keepHouseFor(till, 20 * ROUND_MS, nobody);
  expect(watch.isDoubtful()).toBe(true);
  expect(contentOf(till)).toEqual(before);
  expect(till.scan(CARDS.carl).outcome).toBe('nothing-to-offer');
  till.clock.setTo(instant(NOW + 3_600_000));
  expect(watch.isDoubtful()).toBe(false);
  await till.pass(6_000);
  expect(till.scan(CARDS.carl).outcome).toBe('printing');
  expect(till.states(visit)).toEqual(Array(6).fill('printed'));
});

test('a coupon handed in meanwhile is judged by the latest time that was believed', async () => {
  await using till = await openTill();
  const { visit } = await till.serve(CARDS.anna);
  const [first = '', second = ''] = till.serials(visit);
  till.clock.setTo(A_YEAR_AHEAD);
  expect(till.redeem(first).outcome).toBe('not-yet-valid');
  till.goTo('2026-11-24T10:00');
  till.clock.setTo(A_YEAR_AHEAD);
  expect(till.redeem(first).outcome).toBe('redeemed');
  expect(till.shop.redeem({ code: second, basket: null }).outcome).toBe('redeemed');
});

test('the night’s backup is made, and what was set aside for people to look at stays', async () => {
  await using till = await openTill();
  const folder = dirname(till.shop.file);
  mkdirSync(join(folder, 'set-aside'));
  const aside = join(folder, 'set-aside', 'tillcat-damaged.db');
  writeFileSync(aside, 'damaged');
  utimesSync(aside, NOW / 1000, NOW / 1000);
  till.clock.setTo(A_YEAR_AHEAD);
  backUpNightly(till.shop);
  expect(readdirSync(join(folder, 'set-aside'))).toEqual(['tillcat-damaged.db']);
  expect(readdirSync(join(folder, 'backups'))).toEqual(['tillcat-2027-11-22.db']);
  till.goTo('2026-11-23T05:00');
  backUpNightly(till.shop);
  expect(readdirSync(join(folder, 'backups'))).toEqual(['tillcat-2026-11-23.db']);
});

test('set ahead while the till was off: the next start does not believe it either, and a person may say that it is right', async () => {
  const till = await openTill();
  const { config } = till.shop;
  await till.serve(CARDS.anna);
  const lines = linesIn(till.shop.db);
  await till[Symbol.asyncDispose]();
  using shop = openShop(config, { clock: new SimulatedClock(A_YEAR_AHEAD), report: () => undefined });
  expect(shop.latestInstant.observe({ now: A_YEAR_AHEAD, isSynchronised: false })).toBe('far-ahead');
  expect(shop.isClockDoubtful()).toBe(true);
  expect(linesIn(shop.db)).toBe(lines);
  shop.latestInstant.accept(A_YEAR_AHEAD);
  expect(shop.isClockDoubtful()).toBe(false);
});

test('accepted at the command line, a running daemon believes it at its next look', async () => {
  await using till = await openTill();
  till.clock.setTo(A_YEAR_AHEAD);
  expect(till.shop.isClockDoubtful()).toBe(true);
  new LatestInstant(till.shop.db).accept(A_YEAR_AHEAD);
  await keepHouseFor(till, ROUND_MS, nobody);
  expect(till.shop.isClockDoubtful()).toBe(false);
});

test('a leap that a time server answers for is looked into at once: the first scan waits for no round', async () => {
  await using till = await openTill();
  const { clock, shop } = till;
  const changes: boolean[] = [];
  const watch = new ClockWatch({
    clock,
    latestInstant: shop.latestInstant,
    askTimeSync: () => Promise.resolve('synchronised'),
    onChange: (isDoubtful) => void changes.push(isDoubtful),
    report: () => undefined,
  });
  await watch.look();
  clock.setTo(A_YEAR_AHEAD);
  expect(watch.isDoubtful()).toBe(true);
  await till.pass(0);
  expect(watch.isDoubtful()).toBe(false);
  expect(changes).toEqual([]);
});

test('one whose time nobody answers for is told once, and once again when it is right', async () => {
  await using till = await openTill();
  const { clock, shop } = till;
  const changes: boolean[] = [];
  const { latestInstant } = shop;
  const onChange = (isDoubtful: boolean) => void changes.push(isDoubtful);
  const watch = new ClockWatch({ clock, latestInstant, askTimeSync: nobody, onChange, report: () => undefined });
  for (const at of [NOW, A_YEAR_AHEAD, A_YEAR_AHEAD, NOW, NOW]) {
    clock.setTo(at);
    await watch.look();
  }
  expect(changes).toEqual([true, false]);
});

test.each([
  ['2026-12-12T16:00', 'printing'],
  ['2026-11-25T16:00', 'capped'],
])(
  'accepted by mistake at %s and set right again: who got a strip then is %s, and waits a week at the most',
  async (time, outcome) => {
    await using till = await openTill();
    till.clock.setTo(timeOf(time));
    till.shop.latestInstant.accept(timeOf(time));
    expect((await till.serve(CARDS.anna)).outcome).toBe('printing');
    till.goTo('2026-11-23T16:00');
    expect(till.scan(CARDS.anna).outcome).toBe(outcome);
  },
);
