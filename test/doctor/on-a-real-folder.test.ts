// The doctor on a real folder: what it finds of configuration, key, store and port.
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { examine } from '../../src/app-doctor.ts';
import { openShop } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { instant } from '../../src/domain/calendar.ts';
import { realClock } from '../../src/system/real-clock.ts';
import { machineTimeSync } from '../../src/system/time-sync.ts';

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
/** The shop as its first start leaves it. */
function open(configFile: string) {
  const { config } = loadConfig({ configFile, env: {}, cwd: folder });
  const shop = openShop(config, { clock: realClock, report: () => undefined });
  return { shop, close: () => shop[Symbol.dispose]() };
}
const signal = new AbortController().signal;
const part = (findings: Awaited<ReturnType<typeof examine>>, name: string) => findings.find((one) => one.part === name);

test('a configuration key that is misspelt is named with the nearest right one, and each problem has a row', async () => {
  const findings = await examine(configFile('visit: { pateinceSeconds: 30 }\ntil: { id: "02" }'), signal);
  expect(findings.map(({ level, part }) => `${part} ${level}`)).toEqual(['config error', 'config error']);
  const words = findings.map((one) => one.words).join();
  expect(words).toMatch(/pateinceSeconds.*did you mean patienceSeconds/);
  expect(words).toMatch(/did you mean till/);
});

test('a damaged store is an error that names it', async () => {
  open(configFile('')).close();
  writeFileSync(join(folder, 'data', 'tillcat.db'), Buffer.alloc(8192, 0x5a));
  const findings = await examine(configFile('http: { port: 0 }'), signal);
  expect(part(findings, 'store')).toMatchObject({ level: 'error' });
  expect(part(findings, 'store')?.words).toMatch(/is damaged/);
});

test('a damaged store keeps nothing else from being looked at', async () => {
  open(configFile('')).close();
  writeFileSync(join(folder, 'data', 'tillcat.db'), Buffer.alloc(8192, 0x5a));
  const parts = (await examine(configFile('http: { port: 0 }'), signal)).map((finding) => finding.part);
  expect(parts).toEqual(expect.arrayContaining(['disk', 'port', 'printer', 'scanner']));
});

test('a till without a key is told of it, and the doctor makes none', async () => {
  const findings = await examine(configFile('http: { port: 0 }'), signal);
  expect(part(findings, 'key')).toMatchObject({ level: 'warning' });
  expect(existsSync(join(folder, 'secrets', 'shop.key'))).toBe(false);
  expect(existsSync(join(folder, 'data'))).toBe(false);
});

test('a store without the key it was made under is an error, and gets no other', async () => {
  open(configFile('')).close();
  rmSync(join(folder, 'secrets', 'shop.key'));
  const findings = await examine(configFile('http: { port: 0 }'), signal);
  expect(part(findings, 'key')).toMatchObject({ level: 'error' });
  expect(part(findings, 'key')?.words).toMatch(/tillcat key set/);
  expect(existsSync(join(folder, 'secrets', 'shop.key'))).toBe(false);
});

test('a store of another shop’s key is an error of the key', async () => {
  open(configFile('')).close();
  writeFileSync(join(folder, 'secrets', 'shop.key'), Buffer.alloc(32, 9), { mode: 0o600 });
  const findings = await examine(configFile('http: { port: 0 }'), signal);
  expect(part(findings, 'key')?.words).toMatch(/made under the shop key/);
});

test('a clock that stands before what the store has seen is not believed', async () => {
  const till = open(configFile(''));
  till.shop.latestInstant.accept(instant(Date.now() + 3 * 86_400_000));
  till.close();
  const findings = await examine(configFile('http: { port: 0 }'), signal);
  // Where the machine's time is synchronised its clock is right, wherever the store stands.
  const level = (await machineTimeSync()) === 'synchronised' ? 'ok' : 'error';
  expect(part(findings, 'clock')).toMatchObject({ level });
});

test('a data folder that cannot be used is an error that names it', async () => {
  mkdirSync(join(folder, 'secrets'));
  writeFileSync(join(folder, 'secrets', 'shop.key'), Buffer.alloc(32, 1), { mode: 0o600 });
  writeFileSync(join(folder, 'data'), 'a file in its place');
  const findings = await examine(configFile('http: { port: 0 }'), signal);
  expect(part(findings, 'store')).toMatchObject({ level: 'error' });
  expect(part(findings, 'store')?.words).toContain(join(folder, 'data'));
});

test('a printer’s profile that there is not is an error of the configuration, as any other word that is misspelt', async () => {
  const findings = await examine(configFile('http: { port: 0 }\nprinter: { profile: epson-tm-t99 }'), signal);
  expect(findings.map(({ level, part }) => `${part} ${level}`)).toEqual(['config error']);
  expect(part(findings, 'config')?.words).toMatch(/printer\.profile: .*"epson-tm-t99".*line 4/);
});

test('a folder of profiles that cannot be looked into is an error of the profile, told once, and the rest is told too', async () => {
  open(configFile('')).close();
  // Leads to itself: not even root gets in.
  symlinkSync('printers', join(folder, 'data', 'printers'));
  const findings = await examine(configFile('http: { port: 0 }'), signal);
  expect(findings.filter((finding) => finding.part === 'profile')).toMatchObject([{ level: 'error' }]);
  expect(part(findings, 'profile')?.words).toContain(join(folder, 'data', 'printers'));
  expect(part(findings, 'port')).toMatchObject({ level: 'ok' });
});

test('a lamp that is not there is a warning, and is not switched to find out', async () => {
  writeFileSync(join(folder, 'led'), 'as it was');
  const found = async (lamp: string) =>
    part(await examine(configFile(`http: { port: 0 }\nlamp: { path: ${lamp} }`), signal), 'lamp');
  expect(await found('led')).toEqual({ level: 'ok', part: 'lamp', words: join(folder, 'led') });
  expect(readFileSync(join(folder, 'led'), 'utf8')).toBe('as it was');
  expect((await found('nowhere'))?.words).toMatch(/nowhere cannot be switched \(ENOENT.*check lamp\.path/);
});

test('a key that others may read is an error that says how to mend it', async () => {
  mkdirSync(join(folder, 'secrets'));
  writeFileSync(join(folder, 'secrets', 'shop.key'), Buffer.alloc(32, 1), { mode: 0o644 });
  const findings = await examine(configFile('http: { port: 0 }'), signal);
  expect(part(findings, 'key')).toMatchObject({ level: 'error' });
  expect(part(findings, 'key')?.words).toMatch(/chmod 600/);
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
