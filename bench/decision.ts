// Times the night and the decision on an invented shop: training, opening the model, and history, rankings and offers for one card.
//
//   node --optimize-for-size bench/decision.ts [customers …]      default 10000 50000 100000
//
// The flag is the one bin/tillcat gives. On a busy machine the seconds of processor say more than those of the clock.
// Everybody is in the model; the histories of 200 customers lie in a real store, because a decision reads one of them.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openShop } from '../src/app.ts';
import { configSchema, type Config } from '../src/config/schema.ts';
import { instant, localDay } from '../src/domain/calendar.ts';
import { cents } from '../src/domain/money.ts';
import type { PurchaseTable } from '../src/domain/purchases.ts';
import { cardNumber, customerId } from '../src/domain/ids.ts';
import { encodeModel } from '../src/recommender/model-file.ts';
import { train } from '../src/recommender/train.ts';
import { readShippedWeights } from '../src/shipped-weights.ts';
import { ModelFolder } from '../src/store/model-folder.ts';
import { realClock } from '../src/system/real-clock.ts';
import { inventPurchases, LAST_DAY, PRODUCTS } from './invented-shop.ts';

const ASKED = 200;
const DAY_MS = 86_400_000;
const NOW = instant((LAST_DAY + 1) * DAY_MS + DAY_MS / 2);

const { values, positionals } = parseArgs({ allowPositionals: true, options: { open: { type: 'string' } } });
if (values.open !== undefined) decideAll(values.open);
else for (const size of positionals.length > 0 ? positionals.map(Number) : [10_000, 50_000, 100_000]) measure(size);

function measure(customers: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'tillcat-decision-'));
  try {
    const purchases = inventPurchases(customers);
    fillStore(folder, purchases);
    const night = trainOn(purchases, folder);
    process.stdout.write(`${customers} customers, ${PRODUCTS} products, ${purchases.count} lines\n${night}`);
    // Another process, as the daemon is: its memory is not the training's.
    process.stdout.write(
      execFileSync(process.execPath, [...process.execArgv, import.meta.filename, '--open', folder], {
        encoding: 'utf8',
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function trainOn(purchases: PurchaseTable, folder: string): string {
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  let longest = 0;
  let before = began;
  const steps = train({
    purchases,
    asOf: NOW,
    asOfDay: localDay(LAST_DAY + 1),
    memoryDays: 56,
    windowDays: 56,
    shipped: readShippedWeights(join(import.meta.dirname, '..')),
    sensitive: () => false,
    categoryOf: (product) => `category ${product % 100}`,
  });
  let step = steps.next();
  while (step.done !== true) {
    const now = performance.now();
    longest = Math.max(longest, now - before);
    before = now;
    step = steps.next();
  }
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const bytes = encodeModel(step.value);
  new ModelFolder({ folder: join(folder, 'data', 'models'), waitMs: 0 }).put({ name: 'bench', bytes, card: '' });
  const { maxRSS } = process.resourceUsage();
  return `  training               ${seconds.toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} of processor), longest step ${longest.toFixed(0)} ms, ${(maxRSS / 1024).toFixed(0)} MB at its height, file ${(bytes.length / 1e6).toFixed(1)} MB
`;
}

function fillStore(folder: string, purchases: PurchaseTable): void {
  mkdirSync(join(folder, 'data'), { recursive: true });
  using shop = open(folder);
  const intake = shop.intake();
  intake.takeProducts(
    Array.from({ length: PRODUCTS }, (_, i) => ({
      code: String(i + 1),
      name: `Product ${i + 1}`,
      category: `category ${(i + 1) % 100}`,
      department: null,
      priceCents: cents(100 + (i % 900)),
      flags: [],
    })),
  );
  intake.takeCustomers(
    Array.from({ length: ASKED }, (_, i) => ({
      customerCode: `c${i + 1}`,
      card: String(i + 1),
      language: null,
      status: 'active' as const,
      optedOut: false,
    })),
    NOW,
  );
  const rows = [];
  for (let line = 0; line < purchases.count && purchases.customer[line] <= ASKED; line++) {
    rows.push({
      customerCode: `c${purchases.customer[line]}`,
      basketCode: String(purchases.basket[line]),
      at: instant(purchases.day[line] * DAY_MS + DAY_MS / 2),
      productCode: String(purchases.product[line]),
      quantityMilli: 1000,
      priceCents: null,
    });
  }
  intake.takePurchases(rows);
}

function decideAll(folder: string): void {
  const began = performance.now();
  using shop = open(folder);
  shop.model.inUse();
  const openedMs = performance.now() - began;
  const history: number[] = [];
  const choosing: number[] = [];
  const whole: number[] = [];
  const openedMegabytes = process.memoryUsage().rss / 1e6;
  const cpuBefore = process.cpuUsage();
  for (const round of [0, 1, 2]) {
    for (let card = 1; card <= ASKED; card++) {
      const customer = shop.customers.findByCard(cardNumber(String(card)));
      if (customer === null) continue;
      const asked = performance.now();
      const decision = shop.decide({ ...customer, id: customerId(customer.id) }, NOW);
      if (round === 0) continue;
      whole.push(performance.now() - asked);
      history.push(decision.historyMs);
      choosing.push(decision.choosingMs);
    }
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuMs = (user + system) / 1000 / (3 * ASKED);
  const file = join(folder, 'data', 'models', 'bench.model');
  process.stdout
    .write(`  shop and model opened  ${openedMs.toFixed(0)} ms (${(statSync(file).size / 1e6).toFixed(1)} MB)
  decision               median ${at(whole, 0.5)} ms, 95 of 100 below ${at(whole, 0.95)} ms: history ${at(history, 0.5)}, rankings and offers ${at(choosing, 0.5)}; ${cpuMs.toFixed(2)} ms of processor each
  resident               ${openedMegabytes.toFixed(0)} MB opened, ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB after ${3 * ASKED} decisions
`);
}

function at(times: readonly number[], share: number): string {
  return ([...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? NaN).toFixed(2);
}

function open(folder: string) {
  return openShop(benchConfig(folder), {
    clock: realClock,
    report: (error) => {
      throw error;
    },
  });
}

function benchConfig(folder: string): Config {
  return configSchema.parse({
    data: join(folder, 'data'),
    secrets: join(folder, 'secrets'),
    shop: { id: '1', name: 'Bench', language: 'fi', currency: 'EUR', timeZone: 'UTC' },
    gs1: { companyPrefix: '6412345' },
    policy: { categories: { '*': 'ok' } },
  });
}
