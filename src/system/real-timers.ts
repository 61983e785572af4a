// Waits in real time, shared by the real clock and the shifted one.
import { toError } from '../domain/to-error.ts';

/** setTimeout counts in 32 bits and fires at once beyond them; longer waits are taken in pieces. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Calls once after a wait; the answer takes it back. Does not keep the process alive. */
export function after(waitMs: number, call: () => void): () => void {
  return wait({ waitMs, call, keepsProcessAlive: false });
}

/** Resolves after a wait, and keeps the process alive for it: somebody is waiting. */
export function sleep(waitMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(toError(signal.reason));
    const onAbort = () => {
      cancel();
      reject(toError(signal?.reason));
    };
    const cancel = wait({
      waitMs,
      call: () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      },
      keepsProcessAlive: true,
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

function wait(task: { waitMs: number; call: () => void; keepsProcessAlive: boolean }): () => void {
  let leftMs = Math.max(0, task.waitMs);
  let timer: NodeJS.Timeout;
  const next = () => {
    const pieceMs = Math.min(leftMs, LONGEST_TIMER_MS);
    leftMs -= pieceMs;
    timer = setTimeout(() => (leftMs > 0 ? next() : task.call()), pieceMs);
    if (!task.keepsProcessAlive) timer.unref();
  };
  next();
  return () => clearTimeout(timer);
}
