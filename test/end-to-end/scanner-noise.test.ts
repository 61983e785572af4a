// A megabyte of random bytes on the scanner's line of a running daemon: no visit, no growth, and the next card is served.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDaemon } from './daemon-process.ts';
import { areThere } from './needed-programs.ts';
import { plugInSerialPair, type SerialPair } from './serial-pair.ts';
import type { ShopFolder } from './shop-folder.ts';
import { cardOf, makeSmallShop } from './small-shop.ts';
import { until } from './until.ts';

const NOISE_BYTES = 1 << 20;
const CHUNK_BYTES = 256;
const MOST_GROWTH_MB = 40;

describe.skipIf(!areThere('socat'))('noise on the line', () => {
  let shop: ShopFolder;
  beforeAll(async () => {
    shop = await makeSmallShop();
  });
  afterAll(() => shop.remove());

  it.each(['serial', 'hid'])('of a %s scanner makes nobody a customer', async (type) => {
    const device = shop.path(`scanner-${type}`);
    shop.configure({ scanner: { type, path: device } });
    await using line = await plugInSerialPair(device);
    await using daemon = await startDaemon(shop);
    await until('the scanner', async () => (await daemon.status()).scanner.state === 'ready');
    const { lastVisits: visitsBefore } = await daemon.status();
    const before = residentMb(daemon.pid);
    await sendNoise(line);
    const after = await daemon.status();
    expect([after.lastVisits, after.scanner.state]).toEqual([visitsBefore, 'ready']);
    expect(residentMb(daemon.pid) - before).toBeLessThan(MOST_GROWTH_MB);
    if (type === 'hid') return;
    // Silence, then a card.
    await pause(500);
    line.scan(cardOf(1));
    await until('the visit', async () => (await daemon.status()).lastVisits.length === visitsBefore.length + 1);
  });
});

async function sendNoise(line: SerialPair): Promise<void> {
  let state = 20_261_122;
  for (let sent = 0; sent < NOISE_BYTES; sent += CHUNK_BYTES) {
    const chunk = Array.from({ length: CHUNK_BYTES }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return String.fromCharCode(state >>> 24);
    });
    await until('room on the line', () => hasSent(line, chunk.join('')));
  }
}

function hasSent(line: SerialPair, text: string): boolean {
  try {
    line.send(text);
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EAGAIN') return false;
    throw thrown;
  }
}

function residentMb(pid: number): number {
  const [, pages = '0'] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
  return (Number(pages) * 4096) / 1e6;
}
