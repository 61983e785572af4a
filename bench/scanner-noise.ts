// Ten million random bytes at a serial scanner and at a keyboard one: no scan, bounded memory, and the next card is read.
//
//   node bench/scanner-noise.ts [BYTES]
import { strict as assert } from 'node:assert';
import { instant } from '../src/domain/calendar.ts';
import { HidReports } from '../src/scan/hid-reports.ts';
import { LineScanner } from '../src/scan/line-scanner.ts';
import { SCAN_LIMITS } from '../src/scan/limits.ts';
import { SimulatedLine } from '../src/scan/simulated-line.ts';
import { SimulatedClock } from '../src/system/simulated-clock.ts';

const CARD = '2900000000421';
const LARGEST_READ = 4096;
const MOST_GROWTH_MB = 32;

const wanted = Number(process.argv[2] ?? 10_000_000);
for (const kind of ['serial', 'hid'] as const) await bear(kind);

async function bear(kind: 'serial' | 'hid'): Promise<void> {
  const clock = new SimulatedClock(instant(0));
  const line = new SimulatedLine();
  const scans: string[] = [];
  const scanner = new LineScanner({
    kind,
    source: line,
    newDecoder: kind === 'hid' ? () => new HidReports('us') : null,
    terminator: 'any',
    prefix: null,
    sounds: null,
    clock,
    onHeard: null,
  });
  const stop = new AbortController();
  line.plugIn();
  scanner.start({ signal: stop.signal, onScan: (text) => scans.push(text) });
  await clock.advance(0);
  const next = random(20_261_122);
  const buffer = new Uint8Array(LARGEST_READ);
  const before = memoryMb();
  let most = before;
  const startedAt = performance.now();
  let sent = 0;
  for (let reads = 0; sent < wanted; reads++) {
    const read = buffer.subarray(0, Math.min(1 + (next() % LARGEST_READ), wanted - sent));
    for (let i = 0; i < read.length; i++) read[i] = next() >>> 24;
    line.send(read);
    sent += read.length;
    // A millisecond passes now and then, and now and again the line is silent for long.
    if (reads % 8 === 0) await clock.advance(reads % 512 === 0 ? 2 * SCAN_LIMITS.gapMs : 1);
    if (reads % 256 === 0) most = Math.max(most, memoryMb());
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const falseScans = scans.length;
  await clock.advance(2 * SCAN_LIMITS.gapMs);
  line.send(kind === 'serial' ? Buffer.from(`${CARD}\r`) : keystrokes(CARD));
  assert.deepEqual(scans.slice(falseScans), [CARD], 'the next card must be read');
  assert.equal(falseScans, 0, 'no noise may be a scan');
  assert.ok(most - before < MOST_GROWTH_MB, `memory grew by ${most - before} MB`);
  stop.abort();
  await scanner.finished();
  process.stdout.write(
    `${kind}: ${sent} random bytes in ${seconds.toFixed(1)} s, ${falseScans} scans, ` +
      `memory ${before.toFixed(0)} -> at most ${most.toFixed(0)} MB, then the card was read\n`,
  );
}

function memoryMb(): number {
  return process.memoryUsage().rss / 1e6;
}

/** Digits and Enter as a US keyboard reports them. */
function keystrokes(digits: string): Buffer {
  const keys = [...digits].map((digit) => (digit === '0' ? 0x27 : 0x1d + Number(digit)));
  return Buffer.concat([...keys, 0x28].map((key) => Buffer.from([0, 0, key, 0, 0, 0, 0, 0, ...new Uint8Array(8)])));
}

/** Marsaglia's xorshift, so that a run can be had again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
