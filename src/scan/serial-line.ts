// A serial line of this machine, over the serialport package.
import { toError } from '../domain/to-error.ts';
import { deviceIdentity } from './device-identity.ts';
import type { Line, LineEvents, LineSource } from './line.ts';

export function serialLine({ path, baudRate }: { path: string; baudRate: number }): LineSource {
  return { path, open: (events) => open({ path, baudRate, ...events }), identity: () => deviceIdentity(path) };
}

async function open({ path, baudRate, onBytes, onLost }: { path: string; baudRate: number } & LineEvents) {
  // Asked for only here: the native module is loaded by shops that have a serial scanner.
  const { SerialPort } = await import('serialport');
  const port = new SerialPort({ path, baudRate, autoOpen: false, lock: true });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => (error === null ? resolve() : reject(openingError({ path, error }))));
  });
  let isOurs = true;
  let isSending = false;
  const close = async (): Promise<void> => {
    isOurs = false;
    port.removeAllListeners('data');
    if (!port.isOpen) return;
    await new Promise<void>((resolve) => port.close(() => resolve()));
  };
  const lost = (error: Error | null): void => {
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
  return {
    send: (bytes) => {
      // The package sends on the next opening what is written to a closed port, and queues behind what is stuck.
      if (!isOurs || !port.isOpen || isSending) return;
      isSending = true;
      port.write(Buffer.from(bytes), () => (isSending = false));
    },
    close,
  } satisfies Line;
}

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
