// Writes what a command was asked to put into a file, readable by its owner alone, or says why it could not.
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';

/** Strips and rankings tell what somebody buys: whatever rights a file of this name had, it has the owner's alone then. */
const OWNER_ALONE = 0o600;

/** @throws TillError FILE_UNWRITABLE, and what stood there stands there still */
export function writeFile(file: string, content: string | Uint8Array): void {
  try {
    const there = statSync(file, { throwIfNoEntry: false });
    // A pipe or a terminal (/dev/stdout) has no rights to be mended, and no place to be taken.
    if (there !== undefined && !there.isFile()) writeFileSync(file, content);
    else replace(there === undefined ? file : realpathSync(file), content);
  } catch (thrown) {
    throw new TillError('FILE_UNWRITABLE', { file, problem: toError(thrown).message }, { cause: thrown });
  }
}

/** Beside it first: who has the old file open reads nothing of the new one. */
function replace(file: string, content: string | Uint8Array): void {
  const draft = `${file}.${process.pid}.draft`;
  try {
    writeFileSync(draft, content, { mode: OWNER_ALONE, flag: 'wx' });
    renameSync(draft, file);
  } catch (thrown) {
    rmSync(draft, { force: true });
    throw thrown;
  }
}
