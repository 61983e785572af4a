// What the printer sends back, byte by byte, and what it means in the cashier's words.
import type { PrinterStatus } from '../domain/printer-status.ts';

/** DLE EOT 1 to 4: printer, cause of being off-line, cause of an error, paper roll. Answered at once, even off-line. */
export const STATUS_REQUESTS = [1, 2, 3, 4].map((n) => Uint8Array.of(0x10, 0x04, n));
/** GS I 66 and 67, the maker's and the model's name: answered in turn, and unlike anything else a printer says. */
export const MAKER_REQUEST = Uint8Array.of(0x1d, 0x49, 0x42);
export const MODEL_REQUEST = Uint8Array.of(0x1d, 0x49, 0x43);
/**
 * GS r 1: answered in turn, so the answer says that everything before it was processed; not answered at paper end. The
 * answer is one byte, which the rest of an automatic status is too where a noisy line ate its beginning: the model's name
 * behind it settles it.
 */
export const COMPLETION_REQUEST = Uint8Array.of(0x1d, 0x72, 0x01, ...MODEL_REQUEST);
/** GS a: automatic status when the printer goes off-line or on-line, has an error, or its paper comes to an end. */
export const AUTOMATIC_STATUS = Uint8Array.of(0x1d, 0x61, 0x0e);

/** GS ( H 48: answered with the same four characters when everything before it was printed. */
export function processRequest(id: string): Uint8Array {
  return Uint8Array.of(0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...Buffer.from(id, 'latin1'));
}

export type PrinterReply =
  /** To DLE EOT; replies come in the order of the requests and do not say to which they belong. */
  | { readonly kind: 'status'; readonly byte: number }
  /** To GS r: everything before it was processed. Some printers answer at paper end too, which then proves nothing. */
  | { readonly kind: 'done'; readonly isPaperOut: boolean }
  /** To GS I. */
  | { readonly kind: 'identity'; readonly text: string }
  /** A Star printer's status, header and all. */
  | { readonly kind: 'star'; readonly bytes: readonly number[] }
  /** To GS ( H 48. */
  | { readonly kind: 'process'; readonly id: string }
  /** Automatic status back, four bytes the printer sends unasked where some program switched it on. */
  | { readonly kind: 'automatic'; readonly bytes: readonly [number, number, number, number] };

/** DLE ENQ 2: leave an error that a hand has removed (a jammed cutter), throwing away what was to be printed. */
export const RECOVERY_REQUEST = Uint8Array.of(0x10, 0x05, 0x02);

/** A block that never ends is noise: identities are a few dozen bytes long. */
const LONGEST_BLOCK = 80;

/**
 * Tells replies apart by their fixed bits (Epson, ESC/POS application programming guide, "Identifying status"):
 *
 *   0xx1 xx10  status          0xx1 xx00  automatic, three bytes 0xx0 xxxx follow
 *   0xx0 xxxx  done            5F … 00    identity          37 22 … 00 process, 37 … 00 others
 *
 * Anything else is noise and is dropped.
 */
export class ReplyReader {
  #automatic: number[] = [];
  #block: number[] | null = null;

  push(bytes: Uint8Array): readonly PrinterReply[] {
    const replies: PrinterReply[] = [];
    for (const byte of bytes) {
      const reply = this.#next(byte);
      if (reply !== null) replies.push(reply);
    }
    return replies;
  }

  #next(byte: number): PrinterReply | null {
    const isStatus = (byte & 0x93) === 0x12;
    // A real-time reply may come in the middle of a block; names hold no byte that looks like one.
    if (isStatus && (this.#block === null || byte < 0x20)) return { kind: 'status', byte };
    if (this.#block !== null) return this.#nextOfBlock(this.#block, byte);
    if (this.#automatic.length > 0 && (byte & 0x90) === 0) return this.#nextOfAutomatic(byte);
    this.#automatic = [];
    if ((byte & 0x93) === 0x10) this.#automatic = [byte];
    else if (byte === 0x5f || byte === 0x37) this.#block = [byte];
    else if ((byte & 0x90) === 0) return { kind: 'done', isPaperOut: (byte & 0x0c) !== 0 };
    return null;
  }

  #nextOfBlock(block: number[], byte: number): PrinterReply | null {
    block.push(byte);
    if (byte !== 0x00 && block.length < LONGEST_BLOCK) return null;
    this.#block = null;
    if (byte !== 0x00) return null;
    const text = Buffer.from(block.slice(1, -1)).toString('latin1');
    if (block[0] === 0x5f) return { kind: 'identity', text };
    return text.length === 5 && text.startsWith('"') ? { kind: 'process', id: text.slice(1) } : null;
  }

  #nextOfAutomatic(byte: number): PrinterReply | null {
    this.#automatic.push(byte);
    const [first, second, third, fourth] = this.#automatic;
    if (first === undefined || second === undefined || third === undefined || fourth === undefined) return null;
    this.#automatic = [];
    return { kind: 'automatic', bytes: [first, second, third, fourth] };
  }
}

/** The four DLE EOT replies in order, in the cashier's words: what a hand must do first is named first. */
export function statusOfReplies([printer, offline, error, paper]: StatusReplies): PrinterStatus {
  return statusOfFacts({
    coverOpen: (offline & 0x04) !== 0,
    paperOut: (paper & 0x60) !== 0 || (offline & 0x20) !== 0,
    cutterJammed: (error & 0x08) !== 0,
    headHot: (error & 0x40) !== 0,
    broken: (error & 0x20) !== 0,
    offline: (printer & 0x08) !== 0 || (offline & 0x40) !== 0,
    paperLow: (paper & 0x0c) !== 0,
  });
}

export type StatusReplies = readonly [printer: number, offline: number, error: number, paper: number];

export function statusOfAutomatic([first, second, third]: readonly [number, number, number, number]): PrinterStatus {
  return statusOfFacts({
    coverOpen: (first & 0x20) !== 0,
    paperOut: (third & 0x0c) !== 0,
    cutterJammed: (second & 0x08) !== 0,
    headHot: (second & 0x40) !== 0,
    broken: (second & 0x20) !== 0,
    offline: (first & 0x08) !== 0,
    paperLow: (third & 0x03) !== 0,
  });
}

type Facts = {
  readonly coverOpen: boolean;
  readonly paperOut: boolean;
  readonly cutterJammed: boolean;
  readonly headHot: boolean;
  readonly broken: boolean;
  readonly offline: boolean;
  readonly paperLow: boolean;
};

function statusOfFacts(facts: Facts): PrinterStatus {
  if (facts.coverOpen) return { state: 'cover-open' };
  if (facts.paperOut) return { state: 'paper-out' };
  if (facts.cutterJammed) return { state: 'cutter-jammed' };
  if (facts.headHot) return { state: 'head-hot' };
  if (facts.broken) return { state: 'offline', why: 'it reports an error it cannot clear; switch it off and on' };
  if (facts.offline)
    return { state: 'offline', why: 'it is off-line; is its feed button held, or is it off-line by hand?' };
  return facts.paperLow ? { state: 'paper-low' } : { state: 'ready' };
}
