// Writes what a command was asked to put into a file, readable by its owner alone, or says why it could not.
import { writeFileSync } from 'node:fs';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';

/** @throws TillError FILE_UNWRITABLE */
export function writeFile(file: string, content: string | Uint8Array): void {
  try {
    // Strips and rankings tell what somebody buys.
    writeFileSync(file, content, { mode: 0o600 });
  } catch (thrown) {
    throw new TillError('FILE_UNWRITABLE', { file, problem: toError(thrown).message }, { cause: thrown });
  }
}
