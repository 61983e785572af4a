// Runs a small program of the operating system to its end or its limit, without a shell.
import { execFile } from 'node:child_process';

export type RunProgram = (run: { program: string; args: readonly string[]; limitMs: number }) => Promise<string>;

/** Answers what it wrote. @throws Error where it is not installed, fails or takes too long */
export const runProgram: RunProgram = ({ program, args, limitMs }) =>
  new Promise((resolve, reject) => {
    execFile(program, [...args], { timeout: limitMs, killSignal: 'SIGKILL' }, (error, output) => {
      if (error === null) resolve(output);
      else reject(new Error(`${program} failed: ${error.message}`, { cause: error }));
    });
  });
