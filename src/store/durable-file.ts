// Files and names that survive a power cut: on the disk before anybody relies on them.
import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';

export function syncFile(file: string): void {
  syncPath(file);
}

/** A new name in a folder is on the disk only once the folder itself is. */
export function syncFolderOf(file: string): void {
  syncPath(dirname(file));
}

/** The finished draft takes its name whole, or the name stays with what had it. */
export function putInPlace({ draft, file }: { draft: string; file: string }): void {
  syncPath(draft);
  renameSync(draft, file);
  syncFolderOf(file);
}

function syncPath(path: string): void {
  const opened = openSync(path, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
