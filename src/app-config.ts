// The composition root's configuration: found, read, and held against the profiles it names, so that what is wrong is said before anything starts.
import { join } from 'node:path';
import { loadConfig, type LoadedConfig } from './config/load-config.ts';
import type { Config } from './config/schema.ts';
import { chooseCodeKind } from './coupons/choose-code.ts';
import { isTillError, TillError } from './domain/till-error.ts';
import { loadProfile, type PrinterProfile } from './printer/profile.ts';
import { MIN_COLUMNS } from './receipt/strip-layout.ts';
import { loadScannerProfile } from './scan/load-scanner-profile.ts';
import type { ScannerProfile } from './scan/scanner-profile.ts';

/** The program's own folder: profiles and default weights lie in it. */
export const PROGRAM_FOLDER = join(import.meta.dirname, '..');

type From = Parameters<typeof loadConfig>[0];

/** @throws TillError CONFIG_UNREADABLE, or CONFIG_INVALID with all of its problems */
export function readConfig(from: From): LoadedConfig {
  const loaded = loadConfig(from);
  const { config, lineOf } = loaded;
  const problems = [...flawsOf(config)].map(({ key, problem }) => {
    const line = lineOf(key);
    return `${key.join('.')}: ${problem}${line === null ? '' : ` (${line})`}`;
  });
  if (problems.length > 0) throw new TillError('CONFIG_INVALID', { file: loaded.file ?? 'tillcat.yaml', problems });
  return loaded;
}

/** As whoever typed the command means it. */
export function readOwnConfig(configFile: string | null): LoadedConfig {
  return readConfig({ configFile, env: process.env, cwd: process.cwd() });
}

/** The configured printer's facts, and the shop's logo in it. @throws TillError PRINTER_PROFILE_UNKNOWN, PRINTER_PROFILE_INVALID */
export function profileOf(config: Config): PrinterProfile {
  const { profile: name, logo } = config.printer;
  const profile = loadProfile({ name, folders: printerFolders(config) });
  return logo === null || profile.commands !== 'escpos' ? profile : { ...profile, logo };
}

/** The shop's own folder wins over the program's. */
export function printerFolders(config: Config): readonly string[] {
  return [join(config.data, 'printers'), join(PROGRAM_FOLDER, 'hardware', 'printers')];
}

/** What the configured scanner can be told; null where nothing is known of it. @throws TillError SCANNER_PROFILE_UNKNOWN, SCANNER_PROFILE_INVALID */
export function scannerProfileOf({ data, scanner }: Config): ScannerProfile | null {
  if (scanner.type !== 'serial' || scanner.profile === null) return null;
  const folders = [join(data, 'scanners'), join(PROGRAM_FOLDER, 'hardware', 'scanners')];
  return loadScannerProfile({ name: scanner.profile, folders });
}

type Flaw = { readonly key: readonly string[]; readonly problem: string };

function* flawsOf(config: Config): Iterable<Flaw> {
  const printer = orItsFault(() => profileOf(config));
  if (printer instanceof TillError) yield { key: ['printer', 'profile'], problem: withoutStop(printer.message) };
  else if (printer !== null) yield* misfits(config, printer);
  const scanner = orItsFault(() => scannerProfileOf(config));
  if (scanner instanceof TillError) yield { key: ['scanner', 'profile'], problem: withoutStop(scanner.message) };
}

/** What the printer of this profile cannot do, whatever is sent: no strip would ever come out of it. */
function* misfits({ printer: { logo }, coupons }: Config, profile: PrinterProfile): Iterable<Flaw> {
  const { name, commands, columns, symbologies } = profile;
  if (logo !== null && commands !== 'escpos') {
    const problem = `${JSON.stringify(logo)} names a picture in an ESC/POS printer, and ${name} is none; take it out`;
    yield { key: ['printer', 'logo'], problem };
  }
  const kind = chooseCodeKind({ wanted: coupons.code, paper: profile });
  const symbology = kind === 'gs1' ? 'code128' : 'ean13';
  if (kind === null || columns < MIN_COLUMNS) {
    const problem = `${name} is too narrow for a strip, which takes ${MIN_COLUMNS} columns and room for an EAN-13`;
    yield { key: ['printer', 'profile'], problem };
  } else if (!symbologies.includes(symbology)) {
    const problem = `${name} draws no ${symbology}, as a coupon on its paper takes with coupons.code: ${coupons.code}`;
    yield { key: ['printer', 'profile'], problem };
  }
}

/** null where this user may not look into the shop's own folder: whoever asks for the status need not be able to. */
function orItsFault<Found>(find: () => Found): Found | TillError | null {
  try {
    return find();
  } catch (thrown) {
    if (isTillError(thrown, 'FILE_UNREADABLE')) return null;
    if (thrown instanceof TillError) return thrown;
    throw thrown;
  }
}

const withoutStop = (sentence: string): string => sentence.replace(/\.$/, '');
