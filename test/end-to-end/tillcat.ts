// bin/tillcat as its users start it: a command that ends by itself, with what it said and its exit code.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const PROGRAM_FOLDER = join(import.meta.dirname, '..', '..');
export const TILLCAT = join(PROGRAM_FOLDER, 'bin', 'tillcat');

export type Said = { readonly code: number | null; readonly out: string; readonly err: string };

/** A command that has not ended by itself after `limitMs` is killed, and its code is null. */
export function tillcat(
  args: readonly string[],
  { env = process.env, limitMs = 60_000 }: { env?: NodeJS.ProcessEnv; limitMs?: number } = {},
): Promise<Said> {
  return runToEnd(TILLCAT, args, { env, limitMs });
}

export function runToEnd(
  program: string,
  args: readonly string[],
  {
    env = process.env,
    limitMs = 60_000,
    cwd = PROGRAM_FOLDER,
  }: { env?: NodeJS.ProcessEnv; limitMs?: number; cwd?: string } = {},
): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(limit);
      resolve({ code, out, err });
    });
  });
}
