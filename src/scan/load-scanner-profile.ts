// Reads a scanner's profile: the shop's own folder first, then the program's.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import { scannerProfileSchema, type ScannerProfile } from './scanner-profile.ts';

/**
 * `name`.json out of the first folder that has it. A folder that does not exist holds no profiles.
 * @throws TillError SCANNER_PROFILE_UNKNOWN listing what there is, or SCANNER_PROFILE_INVALID
 */
export function loadScannerProfile({ name, folders }: { name: string; folders: readonly string[] }): ScannerProfile {
  const file = folders.map((folder) => join(folder, `${name}.json`)).find((candidate) => existsSync(candidate));
  if (file === undefined) {
    const known = [...new Set(folders.flatMap(profileNames))].sort();
    throw new TillError('SCANNER_PROFILE_UNKNOWN', { name, known });
  }
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (thrown) {
    throw new TillError('SCANNER_PROFILE_INVALID', { file, problems: [toError(thrown).message] }, { cause: thrown });
  }
  const parsed = scannerProfileSchema.safeParse(json);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'profile'}: ${issue.message}`);
    throw new TillError('SCANNER_PROFILE_INVALID', { file, problems });
  }
  if (parsed.data.name === name) return parsed.data;
  const problems = [`name: is "${parsed.data.name}", but the file is called ${name}.json`];
  throw new TillError('SCANNER_PROFILE_INVALID', { file, problems });
}

function profileNames(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.map((file) => file.slice(0, -'.json'.length));
}
