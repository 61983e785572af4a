// SIGINT and SIGTERM become one AbortSignal; whoever asks twice, or waits too long, gets the end at once.
import type { Clock } from '../domain/clock.ts';
import { SYSTEM_LIMITS } from './limits.ts';

/** SIGHUP keeps its own meaning: a handler would undo nohup, and a till that is killed loses nothing. */
const SIGNALS = { SIGINT: 2, SIGTERM: 15 } as const;
type StopSignal = keyof typeof SIGNALS;

/** The part of `process` that is needed. */
export type SignalSource = {
  on(signal: StopSignal, listener: () => void): unknown;
  off(signal: StopSignal, listener: () => void): unknown;
  exit(code: number): void;
};

/** Aborts with an Error named after the signal. Dispose it to give the signals back. */
export type StopSignals = Disposable & { readonly signal: AbortSignal };

export function stopSignals({ source, clock }: { source: SignalSource; clock: Clock }): StopSignals {
  const stop = new AbortController();
  let forgetLimit = () => {};
  const listeners = { SIGINT: () => hear('SIGINT'), SIGTERM: () => hear('SIGTERM') };
  source.on('SIGINT', listeners.SIGINT);
  source.on('SIGTERM', listeners.SIGTERM);

  return {
    signal: stop.signal,
    [Symbol.dispose]() {
      forgetLimit();
      source.off('SIGINT', listeners.SIGINT);
      source.off('SIGTERM', listeners.SIGTERM);
    },
  };

  function hear(name: StopSignal): void {
    const end = () => source.exit(128 + SIGNALS[name]);
    if (stop.signal.aborted) return end();
    forgetLimit = clock.after(SYSTEM_LIMITS.stopMs, end);
    stop.abort(new Error(`stopped by ${name}`));
  }
}
