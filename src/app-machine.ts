// The composition root's machine: the clock the daemon believes, and the disk it writes to.
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Shop } from './app.ts';
import { ClockWatch } from './clock-watch.ts';
import { WriteTrouble } from './store/write-trouble.ts';
import { diskSpace } from './system/disk-space.ts';
import type { Log } from './system/log.ts';
import { machineTimeSync } from './system/time-sync.ts';
import type { DaemonStatus } from './web/desk.ts';

export function watchMachineClock({ shop, log }: { shop: Shop; log: Log }): ClockWatch {
  const { clock, calendar, latestInstant } = shop;
  return new ClockWatch({
    clock,
    latestInstant,
    askTimeSync: machineTimeSync,
    onChange: (isDoubtful) => {
      const words = isDoubtful
        ? 'the clock is not believed: no coupons, nothing expires, nothing is deleted'
        : 'the clock is believed again';
      log.warn({ clock: calendar.isoLocal(clock.now()) }, words);
    },
    report: (error) => log.error({ err: error }, error.message),
  });
}

/** A disk that takes nothing is called so. @throws TillError STORE_NOT_WRITABLE */
export async function writing<Result>(shop: Shop, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    throw new WriteTrouble(shop).heard(thrown);
  }
}

/** @param of.isInTrouble a write has failed, and none has succeeded since */
export function storageOf({ file, isInTrouble }: { file: string; isInTrouble: boolean }): DaemonStatus['storage'] {
  const states = { enough: 'ok', low: 'nearly-full', full: 'not-writable', 'read-only': 'not-writable' } as const;
  const { state, freeBytes } = diskSpace(dirname(file));
  return {
    state: isInTrouble ? 'not-writable' : states[state],
    databaseBytes: statSync(file).size,
    freeBytes,
  };
}
