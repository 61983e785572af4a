// One daemon for one data folder, by the folder's device and inode: links and bind mounts lead to the same one.
//
// Containers that share a folder and not a network namespace are not kept apart; they must not share the till.
import { statSync } from 'node:fs';
import { TillError } from '../domain/till-error.ts';
import { takeName, type MachineLock } from './machine-lock.ts';

/** Held until it is disposed or the process ends. */
export type FolderLock = MachineLock;

/** The folder must exist. @throws TillError FOLDER_IN_USE */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const { dev, ino } = statSync(folder);
  const lock = await takeName(`folder-${dev}-${ino}`);
  if ('holder' in lock) throw new TillError('FOLDER_IN_USE', { folder, holder: lock.holder });
  return lock;
}
