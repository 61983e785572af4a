// Secrets and card numbers stay where they are: not in messages, not in the log.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseConfig } from '../../src/config/load-config.ts';
import { toError } from '../../src/domain/to-error.ts';
import { findShopKey } from '../../src/system/shop-key.ts';
import { FAMILY, openDesk } from '../web/open-desk.ts';

const said = (run: () => unknown): string => {
  try {
    run();
    return '';
  } catch (thrown) {
    return toError(thrown).message;
  }
};

test('a token that is wrong is not repeated', () => {
  const message = said(() =>
    parseConfig({ yaml: 'http: { host: 0.0.0.0, token: "short secret" }', file: 'tillcat.yaml' }),
  );
  expect(message).toMatch(/http\.token/);
  expect(message).not.toContain('short secret');
});

test('a key that is wrong is not shown', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tillcat-secrets-'));
  writeFileSync(join(folder, 'shop.key'), 'not-a-key-but-secret', { mode: 0o600 });
  const message = said(() => findShopKey({ secretsFolder: folder, env: {} }));
  rmSync(folder, { recursive: true });
  expect(message).toMatch(/must have 32/);
  expect(message).not.toContain('not-a-key-but-secret');
});

test('no answer of the API and no metric holds a card number', async () => {
  const { web, reported } = openDesk();
  const scan = await request(web.handle).post('/api/v1/scans').send({ card: FAMILY });
  const { visit } = z.object({ visit: z.string() }).parse(scan.body);
  for (const path of ['/api/v1/status', '/metrics', `/api/v1/visits/${visit}`]) {
    const answer = await request(web.handle).get(path);
    expect(answer.text, path).not.toContain(FAMILY);
  }
  expect(JSON.stringify(scan.body)).not.toContain(FAMILY);
  expect(reported.map((error) => error.message).join()).not.toContain(FAMILY);
});
