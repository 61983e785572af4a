// Bytes from a scanner's line become whole scans, or nothing: a half scan is never glued to the next one.
//
//   … noise │ 6 3 4 0 … 7 CR │ LF │ STX 6 3 4 0 … 7 ETX │ 6 3 4 (silence) │ 6 3 4 0 … 7 CR
//     dropped └── a scan ──┘ empty └───── a scan ─────┘   dropped           └── a scan ──┘
import { SCAN_LIMITS } from './limits.ts';

/**
 * What ends a scan. `any`: CR, LF, CRLF or TAB, and STX…ETX where a scan begins with STX. The others accept only their
 * own; a line ending that is not theirs is ignored between scans (the LF of a CRLF) and spoils a scan it falls into.
 */
export const TERMINATORS = ['any', 'cr', 'lf', 'crlf', 'tab', 'stx-etx'] as const;
export type Terminator = (typeof TERMINATORS)[number];

/** What was thrown away, for `doctor` and the metrics: a scanner that loses bytes shows here first. */
export type FramingCounts = {
  scans: number;
  /** Bytes without an end, followed by silence or by the start of another scan. */
  half: number;
  /** A byte that no scanner sends, and all that came after it up to a silence. */
  noise: number;
  overlong: number;
  /** A pause within a scan that may have been our own: neither half is believed. */
  doubtful: number;
};

export const noCounts = (): FramingCounts => ({ scans: 0, half: 0, noise: 0, overlong: 0, doubtful: 0 });

export const LOSSES = ['half', 'noise', 'overlong', 'doubtful'] as const;
/** Why a scan was thrown away. */
export type Loss = (typeof LOSSES)[number];

const STX = 0x02;
const ETX = 0x03;
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
/** FNC1 within a GS1 symbol arrives as GS. */
const GS = 0x1d;

const LINE_ENDS: Record<Terminator, readonly number[]> = {
  any: [CR, LF, TAB],
  cr: [CR],
  lf: [LF],
  crlf: [CR, LF],
  tab: [TAB],
  'stx-etx': [],
};

export class ScanFramer {
  readonly #counts: FramingCounts;
  readonly #lineEnds: readonly number[];
  readonly #knowsStx: boolean;
  readonly #buffer = new Uint8Array(SCAN_LIMITS.longestScan);
  #length = 0;
  #frame: 'none' | 'line' | 'stx' = 'none';
  /** Why the present frame will not be believed when it ends. */
  #spoiled: Loss | null = null;
  /** After noise, until the line has been silent. */
  #isDeaf = false;
  #lastByteMs = 0;

  /** `counts` is counted up, so that several connections of one scanner share it. */
  constructor({ terminator, counts }: { terminator: Terminator; counts: FramingCounts }) {
    this.#counts = counts;
    this.#lineEnds = LINE_ENDS[terminator];
    this.#knowsStx = terminator === 'any' || terminator === 'stx-etx';
  }

  /** Whether a frame has begun and not ended. */
  get isInFrame(): boolean {
    return this.#frame !== 'none';
  }

  /**
   * Takes bytes in any chunks and answers the scans they complete. `atMs` is when they were read, on a clock that does
   * not run backwards: a pause within a frame of which {@link silence} did not tell spoils that frame, because nobody
   * knows whether the rest belongs to it.
   */
  push({ bytes, atMs }: { bytes: Uint8Array; atMs: number }): string[] {
    if (this.isInFrame && atMs - this.#lastByteMs > SCAN_LIMITS.gapMs) this.#spoiled ??= 'doubtful';
    this.#lastByteMs = atMs;
    const scans: string[] = [];
    for (const byte of bytes) {
      const scan = this.#take(byte);
      if (scan !== null) scans.push(scan);
    }
    return scans;
  }

  /** The line has been silent for the gap limit: what has begun will not be finished, and the next byte starts anew. */
  silence(): void {
    if (this.isInFrame) this.#drop(this.#spoiled ?? 'half');
  }

  #take(byte: number): string | null {
    // Noise seldom comes alone, and some of it looks like an end: nothing is believed before the line has been silent.
    if (this.#isDeaf) return null;
    if (byte === STX && this.#knowsStx) {
      if (this.isInFrame) this.#drop(this.#spoiled ?? 'half');
      this.#frame = 'stx';
      return null;
    }
    if (byte === ETX && this.#knowsStx) {
      if (this.#frame === 'stx') return this.#end();
      this.#spoil('noise');
      return null;
    }
    if (this.#frame !== 'stx' && this.#lineEnds.includes(byte)) return this.isInFrame ? this.#end() : null;
    if (this.#frame === 'none' && isLineEnd(byte)) return null;
    if (this.#frame === 'none') this.#frame = 'line';
    if (isLineEnd(byte) && this.#frame !== 'stx') this.#spoil('noise');
    else if (!isPrintable(byte) && byte !== GS && !isLineEnd(byte)) this.#hearNoise();
    else if (this.#length === this.#buffer.length) this.#spoil('overlong');
    else this.#buffer[this.#length++] = byte;
    return null;
  }

  #spoil(why: Loss): void {
    if (this.isInFrame) this.#spoiled ??= why;
  }

  #hearNoise(): void {
    this.#spoil('noise');
    this.#isDeaf = true;
  }

  #end(): string | null {
    // Some scanners put their line ending before the ETX; anywhere else in a frame it is noise.
    const text = String.fromCharCode(...this.#buffer.subarray(0, this.#length)).replace(/[\r\n\t]+$/, '');
    if (/[\r\n\t]/.test(text)) this.#spoil('noise');
    if (this.#spoiled !== null) {
      this.#drop(this.#spoiled);
      return null;
    }
    this.#forget();
    if (text === '') return null;
    this.#counts.scans++;
    return text;
  }

  #drop(why: Loss): void {
    this.#counts[why]++;
    this.#forget();
  }

  #forget(): void {
    this.#length = 0;
    this.#frame = 'none';
    this.#spoiled = null;
    this.#isDeaf = false;
  }
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte <= 0x7e;
}

function isLineEnd(byte: number): boolean {
  return byte === CR || byte === LF || byte === TAB;
}
