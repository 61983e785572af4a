// The doctor on a real folder: what it finds of configuration, key, store and port.
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { examine } from '../src/app-doctor.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function configFile(lines: string): string {
  const file = join(folder, 'tillcat.yaml');
  writeFileSync(file, `data: data\nsecrets: secrets\n${lines}`);
  return file;
}
const signal = new AbortController().signal;
const part = (findings: Awaited<ReturnType<typeof examine>>, name: string) => findings.find((one) => one.part === name);

test('a misspelt key is named with the nearest right one', async () => {
  await expect(examine(configFile('visit: { pateinceSeconds: 30 }'), signal)).rejects.toThrow(
    /did you mean patienceSeconds/,
  );
});

test('a damaged store is an error that names it', async () => {
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data', 'tillcat.db'), Buffer.alloc(8192, 0x5a));
  const findings = await examine(configFile('http: { port: 0 }'), signal);
  expect(part(findings, 'store')).toMatchObject({ level: 'error' });
  expect(part(findings, 'store')?.words).toMatch(/is damaged/);
});

test('a key that others may read is an error that says how to mend it', async () => {
  mkdirSync(join(folder, 'secrets'));
  writeFileSync(join(folder, 'secrets', 'shop.key'), Buffer.alloc(32, 1), { mode: 0o644 });
  const findings = await examine(configFile('http: { port: 0 }'), signal);
  expect(
    findings
      .filter(({ level }) => level === 'error')
      .map(({ words }) => words)
      .join(),
  ).toMatch(/chmod 600/);
});

test('a port that something else has is an error', async () => {
  const other = createServer((socket) => socket.end('SSH-2.0-other\r\n'));
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const findings = await examine(configFile(`http: { port: ${port} }`), signal);
  other.close();
  expect(part(findings, 'port')).toMatchObject({ level: 'error' });
});
