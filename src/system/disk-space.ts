// How much room the data folder's disk has left, whether it may be written at all, and when that is worth saying.
import { accessSync, constants, statfsSync } from 'node:fs';
import { SYSTEM_LIMITS } from './limits.ts';

export type DiskSpace = {
  readonly state: 'enough' | 'low' | 'full' | 'read-only';
  /** For us, not for root. */
  readonly freeBytes: number;
  readonly totalBytes: number;
};

/** Writes nothing, so that asking often costs the memory card nothing. */
export function diskSpace(folder: string): DiskSpace {
  const { bavail, blocks, bsize } = statfsSync(folder);
  const freeBytes = bavail * bsize;
  const state = isReadOnly(folder) ? 'read-only' : diskState(freeBytes);
  return { state, freeBytes, totalBytes: blocks * bsize };
}

/** The kernel says so also to root, whom permissions do not stop (access(2), EROFS). */
function isReadOnly(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return false;
  } catch {
    return true;
  }
}

export function diskState(freeBytes: number): Exclude<DiskSpace['state'], 'read-only'> {
  if (freeBytes < SYSTEM_LIMITS.diskFullBytes) return 'full';
  return freeBytes < SYSTEM_LIMITS.diskLowBytes ? 'low' : 'enough';
}
