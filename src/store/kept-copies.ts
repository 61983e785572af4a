// Copies of the store that are kept for a while, for people to fall back on: from before its tables changed, and stores set aside.
//
//   backups/before-schema-3.db                          when a newer program changed the tables
//   set-aside/tillcat-2026-11-22T16-30-00-000Z.db       when a backup took the store's place, with its log where it had one
import { existsSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { instant, type Instant } from '../domain/calendar.ts';
import { toError } from '../domain/to-error.ts';
import { damageOf } from './check-pages.ts';
import { forgetInCopy } from './restored-copy.ts';

const DAY_MS = 86_400_000;
/** Longer than a holiday, shorter than what is remembered of purchases. */
const KEPT_DAYS = 14;
const BEFORE_SCHEMA = /^before-schema-\d+\.db$/;
/** What a power cut left of a backup; one that is being written is younger. */
const DRAFT = /\.draft$/;
const DRAFT_DAYS = 1;
/** As setAsideName makes it; the log's and the index's names go on after it. */
const SET_ASIDE = /^tillcat-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d{3}Z)\.db/;

/** A copy in which somebody who was forgotten may still be known, why, and when it goes by itself. */
export type StillKnown = { readonly copy: string; readonly problem: string; readonly until: Instant };

type Kept = { readonly file: string; readonly until: Instant };

export function setAsideFolder(storeFile: string): string {
  return join(dirname(storeFile), 'set-aside');
}

export function setAsideName(now: Instant): string {
  return `tillcat-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}.db`;
}

/** The store's tables as they were before they became those of this schema. */
export function beforeSchema(storeFile: string, schema: number): string {
  return join(backupFolder(storeFile), `before-schema-${schema}.db`);
}

/** They hold purchases: after a while they go. */
export function sweepKeptCopies({ storeFile, now }: { storeFile: string; now: Instant }): void {
  for (const { file, until } of [...setAside(storeFile), ...besideBackups(storeFile)]) {
    if (until <= now) rmSync(file, { force: true });
  }
}

/** Forgets a customer in all of them, as far as they are sound; answers the others. Looking through a big one takes seconds. */
export function forgetInKeptCopies(of: { storeFile: string; codeHash: Buffer }): readonly StillKnown[] {
  const stores = [...setAside(of.storeFile), ...besideBackups(of.storeFile)].filter(({ file }) => file.endsWith('.db'));
  return stores.flatMap(({ file, until }) => {
    const problem = forgetIn(file, of.codeHash);
    return problem === null ? [] : [{ copy: file, problem, until }];
  });
}

function forgetIn(copy: string, codeHash: Buffer): string | null {
  try {
    // In a damaged one they may be where no search finds them.
    const damage = damageOf(copy, 'indexes');
    if (damage !== null) return damage;
    const { atime, mtime } = statSync(copy);
    forgetInCopy({ copy, forgotten: [codeHash] });
    // It is as old as before.
    utimesSync(copy, atime, mtime);
    return null;
  } catch (thrown) {
    return toError(thrown).message;
  }
}

/** By their names: a store that nobody wrote to for a month is set aside as of now. */
function setAside(storeFile: string): readonly Kept[] {
  return filesIn(setAsideFolder(storeFile)).map(({ name, file, changedMs }) => {
    const [, hour, minute, second, rest] = SET_ASIDE.exec(name) ?? [];
    const at = Date.parse(`${hour}:${minute}:${second}.${rest}`);
    return { file, until: keptFrom(Number.isNaN(at) ? changedMs : at, KEPT_DAYS) };
  });
}

function besideBackups(storeFile: string): readonly Kept[] {
  return filesIn(backupFolder(storeFile)).flatMap(({ name, file, changedMs }) => {
    const days = BEFORE_SCHEMA.test(name) ? KEPT_DAYS : DRAFT.test(name) ? DRAFT_DAYS : null;
    return days === null ? [] : [{ file, until: keptFrom(changedMs, days) }];
  });
}

/** A draft may take its name while we look: then it is none any more. */
function filesIn(folder: string): readonly { name: string; file: string; changedMs: number }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const file = join(folder, name);
    const there = statSync(file, { throwIfNoEntry: false });
    return there === undefined ? [] : [{ name, file, changedMs: there.mtimeMs }];
  });
}

const backupFolder = (storeFile: string): string => join(dirname(storeFile), 'backups');
const keptFrom = (atMs: number, days: number): Instant => instant(Math.floor(atMs) + days * DAY_MS);
