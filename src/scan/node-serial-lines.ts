// Serial lines of this machine, over the serialport package.
import { stat } from 'node:fs/promises';
import { toError } from '../domain/to-error.ts';
import type { SerialLine, SerialLines } from './serial-line.ts';

export const nodeSerialLines: SerialLines = {
  async open({ path, baudRate, onBytes, onLost }) {
    // Asked for only here: the native module is loaded by shops that have a serial scanner.
    const { SerialPort } = await import('serialport');
    const port = new SerialPort({ path, baudRate, autoOpen: false, lock: true });
    await new Promise<void>((resolve, reject) => {
      port.open((error) => (error === null ? resolve() : reject(openingError({ path, error }))));
    });
    let isOurs = true;
    const close = async () => {
      isOurs = false;
      port.removeAllListeners('data');
      if (!port.isOpen) return;
      await new Promise<void>((resolve) => port.close(() => resolve()));
    };
    const lost = (error: Error | null) => {
      if (!isOurs) return;
      isOurs = false;
      onLost(error === null ? `${path} was closed` : `${path} was lost (${error.message})`);
    };
    port.on('close', lost);
    port.on('error', lost);
    try {
      await new Promise<void>((resolve, reject) => port.flush((error) => (error ? reject(error) : resolve())));
    } catch (thrown) {
      await close();
      throw new Error(`${path} is not a serial line (${toError(thrown).message})`, { cause: thrown });
    }
    port.on('data', (bytes: Uint8Array) => {
      if (isOurs) onBytes(bytes);
    });
    return { close } satisfies SerialLine;
  },

  async identityOf(path) {
    try {
      const { dev, ino, rdev } = await stat(path);
      return `${dev}:${ino}:${rdev}`;
    } catch {
      // Whatever keeps us from seeing the path, opening it will say; here it is simply not to be seen.
      return null;
    }
  },
};

function openingError({ path, error }: { path: string; error: Error }): Error {
  return new Error(openingSentence({ path, message: error.message }), { cause: error });
}

/** serialport has no error codes for opening, only the system's sentences. */
function openingSentence({ path, message }: { path: string; message: string }): string {
  if (message.includes('No such file')) return `${path} is not there; is the scanner plugged in and in serial mode?`;
  if (message.includes('Permission denied')) return `${path} may not be opened; the user needs the group dialout`;
  if (message.includes('Cannot lock port')) return `${path} is in use by another program`;
  return `${path} could not be opened (${message})`;
}
