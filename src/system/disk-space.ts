// How much room the data folder's disk has left, and when that is worth saying.
import { statfs } from 'node:fs/promises';
import { SYSTEM_LIMITS } from './limits.ts';

export type DiskSpace = {
  readonly state: 'enough' | 'low' | 'full';
  /** For us, not for root. */
  readonly freeBytes: number;
  readonly totalBytes: number;
};

export async function diskSpace(folder: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  return { state: diskState(freeBytes), freeBytes, totalBytes: blocks * bsize };
}

export function diskState(freeBytes: number): DiskSpace['state'] {
  if (freeBytes < SYSTEM_LIMITS.diskFullBytes) return 'full';
  return freeBytes < SYSTEM_LIMITS.diskLowBytes ? 'low' : 'enough';
}
