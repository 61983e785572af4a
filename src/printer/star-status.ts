// What a Star printer says of itself, and what it means in the cashier's words (STAR Line Mode Command Specifications, 5.2).
import type { PrinterStatus } from '../domain/printer-status.ts';
import type { PrinterReply } from './escpos-status.ts';

/** ESC ACK SOH: answered at once, off-line too, while the automatic status is switched off. */
export const STAR_STATUS_REQUEST = Uint8Array.of(0x1b, 0x06, 0x01);
/** ETB: when everything before it was printed, the counter in the status goes up by one. */
export const STAR_COUNT = 0x17;
/** The counter has five bits. */
export const STAR_COUNTS = 32;

/**
 * Ends a command left half sent, cancels what is to be printed (CAN, which sets the counter to nought as well), and
 * switches the automatic status off, which must not be on while the status is asked for.
 */
export function starRecovery({ flushBytes, cutsOff }: { flushBytes: number; cutsOff: boolean }): Uint8Array {
  return Uint8Array.from([
    0x1e,
    ...new Uint8Array(flushBytes),
    0x18,
    ...[0x1b, 0x40],
    ...[0x1b, 0x1e, 0x61, 0x00],
    ...[0x1b, 0x1e, 0x45, 0x00],
    ...(cutsOff ? [0x1b, 0x64, 0x02] : []),
  ]);
}

/** Long enough for every version of the status; more is noise. */
const LONGEST = 40;

/**
 * The first byte, 0xx0xxx1, says how many bytes the status has; bit 7 of the second that two more follow, as on a network.
 * Whatever does not begin so is noise.
 */
export class StarReplyReader {
  #block: number[] = [];

  push(bytes: Uint8Array): readonly PrinterReply[] {
    const replies: PrinterReply[] = [];
    for (const byte of bytes) {
      if (this.#block.length === 0 && (byte & 0x91) !== 0x01) continue;
      // XON and XOFF may come anywhere.
      if (byte === 0x11 || byte === 0x13) continue;
      this.#block.push(byte);
      const length = lengthOf(this.#block);
      if (length !== null && this.#block.length >= length) {
        replies.push({ kind: 'star', bytes: this.#block });
        this.#block = [];
      }
    }
    return replies;
  }
}

function lengthOf([first, second]: readonly number[]): number | null {
  if (first === undefined || second === undefined) return null;
  const own = ((first >> 2) & 0x18) | ((first >> 1) & 0x07);
  return Math.min(LONGEST, own + (second >= 0x80 ? 2 : 0));
}

export function statusOfStar([
  ,
  ,
  printer = 0,
  error = 0,
  moreErrors = 0,
  paper = 0,
]: readonly number[]): PrinterStatus {
  if ((printer & 0x20) !== 0) return { state: 'cover-open' };
  if ((paper & 0x08) !== 0) return { state: 'paper-out' };
  if ((error & 0x08) !== 0) return { state: 'cutter-jammed' };
  if ((error & 0x40) !== 0) return { state: 'head-hot' };
  if ((error & 0x24) !== 0 || (moreErrors & 0x0a) !== 0) {
    return { state: 'offline', why: 'it reports an error it cannot clear; switch it off and on' };
  }
  if ((printer & 0x08) !== 0) return { state: 'offline', why: 'it is off-line; is it off-line by hand?' };
  return (paper & 0x04) !== 0 ? { state: 'paper-low' } : { state: 'ready' };
}

/** The counter, out of the eighth byte. */
export function countOfStar(bytes: readonly number[]): number {
  const byte = bytes[7] ?? 0;
  return ((byte >> 1) & 0x07) | ((byte >> 2) & 0x18);
}
