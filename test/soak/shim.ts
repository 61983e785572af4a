// Builds the shim that stands between a program and its disk, where there is a C compiler to build it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The shim's file; null where there is no gcc. */
export function buildShim(folder: string): string | null {
  const file = join(folder, 'write-shim.so');
  const source = join(import.meta.dirname, 'write-shim.c');
  const built = spawnSync('gcc', ['-O2', '-Wall', '-shared', '-fPIC', '-o', file, source, '-ldl'], {
    encoding: 'utf8',
  });
  if (built.error !== undefined) return null;
  if (built.status !== 0) throw new Error(`gcc: ${built.stderr}`);
  return file;
}

export type Fault = { readonly killAt: number } | { readonly failAt: number; readonly errno: number } | null;

/** ENOSPC and EIO as Linux numbers them. */
export const ERRNO = { ENOSPC: 28, EIO: 5 } as const;

export function shimEnvironment(of: {
  shim: string;
  folder: string;
  fault: Fault;
  logFile?: string;
  countFile?: string;
}): Record<string, string> {
  const { fault, logFile, countFile } = of;
  return {
    LD_PRELOAD: of.shim,
    TILLCAT_SHIM_FOLDER: of.folder,
    ...(logFile === undefined ? {} : { TILLCAT_SHIM_LOG: logFile }),
    ...(countFile === undefined ? {} : { TILLCAT_SHIM_COUNT: countFile }),
    ...(fault === null
      ? {}
      : 'killAt' in fault
        ? { TILLCAT_SHIM_KILL: String(fault.killAt) }
        : { TILLCAT_SHIM_FAIL: `${fault.failAt}:${fault.errno}` }),
  };
}
