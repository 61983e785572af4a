// A till with a big shop: how soon after its start the daemon serves, and how much memory it holds then and after a visit.
// Usage: node test/soak/big-shop.ts [--customers 100000]
//
// Making the shop takes minutes (nine million lines and a night's training for 100,000 customers); starting it must not.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inventPurchases, LAST_DAY, PRODUCTS } from '../../bench/invented-shop.ts';
import { openShop } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { instant } from '../../src/domain/calendar.ts';
import type { PurchaseRow } from '../../src/domain/shop-rows.ts';
import { damageOf } from '../../src/store/check-pages.ts';
import { shiftedClock } from '../../src/system/shifted-clock.ts';
import { DAY_MS } from './soak-shop.ts';

const { values } = parseArgs({ options: { customers: { type: 'string', default: '100000' } } });
const customers = Number(values.customers);
const BATCH = 50_000;
const STARTS = 3;
const READY_MS = 60_000;
const now = instant(LAST_DAY * DAY_MS + DAY_MS / 2);
const port = 20_000 + (process.pid % 20_000);

const folder = mkdtempSync(join(tmpdir(), 'tillcat-big-'));
const configFile = join(folder, 'tillcat.yaml');
writeFileSync(
  configFile,
  `data: data
secrets: secrets
http: { port: ${port} }
cards: [ { prefix: "", length: 6, check: none } ]
policy: { categories: { "*": ok } }
holdout: { customersPercent: 0 }
`,
);
try {
  await makeShop();
  const store = join(folder, 'data', 'tillcat.db');
  const lookedFrom = performance.now();
  const damage = damageOf(store, 'pages');
  const lookedMs = performance.now() - lookedFrom;
  process.stdout.write(
    `${customers} customers, store ${Math.round(statSync(store).size / 1e6)} MB: looking through it takes ${lookedMs.toFixed(0)} ms (${damage ?? 'sound'}), which is why no start waits for it\n`,
  );
  for (let start = 0; start < STARTS; start++) process.stdout.write(`${await startOnce()}\n`);
} finally {
  rmSync(folder, { recursive: true });
}

async function makeShop(): Promise<void> {
  const { config } = loadConfig({ configFile, env: {}, cwd: folder });
  using shop = openShop(config, { clock: shiftedClock(now), report: () => undefined });
  const intake = shop.intake();
  intake.takeProducts(
    Array.from({ length: PRODUCTS }, (_, product) => ({
      code: String(product + 1),
      name: `Tuote ${product + 1}`,
      category: `Laji ${product % 200}`,
      department: null,
      priceCents: null,
      flags: ['ok' as const],
    })),
  );
  intake.takeCustomers(
    Array.from({ length: customers }, (_, customer) => ({
      customerCode: String(customer + 1),
      card: cardOf(customer + 1),
      language: null,
      status: 'active' as const,
      optedOut: false,
    })),
    now,
  );
  const table = inventPurchases(customers);
  for (let from = 0; from < table.count; from += BATCH) {
    const rows: PurchaseRow[] = [];
    for (let line = from; line < Math.min(from + BATCH, table.count); line++) {
      rows.push({
        customerCode: String(table.customer[line]),
        basketCode: String(table.basket[line]),
        at: instant((table.day[line] ?? 0) * DAY_MS + DAY_MS / 3),
        productCode: String(table.product[line]),
        quantityMilli: 1000,
        priceCents: null,
      });
    }
    intake.takePurchases(rows);
  }
  process.stdout.write(`${table.count} lines taken in\n`);
  const trained = await shop.train({ asOf: now, signal: new AbortController().signal, onProgress: () => undefined });
  process.stdout.write(
    `trained in ${trained.summary.seconds} s, model ${Math.round(trained.summary.bytes / 1e6)} MB\n`,
  );
}

async function startOnce(): Promise<string> {
  const program = join(import.meta.dirname, '../../bin/tillcat');
  const began = performance.now();
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled'), NODE_ENV: 'production' };
  const daemon = spawn(program, ['--config', configFile, 'run', '--at', new Date(now).toISOString()], {
    env,
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => void daemon.once('exit', () => resolve()));
  try {
    while (!(await answers('/healthz'))) {
      if (performance.now() - began > READY_MS) throw new Error('it does not come up');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const readyMs = performance.now() - began;
    const fresh = residentMegabytes(daemon.pid);
    for (let customer = 1; customer <= 20; customer++) await scan(cardOf(customer * 37));
    return `ready ${readyMs.toFixed(0)} ms after its start, ${fresh} MB; after 20 visits ${residentMegabytes(daemon.pid)} MB`;
  } finally {
    daemon.kill('SIGTERM');
    await ended;
  }
}

async function answers(path: string): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}${path}`)).ok;
  } catch {
    // Not yet.
    return false;
  }
}

async function scan(card: string): Promise<void> {
  await fetch(`http://127.0.0.1:${port}/api/v1/scans`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ card }),
  });
}

function residentMegabytes(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid ?? 'self'}/status`, 'utf8');
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
}

function cardOf(customer: number): string {
  return String(customer).padStart(6, '0');
}
