// A program of its own: compiles every other file, so that the first start after an installation is as quick and small as later ones.
//
// Node keeps compiled code by the flags it was started with, so bin/tillcat starts this too:
//   NODE_OPTIONS=--import=FOLDER/src/system/compile-ahead.ts bin/tillcat --help
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** These act as soon as they are imported: main.ts comes by the launcher, and its children are started with other flags. */
const PROGRAMS = new Set([
  'main.ts',
  'printer/device-file-program.ts',
  'store/check-store.ts',
  'system/compile-ahead.ts',
]);

const source = join(import.meta.dirname, '..');
for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
  if (file.endsWith('.ts') && !PROGRAMS.has(file)) await import(join(source, file));
}
// Wanted only where there is a serial line.
await import('serialport');
