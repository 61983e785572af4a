// Reads a scanner's profile: the shop's own folder first, then the program's.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearestWord } from '../domain/nearest-word.ts';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import { scannerProfileSchema, type ScannerProfile } from './scanner-profile.ts';

/**
 * `name`.json out of the first folder that has it; the first is the shop's own. A folder that does not exist holds no profiles.
 * @throws TillError SCANNER_PROFILE_UNKNOWN listing what there is, SCANNER_PROFILE_INVALID, or FILE_UNREADABLE for a folder
 */
export function loadScannerProfile({ name, folders }: { name: string; folders: readonly string[] }): ScannerProfile {
  const folder = folders.find((candidate) => profileNames(candidate).includes(name));
  if (folder === undefined) {
    const known = [...new Set(folders.flatMap(profileNames))].sort();
    const [ownFolder = ''] = folders;
    throw new TillError('SCANNER_PROFILE_UNKNOWN', { name, nearest: nearestWord(name, known), known, ownFolder });
  }
  const file = join(folder, `${name}.json`);
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
  let files: readonly string[];
  try {
    files = readdirSync(folder);
  } catch (thrown) {
    const error = toError(thrown);
    if ('code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
    throw new TillError('FILE_UNREADABLE', { file: folder, problem: error.message }, { cause: thrown });
  }
  return files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length));
}
