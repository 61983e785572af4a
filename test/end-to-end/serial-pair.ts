// A pair of pseudo-terminals as a serial cable: the scanner's device on one end, the hand that scans on the other.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { until } from './until.ts';

export type SerialPair = AsyncDisposable & {
  /** What the daemon opens. */
  readonly device: string;
  /** As a scanner sends it: the card, then a carriage return. */
  readonly scan: (card: string) => void;
  /** One byte a character. */
  readonly send: (text: string) => void;
  /** What the program has sent to the scanner since it was last asked. */
  readonly heard: () => string;
};

export async function plugInSerialPair(device: string): Promise<SerialPair> {
  const far = `${device}.far`;
  const end = (link: string): string => `pty,raw,echo=0,link=${link}`;
  const socat = spawn('socat', [end(device), end(far)], { stdio: 'ignore' });
  const closed = once(socat, 'close');
  await until('the pseudo-terminals', () => existsSync(device) && existsSync(far));
  const file = openSync(far, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  const send = (text: string): void => void writeSync(file, Buffer.from(text, 'latin1'));
  const heard = (): string => {
    const buffer = Buffer.alloc(1024);
    try {
      return buffer.toString('latin1', 0, readSync(file, buffer));
    } catch (thrown) {
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EAGAIN') return '';
      throw thrown;
    }
  };
  return {
    device,
    scan: (card) => send(`${card}\r`),
    send,
    heard,
    [Symbol.asyncDispose]: async () => {
      closeSync(file);
      socat.kill('SIGTERM');
      await closed;
      for (const link of [device, far]) rmSync(link, { force: true });
    },
  };
}
