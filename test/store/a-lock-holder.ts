// Another process that holds a lock until it is killed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { holderOf, takeFileLock } from '../../src/store/file-lock.ts';
import { testFolder } from './shop-of-tests.ts';

const LOCK_MODULE = JSON.stringify(join(import.meta.dirname, '../../src/store/file-lock.ts'));

export type LockHolder = { readonly pid: number; readonly kill: () => Promise<void> };

/** Whether who holds a lock is known: the kernel's table of locks is not there in every container, nor its numbers on every disk. */
export function areHoldersKnown(): boolean {
  using folder = testFolder();
  const file = join(folder.path, 'own.lock');
  using lock = takeFileLock({ file, waitMs: 0 });
  return lock !== null && holderOf(file) === `process ${process.pid}`;
}

/** Who holds a lock, as it is told. */
export function nameOf(pid: number): string {
  return areHoldersKnown() ? `process ${pid}` : 'another process';
}

/** Resolves once it holds the lock. */
export async function holdElsewhere(file: string): Promise<LockHolder> {
  const script = `
    const { takeFileLock } = await import(${LOCK_MODULE});
    const lock = takeFileLock({ file: ${JSON.stringify(file)}, waitMs: 0 });
    console.log(lock === null ? 'refused' : 'held');
    process.stdin.resume().on('close', () => lock[Symbol.dispose]());`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const said: unknown = (await once(holder.stdout, 'data'))[0];
  if (String(said).trim() !== 'held' || holder.pid === undefined) throw new Error(`The lock was ${String(said)}`);
  return {
    pid: holder.pid,
    kill: async () => {
      holder.kill('SIGKILL');
      await once(holder, 'exit');
    },
  };
}
