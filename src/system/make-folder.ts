// Makes a folder, and those above it that are missing, one by one: Node's own `recursive` never ends where the kernel takes none (/proc).
import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';

/** The state folder. @throws TillError DATA_FOLDER_UNMAKEABLE */
export function makeDataFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (thrown) {
    throw new TillError('DATA_FOLDER_UNMAKEABLE', { folder, problem: toError(thrown).message }, { cause: thrown });
  }
}

/** For its owner alone. Does nothing where it is there; throws what the system says where it can be none. */
export function makeFolder(folder: string): void {
  const path = resolve(folder);
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (thrown) {
    // Another process made it in the same moment.
    if (!isFolder(path)) throw thrown;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
