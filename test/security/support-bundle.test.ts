// A support bundle goes to people outside the shop: nothing in it is secret, and nobody's purchases are.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openShop } from '../../src/app.ts';
import { writeSupportBundle } from '../../src/app-support.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { instant } from '../../src/domain/calendar.ts';
import { realClock } from '../../src/system/real-clock.ts';

const CARD = '634099887766554433';
const CODE = 'CUSTOMER-PLANTED-4711';
const PRODUCT = 'PLANTED-PRODUCT-4712';
const TOKEN = 'planted-token-0123456789';

test('planted token, key, card, customer and purchase are not in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tillcat-bundle-'));
  const configFile = join(folder, 'tillcat.yaml');
  writeFileSync(configFile, `data: data\nsecrets: secrets\nhttp: { port: 0, token: ${TOKEN} }\n`);
  mkdirSync(join(folder, 'secrets'));
  writeFileSync(join(folder, 'secrets', 'shop.key'), Buffer.from('planted-key-of-32-bytes-01234567'), { mode: 0o600 });
  const { config } = loadConfig({ configFile, env: {}, cwd: folder });
  const shop = openShop(config, { clock: realClock, report: () => undefined });
  const now = shop.clock.now();
  const intake = shop.intake();
  intake.takeCustomers([{ customerCode: CODE, card: CARD, language: null, status: 'active', optedOut: false }], now);
  intake.takePurchases([
    {
      customerCode: CODE,
      basketCode: 'BASKET-PLANTED',
      at: instant(now - 3_600_000),
      productCode: PRODUCT,
      quantityMilli: 1000,
      priceCents: null,
    },
  ]);
  shop[Symbol.dispose]();
  const file = join(folder, 'bundle.json.gz');
  await writeSupportBundle({ configFile, file, signal: new AbortController().signal });
  const text = gunzipSync(readFileSync(file)).toString('utf8');
  for (const planted of [TOKEN, 'planted-key', CARD, CODE, PRODUCT, 'BASKET-PLANTED'])
    expect(text).not.toContain(planted);
  expect(text).toMatch(/"purchase_line": 1|"purchase": 1|"line": 1/);
  expect(statSync(file).mode & 0o077).toBe(0);
  rmSync(folder, { recursive: true });
});
