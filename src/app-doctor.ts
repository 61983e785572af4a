// The composition root's doctor: asks every part how it is; doctor.ts and doctor-devices.ts judge what it hears.
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { lookThrough, storeFile } from './app-backup.ts';
import { makePrinter, makeScanner, lineAtSpeed } from './app-devices.ts';
import { profileOf, readOwnConfig, scannerProfileOf } from './app-config.ts';
import { openShop, type Shop } from './app.ts';
import type { LoadedConfig } from './config/load-config.ts';
import type { Config } from './config/schema.ts';
import * as judge from './doctor.ts';
import type { Finding } from './doctor.ts';
import * as judgeDevices from './doctor-devices.ts';
import type { PrinterSpeed } from './doctor-devices.ts';
import { canPrint } from './domain/printer-status.ts';
import { isTillError, TillError } from './domain/till-error.ts';
import { toError } from './domain/to-error.ts';
import { countUnmapped, countUntold } from './offers/policy.ts';
import { findSpeed } from './printer/find-speed.ts';
import { identityProblem } from './printer/identity.ts';
import { PRINTER_LIMITS } from './printer/limits.ts';
import type { PrinterProfile } from './printer/profile.ts';
import { SMALL_STORE_BYTES } from './store/small-store.ts';
import { diskSpace } from './system/disk-space.ts';
import { realClock } from './system/real-clock.ts';
import { findShopKey } from './system/shop-key.ts';
import { machineTimeSync } from './system/time-sync.ts';
import { askDaemon } from './web/ask-daemon.ts';

/** Long enough for a scanner's port to open and a printer to answer. */
const DEVICE_MS = 2500;
const LOOK_MS = 100;

/** Every part in turn; what keeps one from being asked is its own finding, and the others are asked all the same. */
export async function examine(configFile: string | null, signal: AbortSignal): Promise<readonly Finding[]> {
  let loaded: LoadedConfig;
  try {
    loaded = readOwnConfig(configFile);
  } catch (thrown) {
    // Without a configuration nothing else can be asked.
    if (isTillError(thrown, 'CONFIG_INVALID') || isTillError(thrown, 'CONFIG_UNREADABLE'))
      return judge.judgeProblems(thrown);
    throw thrown;
  }
  const { config, file, warnings } = loaded;
  const findings = [...judge.judgeConfig({ file, warnings, memoryDays: config.history.memoryDays })];
  findings.push(...(await examineShop(config, signal)));
  if (config.lamp !== null)
    findings.push(judgeDevices.judgeLamp({ ...config.lamp, problem: lampProblem(config.lamp.path) }));
  if (existsSync(config.data)) findings.push(judge.judgeDisk(diskSpace(config.data)));
  const daemon = await askDaemon(config.http);
  const seen = daemon.is === 'serving' ? { is: daemon.is, till: daemon.status.till } : daemon;
  findings.push(judge.judgePort({ ...config.http, own: config.till.id, daemon: seen }));
  const { transport } = config.printer;
  const isSimulated = transport.type === 'simulated';
  findings.push(judge.judgePrefix({ companyPrefix: config.gs1.companyPrefix, isSimulated }));
  const profile = readProfiles(config);
  if (profile instanceof Error) {
    const finding = judge.judgeFailure(profile);
    // Opening the shop may have said it already.
    return findings.some(({ words }) => words === finding.words) ? findings : [...findings, finding];
  }
  // A daemon that runs holds its devices, and knows best how they are.
  if (daemon.is !== 'serving') return [...findings, ...(await examineDevices({ config, profile, signal }))];
  const baudRate = {
    printer: transport.type === 'serial' ? transport.baudRate : null,
    scanner: config.scanner.type === 'serial' ? config.scanner.baudRate : null,
  };
  return [...findings, ...judgeDevices.judgeServing({ ...daemon.status, profile: profile.name, baudRate })];
}

/** Why it cannot be switched; asked without switching it. */
function lampProblem(path: string): string | null {
  try {
    accessSync(path, constants.W_OK);
    return null;
  } catch (thrown) {
    return toError(thrown).message;
  }
}

/** Key, store, and what is in it. */
async function examineShop(config: Config, signal: AbortSignal): Promise<Finding[]> {
  const findings: Finding[] = [];
  const hasStore = existsSync(storeFile(config));
  const secretsFolder = config.secrets;
  let shop: Shop;
  try {
    if (findShopKey({ secretsFolder, env: process.env }) === null)
      return [judge.judgeKey({ fingerprint: null, secretsFolder, hasStore })];
    shop = openShop(config, { clock: realClock, report: (error) => findings.push(judge.judgeFailure(error)) });
  } catch (thrown) {
    return [...findings, judge.judgeFailure(toError(thrown))];
  }
  using open = shop;
  findings.push(judge.judgeKey({ fingerprint: open.key.fingerprint, secretsFolder, hasStore }));
  // Opening looks through a small store only.
  const problem = statSync(open.file).size < SMALL_STORE_BYTES ? null : await lookThrough(open.file, signal);
  if (problem !== null) {
    findings.push(judge.judgeFailure(new TillError('STORE_DAMAGED', { file: open.file, problem })));
    return findings;
  }
  const now = realClock.now();
  findings.push(
    ...judge.judgeStore({
      file: open.file,
      customers: open.customers.count(),
      products: open.products.count(),
      newestAt: open.purchases.newestAt(),
      now,
    }),
  );
  const products = [...open.products.all()];
  findings.push(
    judge.judgePolicy({ ...countUnmapped(products, open.policy), untold: countUntold(products, open.policy) }),
  );
  try {
    // What cannot be used is found as it is reported.
    open.model.openOrDoWithout();
    if (open.model.damage() === null) findings.push(judge.judgeModel(open.model.about(), now));
  } catch (thrown) {
    findings.push(judge.judgeFailure(toError(thrown)));
  }
  const isSynchronised = (await machineTimeSync()) === 'synchronised';
  const isDoubtful = open.latestInstant.judge({ now, isSynchronised }) !== 'trusted';
  findings.push(judge.judgeClock({ isDoubtful, text: open.calendar.isoLocal(now) }));
  return findings;
}

/** What is wrong with a profile the configuration's check has told; whether this user may look for one, only the looking tells. */
function readProfiles(config: Config): PrinterProfile | Error {
  try {
    scannerProfileOf(config);
    return profileOf(config);
  } catch (thrown) {
    return toError(thrown);
  }
}

async function examineDevices(of: {
  config: Config;
  profile: PrinterProfile;
  signal: AbortSignal;
}): Promise<Finding[]> {
  const { config, profile, signal } = of;
  const devices = new AbortController();
  const { scanner, finished } = makeScanner({ config, clock: realClock });
  // It listens while the printer is asked: somebody may hold up a card meanwhile.
  scanner.start({ signal: devices.signal, onScan: () => undefined });
  const { printer, name, simulated, refusal } = makePrinter({
    config,
    profile,
    clock: realClock,
    startsAfterBreak: false,
  });
  const status = await printer.checkStatus();
  const told = canPrint(status) ? await printer.identify() : null;
  // Watching that is over before it begins lets the connection go.
  printer.start(AbortSignal.abort());
  const speed = status.state === 'silent' ? await speedOf(config, profile) : null;
  for (let waitedMs = 0; waitedMs < DEVICE_MS && scanner.state().state === 'offline'; waitedMs += LOOK_MS) {
    await realClock.sleep(LOOK_MS, signal);
  }
  const state = scanner.state();
  const { scans, ...losses } = scanner.counts();
  devices.abort();
  await finished();
  return [
    ...judgeDevices.judgeProfile({
      profile: profile.name,
      told: told === null ? null : `${told.maker} ${told.model}`,
      problem: told === null ? null : identityProblem({ profile, told }),
    }),
    judgeDevices.judgePrinter({
      name,
      profile: profile.name,
      status,
      isSimulated: simulated !== null && canPrint(status),
      refusal: await refusal(),
      speed,
    }),
    judgeDevices.judgeScanner({
      kind: 'path' in config.scanner ? `${config.scanner.type} ${config.scanner.path}` : config.scanner.type,
      state,
      hasRules: config.cards.length > 0,
      isThere: !('path' in config.scanner) || existsSync(config.scanner.path),
      heard: { scans, lost: Object.values(losses).reduce((sum, lost) => sum + lost, 0) },
      baudRate: config.scanner.type === 'serial' ? config.scanner.baudRate : null,
    }),
  ];
}

async function speedOf(config: Config, profile: PrinterProfile): Promise<PrinterSpeed | null> {
  const { transport } = config.printer;
  if (transport.type !== 'serial') return null;
  const { path } = transport;
  const at = (baudRate: number) => lineAtSpeed({ path, baudRate, profile, clock: realClock });
  const answersAt = await findSpeed({ at, profile, clock: realClock, limits: PRINTER_LIMITS });
  return { baudRate: transport.baudRate, answersAt: answersAt ?? 'none' };
}
