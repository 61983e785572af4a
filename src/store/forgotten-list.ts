// Who asked to be forgotten, in a file of its own: a backup that is restored knows them still, and this file says who must go.
//
//   5d1c0f3a9be277143fa2b81c00a417e2        the keyed hash of a customer code, a line each
//
// The file is not part of a backup, and names nobody without the shop's key.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFile, syncFolderOf } from './durable-file.ts';

const LINE = /^[0-9a-f]{32}$/;

/** @param storeFile the list lies beside the store */
export function forgottenListOf(storeFile: string): string {
  return join(dirname(storeFile), 'forgotten-customers');
}

/** On the disk before anything of the customer is deleted. Twice is no harm. */
export function addForgotten({ file, codeHash }: { file: string; codeHash: Buffer }): void {
  const isNew = !existsSync(file);
  // A line that a power cut left half is ended first: it is no hash, and is passed over.
  const isTorn = !isNew && !readFileSync(file, 'latin1').endsWith('\n');
  appendFileSync(file, `${isTorn ? '\n' : ''}${codeHash.toString('hex')}\n`, { mode: 0o600 });
  syncFile(file);
  if (isNew) syncFolderOf(file);
}

export function readForgotten(file: string): readonly Buffer[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'latin1').split('\n');
  return lines.filter((line) => LINE.test(line)).map((line) => Buffer.from(line, 'hex'));
}
