// A disk of its own for a test: a memory disk to be filled, and one with a real file system that the kernel makes read-only.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type SmallDisk = Disposable & { readonly path: string };

export type FillableDisk = SmallDisk & {
  /** Takes all but so many bytes. */
  readonly fill: (leaveBytes: number) => void;
  readonly makeRoom: () => void;
};

export type FailingDisk = SmallDisk & {
  /** What the kernel does when it finds the file system damaged: everything is refused that writes. */
  readonly fail: () => void;
  /** Looked at, mended, and put in place again. */
  readonly mend: () => void;
  readonly remount: (how: 'ro' | 'rw') => void;
};

const BLOCK = Buffer.alloc(1 << 20);

/** Whether this machine lets us have one: it takes root, loop devices and mkfs. */
export function canHaveDisks(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    failingDisk(8)[Symbol.dispose]();
    return true;
  } catch {
    return false;
  }
}

export function fillableDisk(megabytes: number): FillableDisk {
  const path = mkdtempSync(join(tmpdir(), 'tillcat-disk-'));
  must('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path);
  const filler = join(path, 'filler');
  return {
    path,
    fill: (leaveBytes) => {
      const opened = openSync(filler, 'a');
      try {
        for (let free = freeBytes(path) - leaveBytes; free > 0; free = freeBytes(path) - leaveBytes) {
          writeSync(opened, BLOCK, 0, Math.min(BLOCK.length, free));
        }
      } finally {
        closeSync(opened);
      }
    },
    makeRoom: () => rmSync(filler),
    [Symbol.dispose]: () => unmount(path),
  };
}

export function failingDisk(megabytes: number): FailingDisk {
  const path = mkdtempSync(join(tmpdir(), 'tillcat-disk-'));
  const image = `${path}.img`;
  writeFileSync(image, '');
  truncateSync(image, megabytes << 20);
  must('mkfs.ext4', '-q', '-F', image);
  const mount = (): void => must('mount', '-o', 'loop,errors=remount-ro', image, path);
  mount();
  return {
    path,
    fail: () => must('mount', '-o', 'remount,abort', path),
    mend: () => {
      must('umount', path);
      // 1: mended, and all is well.
      const { status, stdout } = spawnSync('e2fsck', ['-fy', image], { encoding: 'utf8' });
      if (status === null || status > 1) throw new Error(`e2fsck: ${stdout}`);
      mount();
    },
    remount: (how) => must('mount', '-o', `remount,${how}`, path),
    [Symbol.dispose]: () => {
      unmount(path);
      rmSync(image);
    },
  };
}

function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

function must(program: string, ...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}

function unmount(path: string): void {
  // Lazily, so that a test that failed leaves no mount behind.
  spawnSync('umount', ['-l', path]);
  rmSync(path, { recursive: true, force: true });
}
