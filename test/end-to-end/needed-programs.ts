// What a test needs of the machine; a test whose programs are missing skips itself and says which.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @returns true where all are there; otherwise false, and the reason is printed */
export function areThere(...programs: readonly string[]): boolean {
  const missing = programs.filter((program) => !isThere(program));
  if (missing.length > 0) process.stderr.write(`skipped: ${missing.join(', ')} is not on this machine\n`);
  return missing.length === 0;
}

function isThere(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
