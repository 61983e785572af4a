// The composition root's daemon: a shop, its devices, the till's desk and the web, put together and started.
import assert from 'node:assert';
import { statSync } from 'node:fs';
import type { Config } from './config/schema.ts';
import { makePrinter, makeScanner, viewOnPaper, type PaperView } from './app-devices.ts';
import { openShop, type Shop } from './app.ts';
import { startDaemon as start } from './daemon.ts';
import { statusReader } from './daemon-status.ts';
import { Desk } from './desk.ts';
import type { Instant, LocalDay } from './domain/calendar.ts';
import type { Coupon } from './domain/coupon.ts';
import type { CouponCode } from './domain/strip.ts';
import { cardNumber, type VisitId } from './domain/ids.ts';
import { toError } from './domain/to-error.ts';
import { keepHouse } from './housekeeping.ts';
import { isHeldOut } from './offers/holdout.ts';
import type { SimulatedPrinter } from './printer/simulated/simulated-printer.ts';
import { Turns } from './printer/turns.ts';
import type { ReceiptPart } from './receipt/elements.ts';
import type { CardToTry } from './sample/cards-to-try.ts';
import { readCard } from './scan/card-grammar.ts';
import { RepeatFilter } from './scan/repeat-filter.ts';
import { SimulatedScanner } from './scan/simulated-scanner.ts';
import { diskSpace, type DiskSpace } from './system/disk-space.ts';
import { lockFolder } from './system/folder-lock.ts';
import { createLog, logForm } from './system/log.ts';
import { realClock } from './system/real-clock.ts';
import { runProgram } from './system/run-program.ts';
import { serviceNotify } from './system/service-notify.ts';
import { shiftedClock } from './system/shifted-clock.ts';
import { machineTimeSync } from './system/time-sync.ts';
import { tillMessages } from './till/till-messages.ts';
import { stripParts } from './strip-of.ts';
import { VERSION } from './version.ts';
import type { Till } from './visit.ts';
import { FAULT_NAMES, type DaemonStatus, type FaultName, type LastStrip, type SampleDesk } from './web/desk.ts';
import { listen } from './web/listen.ts';
import { shopMetrics } from './web/shop-metrics.ts';
import { createWebApp } from './web/web-app.ts';

export type DaemonOrder = {
  readonly config: Config;
  /** `--at`: where the shop's clock starts; null is now. */
  readonly at: Instant | null;
  readonly signal: AbortSignal;
  /** The cards of the sample shop; null for a real one. */
  readonly sampleCards: readonly CardToTry[] | null;
  readonly err: (text: string) => void;
};

export type DaemonHandle = Awaited<ReturnType<typeof startDaemon>>;

/** Everything the daemon is, running; ends with the signal. */
export async function startDaemon(order: DaemonOrder) {
  const { config, signal } = order;
  const clock = order.at === null ? realClock : shiftedClock(order.at);
  const isSample = order.sampleCards !== null;
  const stop = new AbortController();
  const ending = AbortSignal.any([signal, stop.signal]);
  // The prompt tells a newcomer everything; the log would only talk into it.
  const log = createLog({
    form: logForm({ isTerminal: process.stderr.isTTY, env: process.env }),
    level: isSample ? 'warn' : 'info',
    write: order.err,
  });
  const report = (error: Error): void => log.error({ err: error }, error.message);

  const shop = openShop(config, { clock, report });
  const lock = await lockFolder(config.data).catch((thrown: unknown) => {
    shop[Symbol.dispose]();
    throw toError(thrown);
  });
  const { calendar, latestInstant, ledger, visits } = shop;
  const startedAt = clock.now();
  const clockTrust = { isDoubtful: false };
  const watchClock = async (): Promise<void> => {
    // A replayed or an invented shop is no judge of the machine's clock.
    if (order.at !== null || isSample) return;
    const isSynchronised = (await machineTimeSync()) === 'synchronised';
    clockTrust.isDoubtful = latestInstant.observe({ now: clock.now(), isSynchronised }) !== 'trusted';
  };
  await watchClock();
  const left = ledger.atStart(startedAt);
  const inUse = makePrinter({ config, profile: shop.profile, clock, startsAfterBreak: left.length > 0 });
  const { printer, simulated } = inUse;
  const { scanner, finished } = makeScanner({ config, clock });
  const turns = new Turns({ clock, canBegin: () => canBegin(printer.status().state) });
  const lastStrip: { is: LastStrip | null } = { is: null };
  const keepPicture = (visit: VisitId, parts: readonly ReceiptPart[]): void => {
    let view: PaperView | null = null;
    const seen = (): PaperView => (view ??= viewOnPaper(parts, shop.profile));
    lastStrip.is = {
      visit,
      get text() {
        return seen().text;
      },
      png: () => Promise.resolve(seen().picture()),
    };
  };

  const till: Omit<Till, 'announce'> = {
    clock,
    calendar,
    manners: {
      printAt: config.visit.printAt,
      patienceMs: config.visit.patienceSeconds * 1000,
      daysBetweenStrips: config.visit.daysBetweenStrips,
    },
    readCard: (text) => readCard({ text, rules: config.cards, ...cardsOf(config) }),
    repeats: new RepeatFilter(),
    customers: shop.customers,
    decide: shop.decide,
    isHeldOut: (customer) =>
      isHeldOut({ digest: shop.holdoutDigest(customer.id), percent: config.holdout.customersPercent }),
    visits,
    ledger,
    atomically: (work) => shop.db.transaction(work).immediate(),
    layOut: ({ customer, visit, coupons }) => {
      const codeOf = (coupon: Coupon): CouponCode => {
        const code = ledger.codeOf(coupon.serial);
        assert(code !== null, `Coupon ${coupon.serial} was issued and has no code.`);
        return code;
      };
      const { columns } = shop.profile;
      const strip = { config, calendar, columns, customer, visit, coupons, codeOf, at: clock.now(), isSpecimen: false };
      const parts = stripParts(strip);
      keepPicture(visit, parts);
      return parts;
    },
    printer,
    turns,
    isClockDoubtful: () => clockTrust.isDoubtful,
    moment: { lastShown: null, waiting: new Map(), held: null, visitOf: new Map() },
  };

  const disk: { is: DiskSpace } = { is: await diskSpace(config.data) };
  const address: { is: string } = { is: '' };
  const status = statusReader({
    version: VERSION,
    clock,
    calendar,
    till: shop.till,
    shop: config.shop,
    startedAt,
    isReplay: order.at !== null,
    isSamplePrinter: simulated !== null,
    printer,
    scanner,
    turns,
    customers: shop.customers,
    products: shop.products,
    ledger,
    visits,
    isClockDoubtful: till.isClockDoubtful,
    model: () => shop.model.about(),
    storage: () => storageOf(shop.file, disk.is),
    address: () => address.is,
    sampleNewestDay: isSample ? newestDay(shop) : null,
    isStopping: () => ending.aborted,
  });
  const desk = new Desk({
    clock,
    calendar,
    tillId: shop.till,
    language: config.shop.language,
    till,
    customers: shop.customers,
    purchases: shop.purchases,
    visits,
    ledger,
    answers: shop.answers,
    status,
    lastStrip: () => lastStrip.is,
    sample: sampleDesk(order.sampleCards, simulated, () => desk.tellStatus()),
  });
  const metrics = shopMetrics(desk);
  const { host, port, token, names } = config.http;
  const web = createWebApp(
    {
      desk,
      clock,
      calendar,
      till: shop.till,
      messages: tillMessages(calendar),
      metrics: metrics.register,
      version: VERSION,
      report,
    },
    { host, port, token, names },
  );
  const notify = serviceNotify({ env: process.env, pid: process.pid, clock: realClock, run: runProgram, report });
  const running = await start(
    {
      clock: realClock,
      log,
      desk,
      printer,
      scanner,
      turns,
      settle: () => left,
      listen: async (until) => {
        const listening = await listen({ web, host, port, clock: realClock, signal: until });
        address.is = listening.address;
        return listening;
      },
      keepHouse: (until) =>
        keepHouse(
          {
            watchClock: async () => {
              await watchClock();
              disk.is = await diskSpace(config.data);
            },
            isClockDoubtful: till.isClockDoubtful,
            expire: () => void ledger.expire({ at: clock.now(), isClockDoubtful: clockTrust.isDoubtful }),
            purge: async (aborted) => void (await shop.purge({ at: clock.now(), signal: aborted })),
            takeNewModel: () => shop.model.refresh(),
            isQuiet: () => turns.isFree,
            report,
          },
          { clock: realClock, calendar, signal: until },
        ),
      notify,
      closeTill: () => desk.close(),
      isServing: () => Promise.resolve(shop.db.open && shop.customers.findByCard(cardNumber('watchdog')) === null),
    },
    ending,
  ).catch(async (thrown: unknown) => {
    shop[Symbol.dispose]();
    await lock[Symbol.asyncDispose]();
    throw toError(thrown);
  });

  return {
    address: running.address,
    desk,
    shop,
    printerName: inUse.name,
    holdUp: (card: string) => {
      if (scanner instanceof SimulatedScanner) scanner.scan(card);
      else desk.serve({ text: card, source: 'prompt' });
    },
    /** Resolves when nobody prints and nobody waits. */
    quiet: async () => {
      while (!turns.isFree && !ending.aborted && canBegin(printer.status().state)) await clock.sleep(QUIET_LOOK_MS);
      await clock.sleep(QUIET_LOOK_MS);
    },
    stop: () => stop.abort(new Error('stopped at the prompt')),
    ended: running.ended.finally(async () => {
      metrics.end();
      await finished();
      latestInstant.flush();
      shop[Symbol.dispose]();
      await lock[Symbol.asyncDispose]();
    }),
  };
}

/** How often the prompt looks whether the printer has come to rest. */
const QUIET_LOOK_MS = 20;

function canBegin(state: string): boolean {
  return state === 'ready' || state === 'paper-low';
}

function cardsOf({ optOutCards }: Config): { stopCard: string; startCard: string } {
  return { stopCard: optOutCards.stop, startCard: optOutCards.start };
}

function newestDay({ purchases, calendar }: Shop): LocalDay | null {
  const newest = purchases.newestAt();
  return newest === null ? null : calendar.dayOf(newest);
}

function storageOf(file: string, { state, freeBytes }: DiskSpace): DaemonStatus['storage'] {
  const states = { enough: 'ok', low: 'nearly-full', full: 'not-writable' } as const;
  return { state: states[state], databaseBytes: statSync(file).size, freeBytes };
}

function sampleDesk(
  cards: readonly CardToTry[] | null,
  printer: SimulatedPrinter | null,
  changed: () => void,
): SampleDesk | null {
  if (cards === null && printer === null) return null;
  const isOn = (name: FaultName): boolean => printer?.faults[FAULT_SWITCHES[name]] === true;
  return {
    cardsToTry: (cards ?? []).map(({ card, label }) => ({ card, words: label })),
    faults: () => (printer === null ? [] : FAULT_NAMES.map((name) => ({ name, isOn: isOn(name) }))),
    setFault: (name, turnOn) => {
      printer?.set({ [FAULT_SWITCHES[name]]: turnOn });
      changed();
    },
  };
}

const FAULT_SWITCHES = { 'paper-out': 'paperOut', 'cover-open': 'coverOpen', unplugged: 'unplugged' } as const;
