// The doctor's rules: what each part of a shop must be for the daemon to serve, and what to do where it is not.
import type { Instant } from './domain/calendar.ts';
import type { PrinterStatus } from './domain/printer-status.ts';
import type { Unmapped } from './offers/policy.ts';
import type { ScannerState } from './scan/scanner.ts';

export type Finding = {
  readonly level: 'ok' | 'warning' | 'error';
  readonly part: string;
  readonly words: string;
};

const ok = (part: string, words: string): Finding => ({ level: 'ok', part, words });
const warning = (part: string, words: string): Finding => ({ level: 'warning', part, words });
const error = (part: string, words: string): Finding => ({ level: 'error', part, words });

const DAY_MS = 86_400_000;
const OLD_MODEL_DAYS = 4;
/** GS1's range for demonstrations (GS1 General Specifications, 1.4.2): no till outside a demonstration may meet it. */
const DEMONSTRATION_PREFIX = '950';
/** Beyond this, remembering is for evaluating recommenders only. */
const LONG_MEMORY_DAYS = 182;

export function judgeConfig(of: { file: string | null; memoryDays: number }): Finding[] {
  const found = [
    of.file === null ? ok('config', 'none found; the defaults stand, with simulated devices') : ok('config', of.file),
  ];
  if (of.memoryDays > LONG_MEMORY_DAYS) {
    found.push(
      warning(
        'memory',
        `${of.memoryDays} days are remembered: for evaluation only, not for customers; set history.memoryDays to 56`,
      ),
    );
  }
  return found;
}

export function judgeKey(of: { fingerprint: string; source: 'credential' | 'file' | 'made'; file: string }): Finding {
  if (of.source !== 'made')
    return ok('key', `fingerprint ${of.fingerprint}; it must be the same on all tills of the shop`);
  return warning(
    'key',
    `made just now as ${of.file}, fingerprint ${of.fingerprint}; give all tills of the shop the same one, and keep a copy`,
  );
}

export function judgeStore(of: {
  file: string;
  customers: number;
  products: number;
  newestAt: Instant | null;
  now: Instant;
}): Finding[] {
  const found = [ok('store', `${of.file}: ${of.customers} customers, ${of.products} products`)];
  if (of.customers === 0)
    found.push(
      warning('customers', 'none are known, so every card is unknown; import them: tillcat import customers FILE'),
    );
  if (of.newestAt === null)
    found.push(warning('purchases', 'there are none; import them: tillcat import purchases FILE'));
  else if (of.now - of.newestAt > 7 * DAY_MS) {
    found.push(
      warning(
        'purchases',
        `the newest is ${Math.floor((of.now - of.newestAt) / DAY_MS)} days old; is the nightly import running?`,
      ),
    );
  }
  return found;
}

export function judgePolicy(unmapped: Unmapped): Finding {
  if (unmapped.products === 0) return ok('policy', 'every product is mapped');
  const some = unmapped.categories.slice(0, 3).map(({ category }) => category ?? '(no category)');
  return warning(
    'policy',
    `${counted(unmapped.products, 'product', 'products')} in ${counted(unmapped.categories.length, 'unmapped category', 'unmapped categories')} not printed; map them in policy.categories (${some.join(', ')} …)`,
  );
}

export function judgeModel(model: { name: string; asOf: Instant } | null, now: Instant): Finding {
  if (model === null) return warning('model', 'there is none, so nothing new is offered; build one: tillcat train');
  const days = Math.floor((now - model.asOf) / DAY_MS);
  if (days > OLD_MODEL_DAYS)
    return warning('model', `${model.name} is ${days} days old; is the nightly training running?`);
  return ok('model', model.name);
}

export function judgePrinter(of: {
  name: string;
  profile: string;
  status: PrinterStatus;
  isSimulated: boolean;
  /** Another process has the printer, as a daemon that runs has. */
  refusal: Error | null;
}): Finding {
  const words = `${of.name}, profile ${of.profile}`;
  if (of.refusal !== null) return warning('printer', `not asked: ${of.refusal.message}`);
  switch (of.status.state) {
    case 'ready':
    case 'printing':
      return of.isSimulated
        ? warning('printer', `simulated as ${of.profile}; name the real one in printer.transport`)
        : ok('printer', `${words}: ready`);
    case 'paper-low':
      return warning('printer', `${words}: the paper is nearly out; have a roll at hand`);
    case 'none':
      return warning('printer', 'none is configured; nobody gets a strip');
    case 'paper-out':
      return error('printer', `${words}: the paper is out; put a new roll in`);
    case 'cover-open':
      return error('printer', `${words}: the cover is open; close it`);
    case 'cutter-jammed':
      return error('printer', `${words}: the cutter is jammed; open the cover, take the paper out and close it`);
    case 'head-hot':
      return error('printer', `${words}: the head is too hot; it goes on by itself when it has cooled`);
    case 'silent':
      return error('printer', `${words}: it does not answer; check that it is on, its baud rate and its profile`);
    case 'offline':
      return error('printer', `${words}: ${of.status.why}`);
  }
}

/** `problem`: what is wrong with who the printer says it is; null where nothing is. */
export function judgeIdentity(problem: string | null): Finding[] {
  return problem === null ? [] : [warning('printer', problem)];
}

export function judgePrefix(of: { companyPrefix: string; isSimulated: boolean }): Finding {
  if (!of.companyPrefix.startsWith(DEMONSTRATION_PREFIX)) return ok('gs1', `company prefix ${of.companyPrefix}`);
  const words = `company prefix ${of.companyPrefix} is of GS1's demonstration range; put the shop's own into gs1.companyPrefix`;
  return of.isSimulated ? warning('gs1', words) : error('gs1', words);
}

export function judgeScanner(of: { kind: string; state: ScannerState; hasRules: boolean; isThere: boolean }): Finding {
  const { state } = of;
  switch (state.state) {
    case 'listening':
      return of.hasRules
        ? ok('scanner', `${of.kind}: listening`)
        : warning('scanner', 'any barcode may be a card; say in cards what a card of the shop looks like');
    case 'simulated':
      return ok('scanner', 'simulated');
    case 'none':
      return ok('scanner', 'none; cards come over HTTP');
    case 'offline':
      return error('scanner', of.isThere ? state.why : `${of.kind} is not there; check the cable and the udev rule`);
  }
}

/** What the running daemon says of its devices. */
export function judgeServing(of: {
  printer: { name: string; state: PrinterStatus['state']; why: string | null; isSimulated: boolean };
  scanner: { state: 'ready' | 'offline' | 'none'; why: string | null; isSimulated: boolean };
  profile: string;
}): Finding[] {
  const { printer, scanner, profile } = of;
  const { state } = printer;
  const status = state === 'offline' ? { state, why: printer.why ?? 'it is offline' } : { state };
  const seen: ScannerState =
    scanner.state === 'offline'
      ? { state: 'offline', why: scanner.why ?? 'it is offline' }
      : { state: scanner.state === 'none' ? 'none' : scanner.isSimulated ? 'simulated' : 'listening' };
  return [
    judgePrinter({ name: printer.name, profile, status, isSimulated: printer.isSimulated, refusal: null }),
    judgeScanner({ kind: 'the daemon', state: seen, hasRules: true, isThere: true }),
  ];
}

export function judgePort(of: { host: string; port: number; daemon: 'serving' | 'stranger' | 'absent' }): Finding {
  const place = `port ${of.port} on ${of.host}`;
  switch (of.daemon) {
    case 'serving':
      return ok('port', `${place}: the daemon serves`);
    case 'absent':
      return ok('port', `${place} is free; the daemon does not run`);
    case 'stranger':
      return error('port', `${place} is taken by something else; stop that, or set http.port to a free port`);
  }
}

export function judgeClock(of: { isDoubtful: boolean; text: string }): Finding {
  return of.isDoubtful
    ? error('clock', `${of.text} is not believed; set it right, or say that it is right: tillcat clock accept`)
    : ok('clock', of.text);
}

export function judgeDisk(of: { state: 'enough' | 'low' | 'full'; freeBytes: number }): Finding {
  const words = `${Math.floor(of.freeBytes / 1_000_000)} MB free`;
  switch (of.state) {
    case 'enough':
      return ok('disk', words);
    case 'low':
      return warning('disk', `${words}: make room soon`);
    case 'full':
      return error('disk', `${words}: no coupons can be issued; make room now`);
  }
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
