// How the daemon is, in one piece: what the page, the API, the metrics and the watchdog ask for.
import type { Instant, LocalDay, ShopCalendar } from './domain/calendar.ts';
import type { JudgedRankers } from './domain/judged-ranker.ts';
import type { Clock } from './domain/clock.ts';
import type { TillId } from './domain/ids.ts';
import { canPrint } from './domain/printer-status.ts';
import type { Printer } from './printer/printer.ts';
import type { Turns } from './printer/turns.ts';
import { lostBy } from './hear-scans.ts';
import type { Scanner } from './scan/scanner.ts';
import type { Customers } from './store/customers.ts';
import type { Ledger, LedgerCounts } from './store/ledger.ts';
import type { Products } from './store/products.ts';
import type { VisitLog } from './store/visits.ts';
import type { DaemonState, DaemonStatus, ScannerStatus } from './web/desk.ts';

export type StatusParts = {
  readonly version: string;
  readonly clock: Clock;
  readonly calendar: ShopCalendar;
  readonly till: TillId;
  readonly shop: DaemonStatus['shop'];
  readonly startedAt: Instant;
  readonly isReplay: boolean;
  readonly isSamplePrinter: boolean;
  /** What is wrong with who the printer says it is (printer/who-is-there.ts). */
  readonly printerMismatch: () => string | null;
  readonly printer: Printer;
  readonly scanner: Scanner;
  readonly turns: Turns;
  readonly customers: Pick<Customers, 'count'>;
  readonly products: Pick<Products, 'count'>;
  readonly ledger: Pick<Ledger, 'counts'>;
  readonly visits: Pick<VisitLog, 'recent'>;
  readonly isClockDoubtful: () => boolean;
  readonly model: () => { readonly name: string; readonly asOf: Instant; readonly rankers: JudgedRankers } | null;
  /** Why another ranks than the one put in place last. */
  readonly modelDamage: () => string | null;
  readonly storage: () => DaemonStatus['storage'];
  readonly address: () => string;
  readonly sampleNewestDay: LocalDay | null;
  readonly isStopping: () => boolean;
};

/** Counting reads whole tables; what was counted stands this long. */
const COUNTS_MS = 2000;
const VISITS_SHOWN = 10;
const DAY_MS = 86_400_000;
/** A model older than this has not been trained for days of nights. */
const OLD_MODEL_DAYS = 4;
/** The sample shop's newest day may be this old before its habits look like the past. */
const OLD_SAMPLE_DAYS = 7;

type Counts = { readonly customers: number; readonly products: number; readonly ledger: LedgerCounts };

export function statusReader(parts: StatusParts): () => DaemonStatus {
  let counted: { readonly atMs: number; readonly counts: Counts } | null = null;
  const counts = (): Counts => {
    const nowMs = parts.clock.monotonicMs();
    if (counted === null || nowMs - counted.atMs >= COUNTS_MS) {
      const { customers, products, ledger } = parts;
      counted = {
        atMs: nowMs,
        counts: { customers: customers.count(), products: products.count(), ledger: ledger.counts() },
      };
    }
    return counted.counts;
  };
  return () => statusOf(parts, counts());
}

function statusOf(parts: StatusParts, counts: Counts): DaemonStatus {
  const { clock, calendar, printer, turns } = parts;
  const now = clock.now();
  const today = calendar.dayOf(now);
  const model = parts.model();
  const isDoubtful = parts.isClockDoubtful();
  const storage = parts.storage();
  const sample = sampleOf(parts.sampleNewestDay, today);
  const problems: string[] = [];
  const mismatch = parts.printerMismatch();
  if (mismatch !== null) problems.push(`The printer is not the one of the profile: ${mismatch}.`);
  if (counts.customers === 0) problems.push('No customers are known; take them in: tillcat import customers FILE');
  const modelProblem = modelProblemOf({ model, damage: parts.modelDamage(), now, nowText: calendar.isoLocal(now) });
  if (modelProblem !== null) problems.push(modelProblem);
  if (isDoubtful)
    problems.push('The clock is not believed, so no coupons are printed; set it right, or: tillcat clock accept');
  if (storage.state === 'nearly-full') problems.push('The disk is nearly full; make room soon.');
  if (storage.state === 'not-writable')
    problems.push('The disk is full or cannot be written; no coupons can be issued.');
  if (sample?.isOld === true)
    problems.push('The sample shop is over a week old; renew it: rm -r var/sample, and start again');
  return {
    version: parts.version,
    state: stateOf(parts, { isDoubtful, storage, isModelWell: modelProblem === null }),
    problems,
    startedAt: parts.startedAt,
    till: parts.till,
    shop: parts.shop,
    address: parts.address(),
    printer: {
      name: printer.profile?.model ?? 'none',
      isSimulated: parts.isSamplePrinter,
      status: printer.status(),
      mismatch,
    },
    scanner: scannerStatus(parts.scanner),
    clock: { state: isDoubtful ? 'doubtful' : 'ok', now, isReplay: parts.isReplay },
    model: model === null ? null : { ...model, ageDays: Math.max(0, Math.floor((now - model.asOf) / DAY_MS)) },
    customers: counts.customers,
    products: counts.products,
    queueLength: turns.waitingCount,
    lastVisits: parts.visits.recent(VISITS_SHOWN).map((record) => ({
      visit: record.visit,
      at: record.at,
      outcome: record.outcome,
      end: record.end,
      coupons: record.coupons.length,
    })),
    coupons: counts.ledger.coupons,
    storage,
    sample,
  };
}

/** What its name and its age do not say. @param of.nowText as `train --as-of` takes it */
export function modelProblemOf(of: {
  model: { readonly name: string; readonly asOf: Instant } | null;
  damage: string | null;
  now: Instant;
  nowText: string;
}): string | null {
  const { model, damage, now, nowText } = of;
  if (damage !== null) return damage;
  if (model === null) return 'There is no model yet; build one: tillcat train';
  if (model.asOf <= now) return null;
  return `The model ${model.name} is of the future and may know what is yet to be bought; build one: tillcat train --as-of ${nowText}`;
}

function stateOf(
  parts: StatusParts,
  known: { isDoubtful: boolean; storage: DaemonStatus['storage']; isModelWell: boolean },
): DaemonState {
  if (parts.isStopping()) return 'stopping';
  if (known.isDoubtful || known.storage.state === 'not-writable') return 'unable';
  const printer = parts.printer.status();
  const isPrinterWell = canPrint(printer) || printer.state === 'printing';
  const isScannerWell = parts.scanner.state().state !== 'offline';
  const isModelFresh = known.isModelWell && modelAgeDays(parts) <= OLD_MODEL_DAYS;
  const isWell = isPrinterWell && printer.state !== 'paper-low' && isScannerWell && isModelFresh;
  return isWell && known.storage.state === 'ok' ? 'ready' : 'degraded';
}

function modelAgeDays(parts: StatusParts): number {
  const model = parts.model();
  return model === null ? Infinity : (parts.clock.now() - model.asOf) / DAY_MS;
}

function scannerStatus(scanner: Scanner): ScannerStatus {
  const state = scanner.state();
  switch (state.state) {
    case 'listening':
      return { state: 'ready', isSimulated: false, ...heardBy(scanner) };
    case 'simulated':
      return { state: 'ready', isSimulated: true, ...heardBy(scanner) };
    case 'offline':
      return state;
    case 'none':
      return state;
  }
}

function heardBy(scanner: Scanner): { scans: number; lost: number } {
  return { scans: scanner.counts().scans, lost: lostBy(scanner) };
}

function sampleOf(newestDay: LocalDay | null, today: LocalDay): DaemonStatus['sample'] {
  return newestDay === null ? null : { newestDay, isOld: today - newestDay > OLD_SAMPLE_DAYS };
}
