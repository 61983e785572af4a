// A lock between processes: one holds it, the others are told who, and no way to end leaves it behind.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { holderOf, takeFileLock } from '../../src/store/file-lock.ts';
import { holdElsewhere, nameOf } from './a-lock-holder.ts';
import { testFolder } from './shop-of-tests.ts';

test('one at a time holds it, within one process too, until it is given back', () => {
  using folder = testFolder();
  const file = join(folder.path, 'models.lock');
  {
    using first = takeFileLock({ file, waitMs: 0 });
    expect(first).not.toBeNull();
    expect(takeFileLock({ file, waitMs: 0 })).toBeNull();
    // Asking in vain did not give back what the first one holds.
    expect(takeFileLock({ file, waitMs: 0 })).toBeNull();
    using other = takeFileLock({ file: join(folder.path, 'training.lock'), waitMs: 0 });
    expect(other).not.toBeNull();
  }
  using again = takeFileLock({ file, waitMs: 0 });
  expect(again).not.toBeNull();
});

test('a killed process leaves no lock behind, and is named while it holds it', async () => {
  using folder = testFolder();
  const file = join(folder.path, 'models.lock');
  const holder = await holdElsewhere(file);
  expect(takeFileLock({ file, waitMs: 0 })).toBeNull();
  expect(holderOf(file)).toBe(nameOf(holder.pid));
  await holder.kill();
  using lock = takeFileLock({ file, waitMs: 0 });
  expect(lock).not.toBeNull();
});

test('nothing is written but an empty file for its owner alone, so that a power cut leaves nothing to judge', () => {
  using folder = testFolder();
  const file = join(folder.path, 'models.lock');
  {
    using lock = takeFileLock({ file, waitMs: 0 });
    expect(lock).not.toBeNull();
    expect(readdirSync(folder.path)).toEqual(['models.lock']);
  }
  expect(readdirSync(folder.path)).toEqual(['models.lock']);
  expect(statSync(file).size).toBe(0);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('whoever holds a lock nobody holds is not made up', () => {
  using folder = testFolder();
  expect(holderOf(join(folder.path, 'models.lock'))).toBe('another process');
});

test('a place where no lock can be is told', () => {
  using folder = testFolder();
  const file = join(folder.path, 'gone', 'models.lock');
  expect(() => takeFileLock({ file, waitMs: 0 })).toThrow(`Cannot write ${file}`);
});
