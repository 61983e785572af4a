// Tells systemd how the service is (sd_notify), and feeds its watchdog only while a scan could be served.
import type { Clock } from '../domain/clock.ts';
import { toError } from '../domain/to-error.ts';
import { SYSTEM_LIMITS } from './limits.ts';
import type { RunProgram } from './run-program.ts';

export type ServiceNotify = {
  /** The service serves; `status` is the line `systemctl status` shows. */
  ready(status: string): Promise<void>;
  status(status: string): Promise<void>;
  stopping(): Promise<void>;
  /** Feeds the watchdog until the signal aborts, whenever `isHealthy` answers true in time; a late or failed answer is a no. */
  watch(watch: { signal: AbortSignal; isHealthy: () => Promise<boolean> }): Promise<void>;
};

/**
 * Off systemd (no NOTIFY_SOCKET) every call does nothing. Messages go through the systemd-notify program, because Node
 * has no datagram sockets of AF_UNIX: the unit needs NotifyAccess=all. A message that cannot be sent is reported, and
 * never stops the shop.
 */
export function serviceNotify(from: {
  env: Readonly<Record<string, string | undefined>>;
  pid: number;
  clock: Clock;
  run: RunProgram;
  report: (error: Error) => void;
}): ServiceNotify {
  const { env, clock } = from;
  const isService = (env['NOTIFY_SOCKET'] ?? '') !== '';
  const feedEveryMs = isService ? watchdogPeriodMs({ env, pid: from.pid }) : null;

  return {
    ready: (status) => send(['--ready', `--status=${oneLine(status)}`]),
    status: (status) => send([`--status=${oneLine(status)}`]),
    stopping: () => send(['STOPPING=1']),
    async watch({ signal, isHealthy }) {
      if (feedEveryMs === null) return;
      while (!signal.aborted) {
        if (await answersInTime({ isHealthy, limitMs: feedEveryMs, signal })) await send(['WATCHDOG=1']);
        await pause(feedEveryMs, signal);
      }
    },
  };

  async function send(args: readonly string[]): Promise<void> {
    if (!isService) return;
    try {
      await from.run({ program: 'systemd-notify', args, limitMs: SYSTEM_LIMITS.notifyMs });
    } catch (thrown) {
      from.report(toError(thrown));
    }
  }

  async function answersInTime(asked: {
    isHealthy: () => Promise<boolean>;
    limitMs: number;
    signal: AbortSignal;
  }): Promise<boolean> {
    const answered = new AbortController();
    const late = pause(asked.limitMs, AbortSignal.any([asked.signal, answered.signal])).then(() => false);
    try {
      return await Promise.race([asked.isHealthy(), late]);
    } catch (thrown) {
      from.report(toError(thrown));
      return false;
    } finally {
      answered.abort();
    }
  }

  async function pause(waitMs: number, signal: AbortSignal): Promise<void> {
    try {
      await clock.sleep(waitMs, signal);
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
    }
  }
}

/** A third of what systemd waits, so that one lost message does no harm; null where no watchdog wants us. */
function watchdogPeriodMs({
  env,
  pid,
}: {
  env: Readonly<Record<string, string | undefined>>;
  pid: number;
}): number | null {
  const microseconds = Number(env['WATCHDOG_USEC'] ?? '');
  if (!Number.isFinite(microseconds) || microseconds <= 0) return null;
  const isForUs = env['WATCHDOG_PID'] === undefined || env['WATCHDOG_PID'] === String(pid);
  return isForUs ? Math.max(100, Math.floor(microseconds / 3000)) : null;
}

function oneLine(status: string): string {
  return status.replace(/\p{Cc}+/gu, ' ');
}
