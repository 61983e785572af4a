// A scanner unplugged and plugged in again a hundred times, on real pseudo-terminals: always heard again, and nothing is left open.
import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdtempSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/domain/clock.ts';
import { hidLine } from '../../src/scan/hid-line.ts';
import { HidReports } from '../../src/scan/hid-reports.ts';
import { LineScanner } from '../../src/scan/line-scanner.ts';
import { serialLine } from '../../src/scan/serial-line.ts';
import { realClock } from '../../src/system/real-clock.ts';
import { ENTER, typed } from '../scan/a-typing-scanner.ts';
import { areThere } from './needed-programs.ts';
import { plugInSerialPair } from './serial-pair.ts';
import { until } from './until.ts';

const CYCLES = 100;
const CARD = '634004021188884413';
/** The waits between tries a hundredth as long: a hundred pluggings are minutes else. */
const hurried: Clock = { ...realClock, sleep: (waitMs, signal) => realClock.sleep(waitMs / 100, signal) };
/** Each scan is a number of its own. */
const cardNumber = (cycle: number): string => `${CARD.slice(0, -3)}${String(cycle).padStart(3, '0')}`;

describe.skipIf(!areThere('socat'))('unplugged a hundred times', () => {
  let folder: string;
  let path: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tillcat-unplugged-'));
    path = join(folder, 'scanner');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(['serial', 'hid'] as const)('a %s scanner is heard each time, and no file stays open', async (kind) => {
    const stop = new AbortController();
    const scans: string[] = [];
    const scanner = new LineScanner({
      kind,
      source: kind === 'serial' ? serialLine({ path, baudRate: 9600 }) : hidLine({ path, clock: realClock }),
      newDecoder: kind === 'serial' ? null : () => new HidReports('us'),
      terminator: 'any',
      prefix: null,
      sounds: null,
      clock: hurried,
      onHeard: null,
    });
    scanner.start({ signal: stop.signal, onScan: (text) => scans.push(text) });
    const state = (is: 'listening' | 'offline') => until(is, () => scanner.state().state === is);
    const openFiles = (): number => readdirSync('/proc/self/fd').length;
    let openAfterFirst = 0;
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      {
        await using pair = await plugInSerialPair(path);
        await state('listening');
        const card = cardNumber(cycle);
        // A half scan before the cable comes out, too.
        if (kind === 'serial') pair.send(`${card}\r6340`);
        else pair.send(Buffer.concat([typed(card), ENTER, typed('6340')]).toString('latin1'));
        await until('the card', () => scans.length > cycle);
      }
      await state('offline');
      if (cycle === 0) openAfterFirst = openFiles();
    }
    expect(openFiles()).toBeLessThanOrEqual(openAfterFirst + 1);
    expect(scans).toEqual(Array.from({ length: CYCLES }, (_, cycle) => cardNumber(cycle)));
    stop.abort();
    await scanner.finished();
  });
});
