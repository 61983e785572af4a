// Writes what a command was asked to put into a file, or says why it could not.
import { writeFileSync } from 'node:fs';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';

/** @throws TillError FILE_UNWRITABLE */
export function writeFile(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content);
  } catch (thrown) {
    throw new TillError('FILE_UNWRITABLE', { file, problem: toError(thrown).message }, { cause: thrown });
  }
}
