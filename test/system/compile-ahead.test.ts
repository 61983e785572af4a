// The program is compiled once before its first start, whole, and by the flags it will be started with.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const SRC = join(ROOT, 'src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-compiled-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What Node tells of its cache goes to a file: where a pipe is full it would be lost. */
function help(env: Record<string, string>) {
  const told = join(folder, 'told');
  const file = openSync(told, 'w');
  const { status, stdout } = spawnSync(join(ROOT, 'bin/tillcat'), ['--help'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', file],
    env: { ...process.env, ...env },
  });
  closeSync(file);
  return { status, stdout, stderr: readFileSync(told, 'utf8') };
}

/** Its children are started with other flags, and act as soon as they are imported. */
const isChild = (file: string): boolean =>
  readFileSync(join(SRC, file), 'utf8').startsWith('// A program of its own') && file !== 'system/compile-ahead.ts';

test('every file is compiled but the programs of its children, and nothing else happens', () => {
  const ahead = help({
    NODE_OPTIONS: `--import=${join(SRC, 'system/compile-ahead.ts')}`,
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
    NODE_DEBUG_NATIVE: 'COMPILE_CACHE',
  });
  const written = [...ahead.stderr.matchAll(/writing cache for StrippedTypeScript file:\/\/(\S+) .*success/g)];
  const compiled = written.map(([, file = '']) => relative(SRC, file));
  expect(compiled.sort()).toEqual(files.filter((file) => !isChild(file)).sort());
  expect(ahead.stderr.replaceAll(/^\[compile cache\].*\n/gm, '')).toBe('');
  expect({ status: ahead.status, stdout: ahead.stdout }).toEqual({ status: 0, stdout: help({}).stdout });
});
