// One daemon for one data folder, and what its disk has left.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diskSpace, diskState } from '../../src/system/disk-space.ts';
import { lockFolder } from '../../src/system/folder-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a second daemon on the same folder is refused, and told who has it, even by another path', async () => {
  const link = join(folder, 'link');
  const data = join(folder, 'data');
  mkdirSync(data);
  symlinkSync(data, link);
  await using lock = await lockFolder(data);
  expect(lock).toBeDefined();
  await expect(lockFolder(link)).rejects.toThrow(`${link} is in use by process ${process.pid}`);
});

test('another folder is free, and so is this one once it is given back', async () => {
  const [one, other] = [join(folder, 'one'), join(folder, 'other')];
  mkdirSync(one);
  mkdirSync(other);
  {
    await using first = await lockFolder(one);
    await using second = await lockFolder(other);
    expect([first, second]).toHaveLength(2);
  }
  await expect(lockFolder(one).then((lock) => lock[Symbol.asyncDispose]())).resolves.toBeUndefined();
});

test('a killed daemon leaves no lock behind', async () => {
  const file = JSON.stringify(join(import.meta.dirname, '../../src/system/folder-lock.ts'));
  const script = `const { lockFolder } = await import(${file}); await lockFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000);`;
  const daemon = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(daemon.stdout, 'data');
  await expect(lockFolder(folder)).rejects.toThrow(`process ${daemon.pid}`);
  daemon.kill('SIGKILL');
  await once(daemon, 'exit');
  await expect(lockFolder(folder).then((lock) => lock[Symbol.asyncDispose]())).resolves.toBeUndefined();
});

test('the disk says how much is left', () => {
  const space = diskSpace(folder);
  expect(space.state).not.toBe('read-only');
  expect(space.freeBytes).toBeGreaterThan(0);
  expect(space.totalBytes).toBeGreaterThanOrEqual(space.freeBytes);
});

test.each([
  [20_000_000 - 1, 'full'],
  [20_000_000, 'low'],
  [500_000_000 - 1, 'low'],
  [500_000_000, 'enough'],
])('%i free bytes are %s', (freeBytes, state) => {
  expect(diskState(freeBytes)).toBe(state);
});
