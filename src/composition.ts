// What the commands are given: the shop, the daemon and the devices, made by the composition root and nowhere else.
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { printerFolders, profileOf, readOwnConfig } from './app-config.ts';
import { openShop, type Shop } from './app.ts';
import type { PaperView } from './app-devices.ts';
import type { DaemonOrder } from './app-daemon.ts';
import type { watchScanner } from './app-scanner.ts';
import { chooseCodeKind } from './coupons/choose-code.ts';
import { sampleConfig, sampleYaml } from './config/sample-config.ts';
import type { Config } from './config/schema.ts';
import { ShopCalendar, type Instant, type LocalDay } from './domain/calendar.ts';
import type { Coupon } from './domain/coupon.ts';
import type { Customer } from './domain/customer.ts';
import { cardNumber, parseTillId, visitId } from './domain/ids.ts';
import { isTillError, TillError } from './domain/till-error.ts';
import { canPrint } from './domain/printer-status.ts';
import { identityProblem } from './printer/identity.ts';
import { loadProfile, type PrinterProfile } from './printer/profile.ts';
import { testPage } from './receipt/test-page.ts';
import { makeSampleShop } from './sample/sample-shop.ts';
import { SAMPLE_CARD } from './sample/cards.ts';
import { fillSample, type Sample } from './sample-shop-store.ts';
import { specimenCode, specimensOf } from './preview.ts';
import { reviewCoupons } from './store/coupon-review.ts';
import { stripParts } from './strip-of.ts';
import { realClock } from './system/real-clock.ts';
import { stopSignals } from './system/stop-signals.ts';

export type { Shop } from './app.ts';
export type { DaemonHandle } from './app-daemon.ts';
export type Composition = typeof composition;

type WatchScanner = typeof watchScanner;

/** In the sample shop's folder once it is whole. */
const MADE_MARK = 'made';

export const composition = {
  stopSignals: () => stopSignals({ source: process, clock: realClock }),
  loadConfig: readOwnConfig,
  openShop: (config: Config): Shop =>
    openShop(config, { clock: realClock, report: (error) => void process.stderr.write(`tillcat: ${error.message}\n`) }),
  // Brought in when they are wanted: an import needs neither the web nor the devices, and a Pi has better uses for the memory.
  startDaemon: async (order: DaemonOrder) => (await import('./app-daemon.ts')).startDaemon(order),
  examine: async (configFile: string | null, signal: AbortSignal) =>
    (await import('./app-doctor.ts')).examine(configFile, signal),
  watchScanner: async (of: Parameters<WatchScanner>[0]) => (await import('./app-scanner.ts')).watchScanner(of),

  backups: () => import('./app-backup.ts'),
  customers: () => import('./app-customer.ts'),
  keys: () => import('./app-key.ts'),
  support: () => import('./app-support.ts'),

  reviewCoupons: ({ db, calendar }: Shop, { firstDay }: { firstDay: LocalDay }) =>
    reviewCoupons(db, { calendar, firstDay }),

  /** What `--at` means in the shop's own time zone; null for no time at all. */
  parseInstant: (text: string, config: Config): Instant | null => new ShopCalendar(config.shop.timeZone).parse(text),

  /** The strip a customer would get, as its bytes put it on paper; null where there is nothing to offer. */
  async previewStrip(shop: Shop, of: { customer: Customer; at: Instant; profileName: string | null }) {
    const { config, calendar } = shop;
    const { customer, at } = of;
    const profile = of.profileName === null ? shop.profile : namedProfile(of.profileName, config);
    const { choice } = shop.decide(customer, at);
    if (choice.offers.length === 0) return null;
    const rules = shop.couponRules;
    const coupons = specimensOf({ choice, rules, today: calendar.dayOf(at), at });
    const { code: wanted, pointerPrefix } = config.coupons;
    const codeOf = (coupon: Coupon) => specimenCode(coupon, { rules, wanted, pointerPrefix, paper: profile });
    const { columns } = profile;
    const reasonsAt = (place: number) => choice.offers[place - 1]?.reasons ?? [];
    const strip = { config, calendar, columns, customer, visit: visitId(shop.till, 0), coupons, codeOf, reasonsAt, at };
    const { viewOnPaper } = await import('./app-devices.ts');
    const view: PaperView = viewOnPaper(stripParts({ ...strip, isSpecimen: true, isCopy: false }), profile);
    return { ...view, coupons: coupons.length };
  },

  /** One page on the configured printer; nothing of the shop is on it. */
  async printTestPage(config: Config, signal: AbortSignal) {
    const profile = profileOf(config);
    const { makePrinter } = await import('./app-devices.ts');
    const { printer, name } = makePrinter({ config, profile, clock: realClock, startsAfterBreak: false });
    signal.throwIfAborted();
    const watching = new AbortController();
    const before = await printer.checkStatus();
    const told = canPrint(before) ? await printer.identify() : null;
    const hasWideCode = chooseCodeKind({ wanted: 'gs1', paper: profile }) === 'gs1';
    const { model, name: profileName, columns } = profile;
    const cutterDistanceMm = profile.hasCutter ? profile.cutterDistanceMm : null;
    const hasQr = profile.symbologies.includes('qr');
    const parts = testPage({ model, profile: profileName, columns, hasWideCode, hasQr, cutterDistanceMm });
    const till = parseTillId(config.till.id);
    if (till === null)
      throw new TillError('WRONG_USE', { problem: `till.id must be two digits, got ${config.till.id}` });
    const result = await printer.print({ visit: visitId(till, 0), parts });
    // Watching that is over at once lets the connection go.
    printer.start(watching.signal);
    watching.abort();
    const mismatch = told === null ? null : identityProblem({ profile, told });
    return { printer: name, before, told, mismatch, ...result };
  },

  /** The sample shop beside whatever configuration is in use; its folder never meets a real shop's. */
  sampleOf(ownConfigFile: string | null): Sample {
    const { config: own } = readOwnConfig(ownConfigFile);
    const calendar = new ShopCalendar('Europe/Helsinki');
    const sample = makeSampleShop({ today: calendar.dayOf(realClock.now()), calendar });
    const config = sampleConfig({
      stateFolder: resolve(own.data),
      port: own.http.port,
      shop: { id: '1', language: 'fi', currency: 'EUR', timeZone: 'Europe/Helsinki', ...sample.shop },
      cards: [SAMPLE_CARD],
      categories: sample.policy,
    });
    const configFile = join(config.data, 'tillcat.yaml');
    const toTry = new Set(sample.cardsToTry.map(({ card }) => card));
    return {
      config,
      cards: sample.cardsToTry,
      others: sample.customers
        .flatMap(({ card }) => (card === null ? [] : [cardNumber(card)]))
        .filter((card) => !toTry.has(card)),
      isMade: () => existsSync(join(config.data, MADE_MARK)),
      configFile,
      writeConfig: () => writeFileSync(configFile, sampleYaml(config), { mode: 0o600 }),
    };
  },

  /** Makes the sample shop, or what is missing of it, and trains on it. */
  async fillSample(shop: Shop, of: { signal: AbortSignal; onProgress: (words: string, share: number) => void }) {
    const { calendar, clock, config } = shop;
    const now = clock.now();
    const sample = makeSampleShop({ today: calendar.dayOf(now), calendar, notAfter: now });
    const { signal } = of;
    const filled = await fillSample({
      sample,
      intake: shop.intake(),
      now,
      calendar,
      signal,
      onProgress: (words, share) => of.onProgress(words, share * SHOPPING_SHARE),
    });
    const trained = await shop.train({
      asOf: now,
      signal,
      onProgress: (step, share) => of.onProgress(`training: ${step}`, SHOPPING_SHARE + share * (1 - SHOPPING_SHARE)),
    });
    writeFileSync(join(config.data, MADE_MARK), `${calendar.isoLocal(now)}\n`);
    return { ...filled, modelSeconds: trained.summary.seconds };
  },
};

const SHOPPING_SHARE = 0.7;

/** The one that was typed. @throws TillError WRONG_USE where there is none, PRINTER_PROFILE_INVALID */
function namedProfile(name: string, config: Config): PrinterProfile {
  try {
    return loadProfile({ name, folders: printerFolders(config) });
  } catch (thrown) {
    if (!isTillError(thrown, 'PRINTER_PROFILE_UNKNOWN')) throw thrown;
    throw new TillError('WRONG_USE', { problem: thrown.message.replace(/\.$/, '') }, { cause: thrown });
  }
}
