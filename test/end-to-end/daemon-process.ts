// The daemon as a process of its own: started, asked how it is, stopped or killed, and never left behind.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { z } from 'zod';
import { redemptionAnswerSchema } from '../../src/web/redemption-answer.ts';
import { statusSchema } from '../../src/web/status-answer.ts';
import { visitAnswerSchema, visitRecordSchema } from '../../src/web/visit-answer.ts';
import type { ShopFolder } from './shop-folder.ts';
import { TILLCAT } from './tillcat.ts';
import { until } from './until.ts';

export type Status = z.output<typeof statusSchema>;
export type VisitAnswer = z.output<typeof visitAnswerSchema>;
export type VisitRecord = z.output<typeof visitRecordSchema>;
export type RedemptionAnswer = z.output<typeof redemptionAnswerSchema>;

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly ms: number };

export type DaemonProcess = AsyncDisposable & {
  readonly pid: number;
  readonly address: string;
  /** All it has said so far. */
  readonly story: () => string;
  readonly status: () => Promise<Status>;
  readonly visit: (id: string) => Promise<VisitRecord>;
  readonly scan: (card: string) => Promise<VisitAnswer>;
  readonly redeem: (code: string) => Promise<RedemptionAnswer>;
  /** Sends the signal and waits for the end; `ms` is how long that took. */
  readonly end: (signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL') => Promise<Ended>;
};

/** Resolves when it serves. @throws Error with all it said, where it ends instead */
export async function startDaemon(
  shop: Pick<ShopFolder, 'configFile' | 'port'>,
  ...args: readonly string[]
): Promise<DaemonProcess> {
  const child = spawn(TILLCAT, ['--config', shop.configFile, 'run', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let story = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (story += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (story += text));
  const closed = once(child, 'close');
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const address = `http://127.0.0.1:${shop.port}`;
  const call = async (path: string, body: object | null = null): Promise<unknown> => {
    const response = await fetch(address + path, {
      ...(body === null ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'Content-Type': 'application/json' },
      signal: AbortSignal.timeout(10_000),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const status = async (): Promise<Status> => statusSchema.parse(await call('/api/v1/status'));
  const end = async (signal: NodeJS.Signals): Promise<Ended> => {
    const from = performance.now();
    if (!hasEnded()) child.kill(signal);
    await closed;
    return { code: child.exitCode, signal: child.signalCode, ms: performance.now() - from };
  };
  try {
    await until(
      'the daemon to serve',
      async () => {
        if (hasEnded()) throw new Error(`the daemon ended with ${child.exitCode ?? child.signalCode}\n${story}`);
        return status().catch(() => null);
      },
      { story: () => story },
    );
  } catch (thrown) {
    await end('SIGKILL');
    throw thrown;
  }
  return {
    pid: child.pid ?? 0,
    address,
    story: () => story,
    status,
    visit: async (id) => visitRecordSchema.parse(await call(`/api/v1/visits/${id}`)),
    scan: async (card) => visitAnswerSchema.parse(await call('/api/v1/scans', { card })),
    redeem: async (code) => redemptionAnswerSchema.parse(await call('/api/v1/coupons/redeem', { code })),
    end,
    [Symbol.asyncDispose]: async () => void (await end('SIGKILL')),
  };
}
