// The daemon's scanner reads a card while nothing can be written: this customer gets nothing, and the next card is heard.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startDaemon } from '../../src/app-daemon.ts';
import { configSchema } from '../../src/config/schema.ts';
import { fillCornerShop } from '../visit/corner-shop.ts';
import { until } from './until.ts';

test('a full disk at a scan is one line in the log, and does not end the daemon', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tillcat-full-'));
  const config = configSchema.parse({ data: folder, secrets: join(folder, 'secrets'), http: { port: 0 } });
  const lines: string[] = [];
  const signal = new AbortController();
  const order = { config, warnings: [], at: null, signal: signal.signal, sampleCards: null };
  const daemon = await startDaemon({ ...order, err: (text) => void lines.push(text) });
  try {
    await fillCornerShop(daemon.shop);
    const { db, visits } = daemon.shop;
    db.exec("create temp trigger full before insert on visit begin select raise(abort, 'disk is full'); end");
    daemon.holdUp('NOBODY');
    expect(lines.filter((line) => line.includes('could not be served'))).toHaveLength(1);
    db.exec('drop trigger full');
    daemon.holdUp('BLOCKED');
    await until('the next card', () => visits.recent(1)[0]?.outcome === 'blocked-card');
  } finally {
    signal.abort(new Error('the test is over'));
    await daemon.ended;
    rmSync(folder, { recursive: true });
  }
});
