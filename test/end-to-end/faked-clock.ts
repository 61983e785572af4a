// A clock that a test sets, for programs that are processes of their own; needs a C compiler.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export type FakedClock = Disposable & {
  /** Every program started from now on, and those that run, see the clock so many days away from the machine's, whole seconds. */
  readonly move: (days: number) => void;
};

export const canFakeClock = spawnSync('gcc', ['--version']).status === 0;

/**
 * Programs started while it stands ask nobody else for the time.
 * @param of.isSynchronised whether they are told that a time server holds it right
 */
export function fakeClock({ isSynchronised }: { isSynchronised: boolean }): FakedClock {
  const folder = mkdtempSync(join(tmpdir(), 'tillcat-clock-'));
  const shim = join(folder, 'clock-shim.so');
  const source = join(import.meta.dirname, 'clock-shim.c');
  const built = spawnSync('gcc', ['-O2', '-Wall', '-shared', '-fPIC', '-o', shim, source, '-ldl'], {
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`gcc: ${built.stderr}`);
  writeFileSync(join(folder, 'timedatectl'), `#!/bin/sh\necho ${isSynchronised ? 'yes' : 'no'}\n`, { mode: 0o755 });
  const file = join(folder, 'moved');
  const move = (days: number): void => {
    const seconds = Buffer.alloc(8);
    seconds.writeBigInt64LE(BigInt(Math.round(days * 86_400)));
    // Written in place: a program that runs looks at this very file.
    writeFileSync(file, seconds, { flag: 'r+' });
  };
  writeFileSync(file, Buffer.alloc(8));
  const before = { ...process.env };
  process.env['LD_PRELOAD'] = shim;
  process.env['TILLCAT_CLOCK_FILE'] = file;
  process.env['PATH'] = `${folder}${delimiter}${before['PATH'] ?? ''}`;
  return {
    move,
    [Symbol.dispose]: () => {
      for (const name of ['LD_PRELOAD', 'TILLCAT_CLOCK_FILE', 'PATH']) {
        const value = before[name];
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
      rmSync(folder, { recursive: true });
    },
  };
}
