// The doctor's rules: what each part of a shop must be for the daemon to serve, and what to do where it is not.
import type { Instant } from './domain/calendar.ts';
import { isTillError, type TillError } from './domain/till-error.ts';
import type { Unmapped } from './offers/policy.ts';

export type Finding = {
  readonly level: 'ok' | 'warning' | 'error';
  readonly part: string;
  readonly words: string;
};

export const ok = (part: string, words: string): Finding => ({ level: 'ok', part, words });
export const warning = (part: string, words: string): Finding => ({ level: 'warning', part, words });
export const error = (part: string, words: string): Finding => ({ level: 'error', part, words });

const DAY_MS = 86_400_000;
const OLD_MODEL_DAYS = 4;
/** GS1's range for demonstrations (GS1 General Specifications, 1.4.2): no till outside a demonstration may meet it. */
const DEMONSTRATION_PREFIX = '950';
/** Beyond this, remembering is for evaluating recommenders only. */
const LONG_MEMORY_DAYS = 182;

export function judgeConfig(of: { file: string | null; warnings: readonly string[]; memoryDays: number }): Finding[] {
  const found = [
    of.file === null ? ok('config', 'none found; the defaults stand, with simulated devices') : ok('config', of.file),
    ...of.warnings.map((words) => warning('config', words)),
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

/** `null`: there is none. The doctor makes none: what is stored under a new one is lost under the shop's own. */
export function judgeKey(of: { fingerprint: string | null; secretsFolder: string; hasStore: boolean }): Finding {
  if (of.fingerprint !== null)
    return ok('key', `fingerprint ${of.fingerprint}; it must be the same on all tills of the shop`);
  const give = 'give this till the shop’s key: tillcat key set < shop.key';
  if (of.hasStore)
    return error('key', `there is none in ${of.secretsFolder}, and the store was made under one; ${give}`);
  return warning('key', `there is none in ${of.secretsFolder} yet; ${give}, or the first start makes a new one`);
}

/** A failure that kept a part from being asked, under the part it is about. */
export function judgeFailure(failure: Error): Finding {
  const code = 'code' in failure && typeof failure.code === 'string' ? failure.code : '';
  const [, part] = PART_OF.find(([beginning]) => code.startsWith(beginning)) ?? [];
  // The shop is served as the day before.
  if (isTillError(failure, 'MODEL_STANDS_IN') && failure.details.inUse !== null)
    return warning('model', failure.message);
  return error(part ?? 'store', failure.message);
}

const PART_OF: readonly (readonly [string, string])[] = [
  ['FILE_UNREADABLE', 'profile'],
  ['SHOP_KEY', 'key'],
  ['STORE_OTHER_KEY', 'key'],
  ['COUPON_REFERENCES', 'gs1'],
  ['MODEL', 'model'],
];

/** What is wrong with the configuration, a line for each problem. */
export function judgeProblems(failure: TillError): Finding[] {
  const { details } = failure;
  if (!('problems' in details)) return [error('config', failure.message)];
  const file = 'file' in details ? `${details.file}: ` : '';
  return details.problems.map((problem) => error('config', `${file}${problem}`));
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

export function judgePolicy(unmapped: Unmapped & { readonly untold: number }): Finding {
  if (unmapped.products === 0 && unmapped.untold > 0) {
    const words = `${counted(unmapped.untold, 'product is', 'products are')} printed because "*" is ok, and nothing tells whether that is tobacco`;
    return warning('policy', `${words}; give them a category in the product file: tillcat import products`);
  }
  if (unmapped.products === 0) return ok('policy', 'every product is mapped');
  const some = unmapped.categories.slice(0, 3).map(({ category }) => category ?? '(no category)');
  return warning(
    'policy',
    `${counted(unmapped.products, 'product', 'products')} in ${counted(unmapped.categories.length, 'unmapped category', 'unmapped categories')} not printed; map them in policy.categories (${some.join(', ')} …)`,
  );
}

export function judgeModel(model: { name: string; asOf: Instant } | null, now: Instant): Finding {
  if (model === null) return warning('model', 'there is none, so nothing new is offered; build one: tillcat train');
  if (model.asOf > now)
    return warning('model', `${model.name} is of the future, and may rank by it; build one as of now: tillcat train`);
  const days = Math.floor((now - model.asOf) / DAY_MS);
  if (days > OLD_MODEL_DAYS)
    return warning('model', `${model.name} is ${days} days old; is the nightly training running?`);
  return ok('model', model.name);
}

export function judgePrefix(of: { companyPrefix: string; isSimulated: boolean }): Finding {
  if (!of.companyPrefix.startsWith(DEMONSTRATION_PREFIX)) return ok('gs1', `company prefix ${of.companyPrefix}`);
  const words = `company prefix ${of.companyPrefix} is of GS1's demonstration range; put the shop's own into gs1.companyPrefix`;
  return of.isSimulated ? warning('gs1', words) : error('gs1', words);
}

/** `till`: whose daemon serves there. */
export function judgePort(of: {
  host: string;
  port: number;
  own: string;
  daemon: { is: 'serving'; till: string } | { is: 'stranger' | 'absent' };
}): Finding {
  const place = `port ${of.port} on ${of.host}`;
  const { daemon } = of;
  switch (daemon.is) {
    case 'serving':
      if (daemon.till === of.own) return ok('port', `${place}: the daemon serves`);
      return error('port', `${place} is taken by the daemon of till ${daemon.till}; set http.port to a free port`);
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

export function judgeDisk(of: { state: 'enough' | 'low' | 'full' | 'read-only'; freeBytes: number }): Finding {
  const words = `${Math.floor(of.freeBytes / 1_000_000)} MB free`;
  switch (of.state) {
    case 'enough':
      return ok('disk', words);
    case 'low':
      return warning('disk', `${words}: make room soon`);
    case 'full':
      return error('disk', `${words}: no coupons can be issued; make room now`);
    case 'read-only':
      return error('disk', 'it may not be written: a disk that failed is made read-only; look at it, then start anew');
  }
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
