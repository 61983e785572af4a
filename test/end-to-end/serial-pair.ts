// A pair of pseudo-terminals as a serial cable: the scanner's device on one end, the hand that scans on the other.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync, rmSync, writeSync } from 'node:fs';
import { until } from './until.ts';

export type SerialPair = AsyncDisposable & {
  /** What the daemon opens. */
  readonly device: string;
  /** As a scanner sends it: the card, then a carriage return. */
  readonly scan: (card: string) => void;
  readonly send: (text: string) => void;
};

export async function plugInSerialPair(device: string): Promise<SerialPair> {
  const far = `${device}.far`;
  const end = (link: string): string => `pty,raw,echo=0,link=${link}`;
  const socat = spawn('socat', [end(device), end(far)], { stdio: 'ignore' });
  const closed = once(socat, 'close');
  await until('the pseudo-terminals', () => existsSync(device) && existsSync(far));
  const file = openSync(far, constants.O_RDWR | constants.O_NOCTTY);
  const send = (text: string): void => void writeSync(file, text);
  return {
    device,
    scan: (card) => send(`${card}\r`),
    send,
    [Symbol.asyncDispose]: async () => {
      closeSync(file);
      socat.kill('SIGTERM');
      await closed;
      for (const link of [device, far]) rmSync(link, { force: true });
    },
  };
}
