// A program of its own that holds one device file: the kernel may keep it waiting as long as it likes, and it can be killed.
//
//   daemon ──bytes──▶ here ──write(2)──▶ /dev/usb/lp0        node device-file-program.ts PATH RETRY_MS IDLE_MS
//          ◀─took n, received──  ◀──read(2)──
import { closeSync, constants, fstatSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { toError } from '../domain/to-error.ts';
import type { FromProgram } from './device-file-message.ts';

/**
 * O_NONBLOCK, because usblp waits for ever in write() on a printer without paper. Without O_CREAT an absent printer is an
 * error and not a new regular file.
 */
const READ_WRITE = constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY;
/** A FIFO opened for both would give us our own bytes back. */
const WRITE_ONLY = constants.O_WRONLY | constants.O_NONBLOCK;
/** After something was said the device is looked at often, for as long as an answer may take. */
const BUSY_MS = 1_000;

const [, , path = '', retry = '3', idle = '50'] = process.argv;
const retryMs = Number(retry);
const idleMs = Number(idle);
let busyUntilMs = 0;

// The daemon is gone, or wants no more: whatever has not left never will.
process.once('disconnect', () => process.exit(0));
try {
  const { file, answers } = openDevice();
  process.on('message', (message: unknown) => {
    // Pieces come one by one, so that no two of these run at once.
    writeAll(file, bytesOf(message)).catch(fail);
  });
  // What was said to an earlier connection is no answer to this one's questions.
  if (answers) while (attempt(() => readSync(file, Buffer.alloc(256))) > 0);
  tell({ kind: 'opened' });
  if (answers) readForEver(file).catch(fail);
} catch (thrown) {
  fail(thrown);
}

/** Read by hand: loading a library for it would double the time this program takes to start. */
function bytesOf(message: unknown): Uint8Array {
  const bytes = typeof message === 'object' && message !== null && 'bytes' in message ? message.bytes : null;
  if (bytes instanceof Uint8Array) return bytes;
  throw new Error('the daemon sent no bytes');
}

function openDevice(): { file: number; answers: boolean } {
  const isFifo = statSync(path).isFIFO();
  const file = openSync(path, isFifo ? WRITE_ONLY : READ_WRITE);
  // Asked of what was opened, and not of what the name stood for a moment ago.
  const kind = fstatSync(file);
  if (kind.isCharacterDevice() || kind.isFIFO()) return { file, answers: !isFifo };
  closeSync(file);
  throw new Error('it is not a device; is the printer plugged in?');
}

async function writeAll(file: number, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) {
    const count = attempt(() => writeSync(file, bytes, sent));
    if (count > 0) tell({ kind: 'took', count });
    else await sleep(retryMs);
    sent += count;
    busyUntilMs = performance.now() + BUSY_MS;
  }
}

async function readForEver(file: number): Promise<void> {
  const buffer = Buffer.alloc(256);
  for (;;) {
    const count = attempt(() => readSync(file, buffer));
    if (count > 0) tell({ kind: 'received', bytes: Uint8Array.from(buffer.subarray(0, count)) });
    else await sleep(performance.now() < busyUntilMs ? retryMs : idleMs);
    if (count > 0) busyUntilMs = performance.now() + BUSY_MS;
  }
}

/** How many bytes went; 0 where the device is not ready. */
function attempt(work: () => number): number {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EAGAIN') return 0;
    throw thrown;
  }
}

function tell(message: FromProgram): void {
  process.send?.(message);
}

function fail(thrown: unknown): void {
  process.send?.({ kind: 'failed', problem: toError(thrown).message } satisfies FromProgram, () => process.exit(1));
}
