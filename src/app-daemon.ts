// The composition root's daemon: a shop, its devices, the till's desk and the web, put together and started.
import { flushCompileCache } from 'node:module';
import type { Config } from './config/schema.ts';
import { lookThrough, recover, recoveryWords } from './app-backup.ts';
import { makePrinter, makeScanner } from './app-devices.ts';
import { storageOf, watchMachineClock, writing } from './app-machine.ts';
import { rehearse } from './app-rehearsal.ts';
import { makeDesk, makeTill } from './app-till.ts';
import { openShop, type Shop } from './app.ts';
import { startDaemon as start } from './daemon.ts';
import { statusReader } from './daemon-status.ts';
import { salesToReview } from './app-review.ts';
import type { Clock } from './domain/clock.ts';
import type { Instant, LocalDay } from './domain/calendar.ts';
import { cardNumber } from './domain/ids.ts';
import { canPrint } from './domain/printer-status.ts';
import { toError } from './domain/to-error.ts';
import { keepHouse } from './housekeeping.ts';
import type { Printer } from './printer/printer.ts';
import type { SimulatedPrinter } from './printer/simulated/simulated-printer.ts';
import { watchIdentity } from './printer/who-is-there.ts';
import type { CardToTry } from './sample/cards-to-try.ts';
import { SimulatedScanner } from './scan/simulated-scanner.ts';
import { lockFolder, type FolderLock } from './system/folder-lock.ts';
import { FileLamp, NO_LAMP } from './system/lamp.ts';
import { keepFewPages } from './store/database.ts';
import { createLog, logForm, type Log } from './system/log.ts';
import { makeDataFolder } from './system/make-folder.ts';
import { realClock } from './system/real-clock.ts';
import { runProgram } from './system/run-program.ts';
import { serviceNotify } from './system/service-notify.ts';
import { shiftedClock } from './system/shifted-clock.ts';
import { tillMessages } from './till/till-messages.ts';
import { VERSION } from './version.ts';
import { FAULT_NAMES, type FaultName, type SampleDesk } from './web/desk.ts';
import { listen } from './web/listen.ts';
import { shopMetrics } from './web/shop-metrics.ts';
import { createWebApp } from './web/web-app.ts';

export type DaemonOrder = {
  readonly config: Config;
  /** What was said of it when it was read: told first. */
  readonly warnings: readonly string[];
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
  for (const warning of order.warnings) log.warn(warning);
  const report = (error: Error): void => log.error({ err: error }, error.message);

  const { lock, shop } = await openAlone(config, { clock, log, report });
  const { calendar, latestInstant, ledger, visits } = shop;
  shop.model.openOrDoWithout();
  shop.growth.catchUp(clock.now());
  rehearse(shop, clock.now());
  const startedAt = clock.now();
  // A replayed or an invented shop is no judge of the machine's clock.
  const isReplay = order.at !== null;
  const isJudge = !isReplay && !isSample;
  const clockWatch = watchMachineClock({ shop, log });
  const left = await writing(shop, async () => {
    if (isJudge) await clockWatch.look();
    return ledger.atStart(startedAt);
  });
  const inUse = makePrinter({ config, profile: shop.profile, clock, startsAfterBreak: ledger.mayHang() });
  const { printer, simulated } = inUse;
  const { scanner, finished } = makeScanner({ config, clock });
  const at = makeTill({ shop, printer, isClockDoubtful: () => isJudge && clockWatch.isDoubtful(), report });
  const { till, turns } = at;

  const address: { is: string } = { is: '' };
  const printerMismatch = watchIdentity({ printer, changed: () => desk.tellStatus(), report });
  const status = statusReader({
    version: VERSION,
    clock,
    calendar,
    till: shop.till,
    shop: config.shop,
    startedAt,
    isReplay,
    isSamplePrinter: simulated !== null,
    printerMismatch,
    printer,
    scanner,
    turns,
    customers: shop.customers,
    products: shop.products,
    ledger,
    visits,
    isClockDoubtful: till.isClockDoubtful,
    model: () => shop.model.about(),
    modelDamage: () => shop.model.damage(),
    storage: () => storageOf({ file: shop.file, isInTrouble: at.trouble.isThere() }),
    address: () => address.is,
    sampleNewestDay: isSample ? newestDay(shop) : null,
    isStopping: () => ending.aborted,
  });
  const sample = sampleDesk(order.sampleCards, simulated, () => {
    // Whoever breaks or mends it holds up a card next, sooner than the printer would be asked by itself.
    void printer.checkStatus();
    desk.tellStatus();
  });
  const desk = makeDesk({ shop, at, status, sample });
  const metrics = shopMetrics(desk, { salesToReview: salesToReview(shop, () => turns.isFree) });
  const { host, port, token, names } = config.http;
  const web = createWebApp(
    {
      desk,
      clock,
      calendar,
      till: shop.till,
      messages: tillMessages({ calendar, believedNow: () => (till.isClockDoubtful() ? null : clock.now()) }),
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
      lamp: config.lamp === null ? NO_LAMP : new FileLamp({ path: config.lamp.path, report }),
      settle: () => left,
      listen: async (until) => {
        // The printer was asked just now: where another TillCAT has it, this one is a mistake.
        const refusal = await inUse.refusal();
        if (refusal !== null) throw refusal;
        const listening = await listen({ web, host, port, clock: realClock, signal: until });
        address.is = listening.address;
        return listening;
      },
      keepHouse: (until) =>
        keepHouse(
          {
            watchClock: async () => {
              if (isJudge) await clockWatch.look();
            },
            isClockDoubtful: till.isClockDoubtful,
            // A replay only looks at another time: nothing is over and nothing is deleted by it.
            expire: () =>
              void (isReplay || ledger.expire({ at: clock.now(), isClockDoubtful: till.isClockDoubtful() })),
            purge: async (aborted) => void (isReplay || (await shop.purge({ at: clock.now(), signal: aborted }))),
            lookForNews: () => shop.lookForNews(),
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

  // Compiled code is on disk from now on, whatever becomes of this process; what was read of it, 6 MB, is let go.
  flushCompileCache();

  if (!isSample) {
    // A big store is not looked through before it serves, so that a start does not grow with the shop (small-store.ts).
    void lookThrough(shop.file, ending)
      .then((problem) => {
        if (problem === null) return;
        log.error({ problem }, 'the store is damaged; starting anew from the last backup');
        stop.abort(new Error('the store is damaged'));
      })
      .catch((thrown: unknown) => {
        if (!ending.aborted) report(toError(thrown));
      });
  }

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
      while (!turns.isFree && !ending.aborted && isAtWork(printer)) await clock.sleep(QUIET_LOOK_MS);
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

/**
 * The folder's lock comes first: a damaged store gives way to its last backup, and nobody else may be in it then.
 * @throws TillError FOLDER_IN_USE, and all that openShop throws
 */
async function openAlone(
  config: Config,
  { clock, log, report }: { clock: Clock; log: Log; report: (error: Error) => void },
): Promise<{ lock: FolderLock; shop: Shop }> {
  makeDataFolder(config.data);
  const lock = await lockFolder(config.data);
  try {
    const recovery = recover(config);
    if (recovery !== null) log.error({ problem: recovery.problem }, recoveryWords(recovery, clock.now()));
    const shop = openShop(config, { clock, report });
    keepFewPages(shop.db);
    return { lock, shop };
  } catch (thrown) {
    await lock[Symbol.asyncDispose]();
    throw toError(thrown);
  }
}

/** How often the prompt looks whether the printer has come to rest. */
const QUIET_LOOK_MS = 20;

/** Somebody who waits at a printer that cannot print may wait long. */
function isAtWork(printer: Printer): boolean {
  const status = printer.status();
  return canPrint(status) || status.state === 'printing';
}

function newestDay({ purchases, calendar }: Shop): LocalDay | null {
  const newest = purchases.newestAt();
  return newest === null ? null : calendar.dayOf(newest);
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
