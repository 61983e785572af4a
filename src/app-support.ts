// The composition root's support bundle: what somebody far away needs to see of a till, and nothing of its customers or secrets.
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { storeFile } from './app-backup.ts';
import { readOwnConfig } from './app-config.ts';
import { examine } from './app-doctor.ts';
import type { Config } from './config/schema.ts';
import { TillError } from './domain/till-error.ts';
import { toError } from './domain/to-error.ts';
import { openDatabase } from './store/database.ts';
import { runProgram } from './system/run-program.ts';
import { VERSION } from './version.ts';
import { askDaemon } from './web/ask-daemon.ts';

const JOURNAL_LINES = 2000;
const JOURNAL_MS = 10_000;
/** Of the state folder; what lies in secrets is not even named. */
const FOLDERS = ['.', 'backups', 'models', 'set-aside'] as const;

/** Numbers of rows, never rows: a bundle tells how much there is of everything, and of whom nothing. */
export async function writeSupportBundle(of: {
  configFile: string | null;
  file: string;
  signal: AbortSignal;
}): Promise<{ bytes: number }> {
  const { config, file, overlays } = readOwnConfig(of.configFile);
  const bundle = {
    made: new Date().toISOString(),
    version: VERSION,
    machine: { node: process.version, platform: process.platform, arch: process.arch, kernel: release() },
    configuration: { file, overlays, config: withoutSecrets(config) },
    doctor: await examine(of.configFile, of.signal),
    daemon: await askDaemon(config.http),
    store: storeNumbers(config),
    files: filesOf(config),
    journal: await journal(),
  };
  const bytes = gzipSync(`${JSON.stringify(bundle, null, 1)}\n`);
  try {
    writeFileSync(of.file, bytes, { mode: 0o600, flag: 'wx' });
  } catch (thrown) {
    throw new TillError('FILE_UNWRITABLE', { file: of.file, problem: toError(thrown).message }, { cause: thrown });
  }
  return { bytes: bytes.length };
}

function withoutSecrets(config: Config): Config {
  return { ...config, http: { ...config.http, token: config.http.token === null ? null : '(set, and left out)' } };
}

function storeNumbers(config: Config): unknown {
  try {
    using db = closing(openDatabase({ file: storeFile(config), readonly: true, keyFingerprint: null }));
    const tables = db.it
      .prepare<[], string>(
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name",
      )
      .pluck()
      .all();
    const countOf = (table: string): number =>
      db.it.prepare<[], number>(`select count(*) from "${table}"`).pluck().get() ?? 0;
    const rows = new Map(tables.map((table) => [table, countOf(table)]));
    return { schema: Number(db.it.pragma('user_version', { simple: true })), rows: Object.fromEntries(rows) };
  } catch (thrown) {
    return { problem: toError(thrown).message };
  }
}

function closing<Closable extends { close(): unknown }>(it: Closable): Disposable & { it: Closable } {
  return { it, [Symbol.dispose]: () => void it.close() };
}

function filesOf(config: Config): readonly unknown[] {
  return FOLDERS.flatMap((folder) => {
    const place = join(config.data, folder);
    try {
      return readdirSync(place, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => ({ name: join(folder, name), ...sizeOf(join(place, name)) }));
    } catch {
      // A folder that is not there holds nothing.
      return [];
    }
  });
}

function sizeOf(file: string): { bytes: number; changed: string } {
  const { size, mtime } = statSync(file);
  return { bytes: size, changed: mtime.toISOString() };
}

async function journal(): Promise<readonly string[]> {
  const args = ['--unit=tillcat*', `--lines=${JOURNAL_LINES}`, '--no-pager', '--output=short-iso'];
  try {
    return (await runProgram({ program: 'journalctl', args, limitMs: JOURNAL_MS })).split('\n');
  } catch (thrown) {
    return [`the journal cannot be read: ${toError(thrown).message}`];
  }
}
