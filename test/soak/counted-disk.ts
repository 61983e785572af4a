// How much is written: by the program, as the kernel counts it for the process, and to a disk of its own, as its driver counts it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

export type Written = {
  /** What the process made dirty in the page cache, in whole pages (/proc/PID/io, write_bytes; proc_pid_io(5)). */
  readonly byProgram: number;
  /** What reached the device, with the file system's journal; null without a device of its own. */
  readonly toDevice: number | null;
};

export type CountedDisk = Disposable & {
  readonly path: string;
  /** So far; everything is on the disk by then. */
  readonly written: () => Written;
};

const SECTOR = 512;
/** Of /sys/block/NAME/stat: sectors written (Documentation/block/stat.rst). */
const SECTORS_WRITTEN = 6;
const MEGABYTE = 1 << 20;

/** A file with an ext4 in it, as a till's card has, where this is root's to make; else a folder, whose device has other users. */
export function countedDisk(megabytes: number): CountedDisk {
  const path = mkdtempSync(join(tmpdir(), 'tillcat-wear-'));
  const image = `${path}.img`;
  const device = process.getuid?.() === 0 ? mountOwn({ path, image, megabytes }) : null;
  return {
    path,
    written: () => {
      spawnSync('sync', ['-f', path]);
      return { byProgram: bytesOfProcess(), toDevice: device === null ? null : bytesOfDevice(device) };
    },
    [Symbol.dispose]: () => {
      if (device !== null) spawnSync('umount', ['-l', path]);
      rmSync(path, { recursive: true, force: true });
      rmSync(image, { force: true });
    },
  };
}

function mountOwn({ path, image, megabytes }: { path: string; image: string; megabytes: number }): string | null {
  const steps = [
    ['truncate', '-s', String(megabytes * MEGABYTE), image],
    ['mkfs.ext4', '-q', '-F', '-E', 'lazy_itable_init=0,lazy_journal_init=0', image],
    ['mount', '-o', 'loop,noatime', image, path],
  ] as const;
  for (const [program, ...args] of steps) if (spawnSync(program, args).status !== 0) return null;
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  const line = mounts.find((one) => one.split(' ')[1] === realpathSync(path));
  return line === undefined ? null : basename(line.split(' ')[0] ?? '');
}

function bytesOfProcess(): number {
  const [, bytes = '0'] = /^write_bytes: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8')) ?? [];
  return Number(bytes);
}

function bytesOfDevice(device: string): number {
  const fields = readFileSync(`/sys/block/${device}/stat`, 'utf8').trim().split(/\s+/);
  return Number(fields[SECTORS_WRITTEN]) * SECTOR;
}
