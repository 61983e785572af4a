// Whether the machine's clock is held right by somebody else: a Pi without a battery wakes up in the past.
import { stat } from 'node:fs/promises';
import { SYSTEM_LIMITS } from './limits.ts';
import { runProgram, type RunProgram } from './run-program.ts';

export type TimeSync = 'synchronised' | 'not-synchronised' | 'unknown';

/** Touched by systemd-timesyncd at each answer it gets, every 34 minutes at the most (systemd-timesyncd.service(8)). */
const SYNCHRONISED_MARK = '/run/systemd/timesync/synchronized';
/** An older mark, or one of the future, says that the clock has been moved since, or that nobody answers any more. */
const MARK_GOOD_MS = 2 * 3_600_000;
const MARK_AHEAD_MS = 60_000;

export type AskTimeSync = () => Promise<TimeSync>;

/** Asks timesyncd's mark, then the kernel through timedatectl, which knows chrony and ntpd too. */
export function askTimeSync(from: {
  /** When a file was touched, in ms; null where it is not there. */
  touchedAt: (file: string) => Promise<number | null>;
  /** What the clock says, in ms. */
  nowMs: () => number;
  run: RunProgram;
}): AskTimeSync {
  return async () => {
    const touchedMs = await from.touchedAt(SYNCHRONISED_MARK);
    const ageMs = touchedMs === null ? Infinity : from.nowMs() - touchedMs;
    if (ageMs >= -MARK_AHEAD_MS && ageMs <= MARK_GOOD_MS) return 'synchronised';
    try {
      const args = ['show', '--property=NTPSynchronized', '--value'];
      const answer = await from.run({ program: 'timedatectl', args, limitMs: SYSTEM_LIMITS.timeSyncMs });
      return answer.trim() === 'yes' ? 'synchronised' : 'not-synchronised';
    } catch {
      // No systemd, or it does not answer: then nobody here knows, and that is the answer.
      return 'unknown';
    }
  };
}

export const machineTimeSync: AskTimeSync = askTimeSync({
  touchedAt: (file) =>
    stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => null,
    ),
  nowMs: () => Date.now(),
  run: runProgram,
});
