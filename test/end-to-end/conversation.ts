// A program somebody talks to: what it says, what is typed, and how it ends; its whole process group is ended with it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PROGRAM_FOLDER } from './tillcat.ts';
import { until } from './until.ts';

export type Conversation = AsyncDisposable & {
  readonly pid: number;
  readonly story: () => string;
  /** Resolves with what was said since the last call, up to and with these words. */
  readonly hear: (words: string | RegExp, limitMs?: number) => Promise<string>;
  readonly type: (line: string) => void;
  readonly isRunning: () => boolean;
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
  readonly ended: Promise<number | null>;
};

/** @param input `none` is /dev/null, `typed` a pipe */
export function converse(
  program: string,
  args: readonly string[],
  { env, input }: { env: NodeJS.ProcessEnv; input: 'none' | 'typed' },
): Conversation {
  const child = spawn(program, args, {
    env,
    cwd: PROGRAM_FOLDER,
    // A group of its own: npm and socat put processes between us and the program.
    detached: true,
    stdio: [input === 'none' ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  let story = '';
  let heard = 0;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (story += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (story += text));
  // Typing after the end is no fault of ours.
  child.stdin?.on('error', () => undefined);
  const ended = once(child, 'close').then(() => child.exitCode);
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const end = (signal: NodeJS.Signals): Promise<number | null> => {
    if (isRunning() && child.pid !== undefined) process.kill(-child.pid, signal);
    return ended;
  };
  return {
    pid: child.pid ?? 0,
    story: () => story,
    hear: (words, limitMs = 60_000) =>
      until(
        `"${String(words)}"`,
        () => {
          const fresh = story.slice(heard);
          const at = typeof words === 'string' ? fresh.indexOf(words) : fresh.search(words);
          const length = typeof words === 'string' ? words.length : (words.exec(fresh)?.[0].length ?? 0);
          if (at < 0 && !isRunning()) throw new Error(`it ended before it said "${String(words)}"\n${story}`);
          if (at < 0) return null;
          heard += at + length;
          return fresh.slice(0, at + length);
        },
        { limitMs, story: () => story },
      ),
    type: (line) => void child.stdin?.write(`${line}\n`),
    isRunning,
    end,
    ended,
    [Symbol.asyncDispose]: async () => void (await end('SIGKILL')),
  };
}
