// Whether the machine's clock is held right by somebody else: a Pi without a battery wakes up in the past.
import { access } from 'node:fs/promises';
import { SYSTEM_LIMITS } from './limits.ts';
import { runProgram, type RunProgram } from './run-program.ts';

export type TimeSync = 'synchronised' | 'not-synchronised' | 'unknown';

/** Made by systemd-timesyncd at its first answer since the start (systemd-timesyncd.service(8)). */
const SYNCHRONISED_MARK = '/run/systemd/timesync/synchronized';

export type AskTimeSync = () => Promise<TimeSync>;

/** Asks timesyncd's mark, then the kernel through timedatectl, which knows chrony and ntpd too. */
export function askTimeSync(from: { exists: (file: string) => Promise<boolean>; run: RunProgram }): AskTimeSync {
  return async () => {
    if (await from.exists(SYNCHRONISED_MARK)) return 'synchronised';
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
  exists: (file) =>
    access(file).then(
      () => true,
      () => false,
    ),
  run: runProgram,
});
