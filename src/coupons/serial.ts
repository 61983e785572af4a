// A serial: 12 digits = 2 of the till that issued it, 5 of its counter, 5 of the MAC that keeps it from being made up.
import { parseSerial, parseTillId } from '../domain/ids.ts';
import type { Serial, TillId } from '../domain/ids.ts';

/** Counters run from 0 to one below this, per till and GCN. */
export const COUNTERS_PER_GCN = 100_000;

export type SerialParts = {
  readonly till: TillId;
  readonly counter: number;
  /** Five digits. */
  readonly mac: string;
};

/** @throws RangeError for a counter or MAC that does not have five digits */
export function makeSerial({ till, counter, mac }: SerialParts): Serial {
  if (!Number.isInteger(counter) || counter < 0 || counter >= COUNTERS_PER_GCN) {
    throw new RangeError(`A serial's counter is 0 to ${COUNTERS_PER_GCN - 1}; got ${counter}.`);
  }
  const serial = parseSerial(till + String(counter).padStart(5, '0') + mac);
  if (serial === null) throw new RangeError(`A serial's MAC has five digits; got "${mac}".`);
  return serial;
}

export function serialParts(serial: Serial): SerialParts {
  const till = parseTillId(serial.slice(0, 2));
  if (till === null) throw new RangeError(`${serial} is no serial.`);
  return { till, counter: Number(serial.slice(2, 7)), mac: serial.slice(7) };
}

/** "482109377715" as the paper shows it: "4821 0937 7715". */
export function serialInFours(serial: Serial): string {
  return `${serial.slice(0, 4)} ${serial.slice(4, 8)} ${serial.slice(8)}`;
}
