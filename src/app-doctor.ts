// The composition root's doctor: asks every part how it is; doctor.ts judges what it hears.
import { existsSync } from 'node:fs';
import { makePrinter, makeScanner } from './app-devices.ts';
import { openShop, type Shop } from './app.ts';
import { loadConfig } from './config/load-config.ts';
import * as judge from './doctor.ts';
import type { Finding } from './doctor.ts';
import { TillError } from './domain/till-error.ts';
import { countUnmapped } from './offers/policy.ts';
import { canPrint } from './domain/printer-status.ts';
import { identityProblem } from './printer/identity.ts';
import { diskSpace } from './system/disk-space.ts';
import { realClock } from './system/real-clock.ts';
import { machineTimeSync } from './system/time-sync.ts';
import { askDaemon } from './web/ask-daemon.ts';

/** Long enough for a scanner's port to open and a printer to answer. */
const DEVICE_MS = 2500;

/** Every part in turn; what keeps one from being asked is its own finding, and the others are asked all the same. */
export async function examine(configFile: string | null, signal: AbortSignal): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const loaded = loadConfig({ configFile, env: process.env, cwd: process.cwd() });
  const { config } = loaded;
  findings.push(...judge.judgeConfig({ file: loaded.file, memoryDays: config.history.memoryDays }));
  let shop: Shop;
  try {
    shop = openShop(config, { clock: realClock, report: (error) => findings.push(broken('model', error)) });
  } catch (thrown) {
    if (thrown instanceof TillError) return [...findings, broken('store', thrown)];
    throw thrown;
  }
  using open = shop;
  const now = realClock.now();
  findings.push(judge.judgeKey(open.key));
  findings.push(
    ...judge.judgeStore({
      file: open.file,
      customers: open.customers.count(),
      products: open.products.count(),
      newestAt: open.purchases.newestAt(),
      now,
    }),
  );
  findings.push(judge.judgePolicy(countUnmapped(open.products.all(), open.policy)));
  try {
    findings.push(judge.judgeModel(open.model.about(), now));
  } catch (thrown) {
    if (!(thrown instanceof TillError)) throw thrown;
    findings.push(broken('model', thrown));
  }
  const isSynchronised = (await machineTimeSync()) === 'synchronised';
  const isDoubtful = open.latestInstant.judge({ now, isSynchronised }) !== 'trusted';
  findings.push(judge.judgeClock({ isDoubtful, text: open.calendar.isoLocal(now) }));
  findings.push(judge.judgeDisk(await diskSpace(config.data)));
  const daemon = await askDaemon(config.http);
  findings.push(judge.judgePort({ ...config.http, daemon: daemon.is }));
  const { companyPrefix } = config.gs1;
  const isSimulated = config.printer.transport.type === 'simulated';
  findings.push(judge.judgePrefix({ companyPrefix, isSimulated }));
  // A daemon that runs holds its devices, and knows best how they are.
  if (daemon.is === 'serving') findings.push(...judge.judgeServing({ ...daemon.status, profile: open.profile.name }));
  else findings.push(...(await examineDevices(open, signal)));
  return findings;
}

async function examineDevices(shop: Shop, signal: AbortSignal): Promise<Finding[]> {
  const { config, profile } = shop;
  const { printer, name, simulated, refusal } = makePrinter({
    config,
    profile,
    clock: realClock,
    startsAfterBreak: false,
  });
  const status = await printer.checkStatus();
  const told = canPrint(status) ? await printer.identify() : null;
  const devices = new AbortController();
  const { scanner, finished } = makeScanner({ config, clock: realClock });
  scanner.start({ signal: devices.signal, onScan: () => undefined });
  for (let waitedMs = 0; waitedMs < DEVICE_MS && scanner.state().state === 'offline'; waitedMs += 100) {
    await realClock.sleep(100, signal);
  }
  const state = scanner.state();
  printer.start(devices.signal);
  devices.abort();
  await finished();
  return [
    ...judge.judgeIdentity(told === null ? null : identityProblem({ profile, told })),
    judge.judgePrinter({
      name,
      profile: profile.name,
      status,
      isSimulated: simulated !== null && canPrint(status),
      refusal: refusal(),
    }),
    judge.judgeScanner({
      kind: 'path' in config.scanner ? `${config.scanner.type} ${config.scanner.path}` : config.scanner.type,
      state,
      hasRules: config.cards.length > 0,
      isThere: !('path' in config.scanner) || existsSync(config.scanner.path),
    }),
  ];
}

function broken(part: string, error: Error): Finding {
  return { level: 'error', part, words: error.message };
}
