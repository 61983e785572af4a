// A scanner in keyboard mode over a device file (here a FIFO): read without waiting in the kernel, lost and found again.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import { hidLine } from '../../src/scan/hid-line.ts';
import { HidReports } from '../../src/scan/hid-reports.ts';
import { SCAN_LIMITS } from '../../src/scan/limits.ts';
import { LineScanner } from '../../src/scan/line-scanner.ts';
import type { ScannerState } from '../../src/scan/scanner.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';
import { ENTER, typed } from './a-typing-scanner.ts';

const CARD = '634004021188884413';
let folder: string;
let path: string;
let clock: SimulatedClock;
let scans: string[];
let scanner: LineScanner;
let stop: AbortController;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-hid-'));
  path = join(folder, 'hidraw0');
  clock = new SimulatedClock(instant(0));
  scans = [];
  stop = new AbortController();
  scanner = new LineScanner({
    kind: 'hid',
    source: hidLine({ path, clock }),
    newDecoder: () => new HidReports('us'),
    terminator: 'any',
    prefix: null,
    sounds: null,
    clock,
    onHeard: null,
  });
});

afterEach(async () => {
  stop.abort();
  await scanner.finished();
  rmSync(folder, { recursive: true });
});

/** Plugged in: the FIFO is there, and somebody holds its other end. */
function plugIn(): number {
  execFileSync('mkfifo', [path]);
  return openSync(path, 'r+');
}

function becomes(state: ScannerState['state']): Promise<ScannerState> {
  return new Promise((resolve) => {
    const end = scanner.onState((now) => {
      if (now.state !== state) return;
      end();
      resolve(now);
    });
  });
}

async function listen(): Promise<void> {
  const listening = becomes('listening');
  scanner.start({ signal: stop.signal, onScan: (text) => scans.push(text) });
  await listening;
}

async function send(device: number, bytes: Uint8Array): Promise<void> {
  writeSync(device, bytes);
  await clock.advance(SCAN_LIMITS.hidLookMs);
}

test('reads a card, two scans back to back, and a report split over reads', async () => {
  const device = plugIn();
  await listen();
  await send(device, Buffer.concat([typed(CARD), ENTER]));
  await send(device, Buffer.concat([typed('2900000000421'), ENTER, typed('TILLCAT-STOP'), ENTER]));
  const bytes = Buffer.concat([typed(CARD), ENTER]);
  await send(device, bytes.subarray(0, 101));
  await send(device, bytes.subarray(101));
  closeSync(device);
  expect(scans).toEqual([CARD, '2900000000421', 'TILLCAT-STOP', CARD]);
});

test('does not take what had been typed before it listened', async () => {
  const device = plugIn();
  writeSync(device, Buffer.concat([typed(CARD), ENTER]));
  await listen();
  await clock.advance(SCAN_LIMITS.hidLookMs);
  closeSync(device);
  expect(scans).toEqual([]);
});

test('is said to be lost when unplugged in mid-scan, and hears the next card on a new connection', async () => {
  const device = plugIn();
  await listen();
  await send(device, typed('63400402'));
  const lost = becomes('offline');
  closeSync(device);
  rmSync(path);
  await clock.advance(SCAN_LIMITS.hidLookMs);
  expect(await lost).toEqual({ state: 'offline', why: `${path} was lost (it was closed)` });
  const again = plugIn();
  const back = becomes('listening');
  await clock.advance(SCAN_LIMITS.retryMs);
  await back;
  await send(again, Buffer.concat([typed(CARD), ENTER]));
  closeSync(again);
  expect(scans).toEqual([CARD]);
});

test('leaves no file open over twenty times of unplugging', async () => {
  const fds = (): number => readdirSync('/proc/self/fd').length;
  let device = plugIn();
  await listen();
  const before = fds();
  for (let i = 0; i < 20; i++) {
    const lost = becomes('offline');
    closeSync(device);
    rmSync(path);
    await clock.advance(SCAN_LIMITS.hidLookMs);
    await lost;
    device = plugIn();
    const back = becomes('listening');
    await clock.advance(SCAN_LIMITS.retryMs);
    await back;
  }
  // One of the runner's own may come and go.
  expect(fds()).toBeLessThanOrEqual(before + 1);
  closeSync(device);
});

test('says what is wrong with the path, in words for whoever plugs it in', async () => {
  writeFileSync(path, 'a file');
  const events = { onBytes: () => {}, onOverrun: () => {}, onLost: () => {} };
  await expect(hidLine({ path, clock }).open(events)).rejects.toThrow(`${path} is not a device`);
  rmSync(path);
  await expect(hidLine({ path, clock }).open(events)).rejects.toThrow(
    `${path} is not there; is the scanner plugged in`,
  );
});
