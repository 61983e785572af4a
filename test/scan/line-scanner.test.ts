// A scanner on a line that is unplugged, refused, slow to open and noisy: the next card is always read.
import { beforeEach, describe, expect, test } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import { SCAN_LIMITS } from '../../src/scan/limits.ts';
import type { ScannerState } from '../../src/scan/scanner.ts';
import { LineScanner } from '../../src/scan/line-scanner.ts';
import { SimulatedLine } from '../../src/scan/simulated-line.ts';
import { SimulatedScanner } from '../../src/scan/simulated-scanner.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';

const CARD = '634004021188884413';
let clock: SimulatedClock;
let lines: SimulatedLine;
let scanner: LineScanner;
let scans: string[];
let states: ScannerState[];
let stop: AbortController;

beforeEach(() => {
  clock = new SimulatedClock(instant(0));
  lines = new SimulatedLine();
  scanner = new LineScanner({
    kind: 'serial',
    source: lines,
    newDecoder: null,
    terminator: 'any',
    prefix: null,
    sounds: { ok: Uint8Array.of(0x07), error: Uint8Array.of(0x07, 0x07) },
    clock,
    onHeard: null,
  });
  scans = [];
  states = [];
  stop = new AbortController();
  scanner.onState((state) => states.push(state));
});

async function start() {
  scanner.start({ signal: stop.signal, onScan: (text) => scans.push(text) });
  await clock.advance(0);
}

describe('a scanner that is there', () => {
  beforeEach(async () => {
    lines.plugIn();
    await start();
  });

  test('listens and tells each scan without its identifier', () => {
    expect(scanner.state()).toEqual({ state: 'listening' });
    lines.type(`]C0${CARD}\r\n`);
    lines.type('29000');
    lines.type('00000421\r');
    expect(scans).toEqual([CARD, '2900000000421']);
    expect(scanner.counts().scans).toBe(2);
  });

  test('does not glue a half scan to the next card', async () => {
    lines.type('63400402');
    await clock.advance(3000);
    lines.type(`${CARD}\r`);
    expect(scans).toEqual([CARD]);
    expect(scanner.counts().half).toBe(1);
  });

  test('does not glue a half scan to the next card over a new connection', async () => {
    lines.type('63400402');
    lines.unplug({ silently: false });
    lines.plugIn();
    await clock.advance(SCAN_LIMITS.retryMs);
    lines.type(`${CARD}\r`);
    expect(scans).toEqual([CARD]);
  });

  test('is heard again after a hundred times of unplugging, and no line is left open', async () => {
    for (let i = 0; i < 100; i++) {
      lines.unplug({ silently: false });
      await clock.advance(0);
      expect(scanner.state()).toEqual({ state: 'offline', why: 'the device was lost' });
      lines.plugIn();
      await clock.advance(SCAN_LIMITS.retryMs);
      lines.type(`${CARD}\r`);
    }
    expect(scans).toHaveLength(100);
    expect(lines.openedCount).toBe(101);
    expect(lines.openCount).toBe(1);
    expect(clock.pendingCount).toBe(1);
  });

  test('is missed within the poll where the driver says nothing', async () => {
    lines.unplug({ silently: true });
    await clock.advance(SCAN_LIMITS.pollMs);
    expect(scanner.state()).toEqual({ state: 'offline', why: '/dev/tillcat/scanner has gone' });
  });

  test('is opened anew where another device has taken its path meanwhile', async () => {
    lines.unplug({ silently: true });
    lines.plugIn();
    await clock.advance(SCAN_LIMITS.pollMs + SCAN_LIMITS.retryMs);
    expect(lines.openedCount).toBe(2);
    lines.type(`${CARD}\r`);
    expect(scans).toEqual([CARD]);
  });

  test('sounds on the line while it is there, and keeps nothing for a later connection', async () => {
    scanner.sound('ok');
    scanner.sound('error');
    expect(lines.sent).toEqual([0x07, 0x07, 0x07]);
    lines.unplug({ silently: false });
    await clock.advance(0);
    scanner.sound('ok');
    lines.plugIn();
    await clock.advance(SCAN_LIMITS.retryMs);
    expect(lines.sent).toHaveLength(3);
  });

  test('believes nothing up to the next silence where bytes may have been lost', async () => {
    lines.type('63400402');
    lines.overrun();
    lines.type(`88884413\r`);
    lines.overrun();
    lines.type(`4413\r`);
    expect(scans).toEqual([]);
    await clock.advance(SCAN_LIMITS.gapMs);
    lines.type(`${CARD}\r`);
    expect(scans).toEqual([CARD]);
  });

  test('reads the next card after a megabyte of noise, and keeps none of it', async () => {
    const noise = new Uint8Array(1 << 20);
    for (let i = 0, state = 1; i < noise.length; i++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      noise[i] = state >>> 24;
    }
    for (let from = 0; from < noise.length; from += 4096) lines.send(noise.subarray(from, from + 4096));
    expect(scans).toEqual([]);
    await clock.advance(SCAN_LIMITS.gapMs);
    lines.type(`${CARD}\r`);
    expect(scans).toEqual([CARD]);
  });

  test('is let go at the end, and what comes later is not heard', async () => {
    lines.type('6340');
    stop.abort();
    lines.type(`${CARD}\r`);
    await scanner.finished();
    expect(scans).toEqual([]);
    expect(lines.openCount).toBe(0);
    expect(clock.pendingCount).toBe(0);
    expect(scanner.state()).toEqual({ state: 'offline', why: 'stopped' });
  });
});

describe('a scanner that is not there', () => {
  test('is waited for, said once, and heard when it appears', async () => {
    await start();
    await clock.advance(60_000);
    expect(states).toEqual([{ state: 'offline', why: '/dev/tillcat/scanner is not there' }]);
    lines.plugIn();
    await clock.advance(SCAN_LIMITS.retryMs);
    lines.type(`${CARD}\r`);
    expect(scans).toEqual([CARD]);
    expect(states.at(-1)).toEqual({ state: 'listening' });
  });

  test('or appears while it is being opened, is opened once', async () => {
    lines.hang();
    await start();
    lines.plugIn();
    lines.letOpen();
    await clock.advance(3 * SCAN_LIMITS.pollMs);
    expect([scanner.state().state, lines.openedCount]).toEqual(['listening', 1]);
  });

  test('or not ours says why, and is tried again', async () => {
    lines.plugIn();
    lines.refuse('/dev/tillcat/scanner is in use by another program');
    await start();
    expect(scanner.state()).toEqual({ state: 'offline', why: '/dev/tillcat/scanner is in use by another program' });
    lines.refuse(null);
    await clock.advance(SCAN_LIMITS.retryMs);
    expect(scanner.state()).toEqual({ state: 'listening' });
  });

  test('or hangs while opening is given up, and a line that opens late is closed', async () => {
    lines.plugIn();
    lines.hang();
    await start();
    await clock.advance(SCAN_LIMITS.openMs);
    expect(scanner.state().state).toBe('offline');
    lines.letOpen();
    await clock.advance(SCAN_LIMITS.retryMs);
    expect(scanner.state()).toEqual({ state: 'listening' });
    expect(lines.openCount).toBe(1);
    lines.type(`${CARD}\r`);
    expect(scans).toEqual([CARD]);
  });

  test('does not hold up the end', async () => {
    await start();
    stop.abort();
    await scanner.finished();
    expect(clock.pendingCount).toBe(0);
  });
});

describe('a simulated scanner', () => {
  test('tells what is held up between start and end', () => {
    const simulated = new SimulatedScanner();
    simulated.scan('before');
    simulated.start({ signal: stop.signal, onScan: (text) => scans.push(text) });
    simulated.scan(CARD);
    stop.abort();
    simulated.scan('after');
    expect(scans).toEqual([CARD]);
    expect(simulated.state()).toEqual({ state: 'simulated' });
  });
});
