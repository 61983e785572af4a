// From the scan to the first byte: the whole visit on the sample shop, beside the one thing it cannot do without, a commit on this disk.
//
//   node bench/visit.ts
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openShop } from '../src/app.ts';
import { makeDesk, makeTill } from '../src/app-till.ts';
import { composition } from '../src/composition.ts';
import { sampleConfig } from '../src/config/sample-config.ts';
import { ShopCalendar } from '../src/domain/calendar.ts';
import { composeStrip } from '../src/printer/compose.ts';
import { PRINTER_LIMITS } from '../src/printer/limits.ts';
import { EscposPrinter, type StripJob } from '../src/printer/printer.ts';
import { SimulatedPrinter } from '../src/printer/simulated/simulated-printer.ts';
import { simulatedTransport } from '../src/printer/simulated/simulated-transport.ts';
import { SAMPLE_CARD } from '../src/sample/cards.ts';
import { makeSampleShop } from '../src/sample/sample-shop.ts';
import { realClock } from '../src/system/real-clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'tillcat-bench-'));
try {
  await run();
} finally {
  rmSync(folder, { recursive: true });
}

async function run(): Promise<void> {
  const calendar = new ShopCalendar('Europe/Helsinki');
  const sample = makeSampleShop({ today: calendar.dayOf(realClock.now()), calendar });
  const config = sampleConfig({
    stateFolder: folder,
    port: 0,
    shop: { id: '1', language: 'fi', currency: 'EUR', timeZone: 'Europe/Helsinki', ...sample.shop },
    cards: [SAMPLE_CARD],
    categories: sample.policy,
  });
  const report = (error: Error): void => {
    throw error;
  };
  using shop = openShop(config, { clock: realClock, report });
  const { signal } = new AbortController();
  await composition.fillSample(shop, { signal, onProgress: () => undefined });

  const device = new SimulatedPrinter({ profile: shop.profile });
  const transport = simulatedTransport({ printer: device, clock: realClock, limits: PRINTER_LIMITS });
  const made = { profile: shop.profile, transport, clock: realClock, limits: PRINTER_LIMITS, startsAfterBreak: false };
  const jobs: StripJob[] = [];
  const printer = new (class extends EscposPrinter {
    override print(job: StripJob) {
      jobs.push(job);
      return super.print(job);
    }
  })(made);
  await printer.checkStatus();
  const at = makeTill({ shop, printer, isClockDoubtful: () => false, report });
  const desk = makeDesk({ shop, at, status: () => report(new Error('nobody asks here')) as never, sample: null });

  const firstByte: number[] = [];
  const decisions: number[] = [];
  desk.subscribe((event) => {
    if (event.kind === 'strip-begun') firstByte.push(event.scanToFirstByteMs);
    if (event.kind === 'visit' && event.decisionMs !== null) decisions.push(event.decisionMs);
  });
  const floor: number[] = [];
  const floorDb = new Database(join(folder, 'floor.db'));
  floorDb.pragma('journal_mode = WAL');
  floorDb.pragma('synchronous = FULL');
  floorDb.exec('create table line (id integer primary key, text text)');
  const insert = floorDb.prepare('insert into line (text) values (?)');

  for (const { card } of sample.customers) {
    if (card === null) continue;
    const begun = performance.now();
    insert.run(card);
    floor.push(performance.now() - begun);
    desk.serve({ text: card, source: 'scanner' });
    while (!at.turns.isFree) await new Promise((resolve) => setImmediate(resolve));
  }
  floorDb.close();

  const composing: number[] = [];
  const bytes: number[] = [];
  const millimetres: number[] = [];
  for (const { parts } of jobs) {
    const begun = performance.now();
    const strip = composeStrip({ parts, profile: shop.profile });
    composing.push(performance.now() - begun);
    if (parts.filter(({ serial }) => serial !== null).length < 6) continue;
    bytes.push(strip.bytes);
    millimetres.push(strip.millimetres);
  }
  const commitMs = median(floor);
  const rows: [string, string][] = [
    ['visits printed', String(firstByte.length)],
    ['scan to first byte', `${spread(firstByte)} ms = ${(median(firstByte) / commitMs).toFixed(1)} x the floor`],
    ['  of it, the decision', `${spread(decisions)} ms`],
    ['  of it, composing', `${spread(composing)} ms`],
    ['floor: one durable commit', `${spread(floor)} ms`],
    ['six coupons', `${median(bytes)} bytes (most ${Math.max(...bytes)}), ${Math.round(median(millimetres))} mm`],
  ];
  for (const [name, value] of rows) process.stdout.write(`${name.padEnd(28)}${value}\n`);
}

/** "median 1.23, p99 4.56" */
function spread(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? NaN;
  return `median ${median(values).toFixed(2)}, p99 ${p99.toFixed(2)}`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
