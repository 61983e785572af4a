// A till with a big shop: how soon after its start the daemon serves, and how much memory it holds then and after its visits.
// Usage: node test/soak/big-shop.ts [--customers 100000] [--keep FOLDER] [--program FOLDER]
//
// Making the shop takes minutes (nine million lines and a night's training for 100,000 customers); starting it must not.
// The program is compiled ahead, as the package's installation does it: the first of the starts is the first after an installation.
// With --keep the shop is made in that folder and left there, and the next run with it starts what it finds; with --program it is
// another program that starts, such as an unpacked package's usr/lib/tillcat. The printer is another process, as on a real till.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { inventPurchases, LAST_DAY, PRODUCTS } from '../../bench/invented-shop.ts';
import { openShop } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { instant } from '../../src/domain/calendar.ts';
import type { PurchaseRow } from '../../src/domain/shop-rows.ts';
import { damageOf } from '../../src/store/check-pages.ts';
import { shiftedClock } from '../../src/system/shifted-clock.ts';
import { DAY_MS } from './soak-shop.ts';

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '100000' },
    keep: { type: 'string' },
    program: { type: 'string', default: join(import.meta.dirname, '../..') },
  },
});
const customers = Number(values.customers);
const BATCH = 50_000;
const STARTS = 3;
/** Memory is looked at after so many. */
const VISITS = [20, 100, 500];
const LOOK_MS = 5;
const READY_MS = 60_000;
const now = instant(LAST_DAY * DAY_MS + DAY_MS / 2);
const port = 20_000 + 2 * (process.pid % 10_000);
const scanned = z.object({ visit: z.string(), outcome: z.string() });
const visited = z.object({ end: z.string().nullable() });

const program = join(values.program, 'bin/tillcat');
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'tillcat-big-'));
mkdirSync(folder, { recursive: true });
const compiled = join(folder, 'compiled');
const env = { ...process.env, NODE_COMPILE_CACHE: compiled, NODE_ENV: 'production' };
const configFile = join(folder, 'tillcat.yaml');
writeFileSync(
  configFile,
  `data: data
secrets: secrets
http: { port: ${port} }
cards: [ { prefix: "", length: 6, check: none } ]
policy: { categories: { "*": ok } }
holdout: { customersPercent: 0 }
visit: { daysBetweenStrips: 0 }
printer: { profile: epson-tm-t20iii, transport: { type: tcp, host: 127.0.0.1, port: ${port + 1} } }
`,
);
try {
  if (!existsSync(join(folder, 'data', 'models', 'current'))) await makeShop();
  const store = join(folder, 'data', 'tillcat.db');
  const lookedFrom = performance.now();
  const damage = damageOf(store, 'pages');
  const lookedMs = performance.now() - lookedFrom;
  process.stdout.write(
    `${customers} customers, store ${Math.round(statSync(store).size / 1e6)} MB: looking through it takes ${lookedMs.toFixed(0)} ms (${damage ?? 'sound'}), which is why no start waits for it\n`,
  );
  const outside = join(import.meta.dirname, 'printer-outside.ts');
  const printer = spawn(process.execPath, [outside, String(port + 1), join(folder, 'printed')], { stdio: 'ignore' });
  try {
    process.stdout.write(`compiled ahead in ${compileAhead().toFixed(0)} ms\n`);
    for (let start = 0; start < STARTS; start++) process.stdout.write(`${await startOnce(start)}\n`);
  } finally {
    printer.kill('SIGTERM');
  }
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true });
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

/** As packaging/debian/postinst. Answers how long it took, in ms. */
function compileAhead(): number {
  const began = performance.now();
  rmSync(compiled, { recursive: true, force: true });
  const ahead = join(resolve(values.program), 'src/system/compile-ahead.ts');
  execFileSync(program, ['--help'], { env: { ...env, NODE_OPTIONS: `--import=${ahead}` }, stdio: 'ignore' });
  return performance.now() - began;
}

async function startOnce(start: number): Promise<string> {
  const began = performance.now();
  const daemon = spawn(program, ['--config', configFile, 'run', '--at', new Date(now).toISOString()], {
    env,
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => void daemon.once('exit', () => resolve()));
  try {
    while (!(await answers('/healthz'))) {
      if (performance.now() - began > READY_MS) throw new Error('it does not come up');
      await sleep(LOOK_MS);
    }
    const readyMs = performance.now() - began;
    const processor = processorMs(daemon.pid);
    const memory = [`${residentMegabytes(daemon.pid)} MB then`];
    let visits = 0;
    for (const until of VISITS) {
      while (visits < until) await visit(cardOf(1 + ((37 * ++visits + start) % customers)));
      memory.push(`${residentMegabytes(daemon.pid)} after ${until} visits`);
    }
    return `ready ${readyMs.toFixed(0)} ms after its start, ${processor} of them at work; ${memory.join(', ')}`;
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

/** A card held up, and the end of its strip waited for. */
async function visit(card: string): Promise<void> {
  const answered = await fetch(`http://127.0.0.1:${port}/api/v1/scans`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ card }),
  });
  const { visit, outcome } = scanned.parse(await answered.json());
  if (outcome !== 'printing') throw new Error(`card ${card} got no strip: ${outcome}`);
  for (let end: string | null = null; end !== 'printed';) {
    if (end !== null) throw new Error(`the strip of card ${card} ended ${end}`);
    await sleep(LOOK_MS);
    end = visited.parse(await (await fetch(`http://127.0.0.1:${port}/api/v1/visits/${visit}`)).json()).end;
  }
}

/** User's and system's since it began; Linux counts in hundredths of a second. */
function processorMs(pid: number | undefined): number {
  const [, fields = ''] = readFileSync(`/proc/${pid ?? 'self'}/stat`, 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(11, 13).map(Number);
  return 10 * ((user ?? 0) + (system ?? 0));
}

function residentMegabytes(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid ?? 'self'}/status`, 'utf8');
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
}

function cardOf(customer: number): string {
  return String(customer).padStart(6, '0');
}
