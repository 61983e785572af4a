// One connection's scans: bytes are framed, silence is watched for, and what is whole is told.
import type { Clock } from '../domain/clock.ts';
import { stripIdentifier, type ScanPrefix } from './aim-identifier.ts';
import { SCAN_LIMITS } from './limits.ts';
import { LOSSES, ScanFramer, type FramingCounts, type Loss, type Terminator } from './scan-framer.ts';

/** What was heard up to an end: for whoever looks why a scan is what it is. */
export type Heard = {
  /** As they came in, framing and all; at most the first 256. For a keyboard: what its reports typed. */
  readonly bytes: Uint8Array;
  /** The scan without framing, identifier and prefix; null where it was not believed. */
  readonly text: string | null;
  /** Why it was not. */
  readonly loss: Loss | null;
};

export type ListeningOptions = {
  readonly terminator: Terminator;
  readonly prefix: ScanPrefix | null;
  readonly counts: FramingCounts;
  readonly clock: Clock;
  readonly onScan: (text: string) => void;
  readonly onHeard: ((heard: Heard) => void) | null;
};

const MOST_SHOWN = 256;

export class Listening {
  readonly #options: ListeningOptions;
  readonly #framer: ScanFramer;
  #stopWatching: () => void = () => {};
  #isOver = false;
  #shown: number[] = [];
  #lostBefore: Readonly<FramingCounts>;

  constructor(options: ListeningOptions) {
    this.#options = options;
    this.#framer = new ScanFramer({ terminator: options.terminator, counts: options.counts });
    this.#lostBefore = { ...options.counts };
  }

  take(bytes: Uint8Array): void {
    if (this.#isOver) return;
    this.#stopWatching();
    const atMs = this.#options.clock.monotonicMs();
    if (this.#options.onHeard === null) {
      this.#tell(this.#framer.push({ bytes, atMs }));
    } else {
      // Byte by byte, so that what is shown are the bytes of one scan and not of the read it came in.
      for (const byte of bytes) this.#takeShown(byte, atMs);
    }
    if (this.#framer.isInFrame) this.#watchForSilence();
  }

  /** The connection is over: what had begun is dropped, and whatever still arrives is not heard. */
  end(): void {
    this.#isOver = true;
    this.#stopWatching();
    this.#framer.silence();
  }

  #tell(scans: readonly string[]): void {
    const { prefix, onScan } = this.#options;
    for (const scan of scans) {
      const text = stripIdentifier({ text: scan, prefix });
      if (text !== '' && !this.#isOver) onScan(text);
    }
  }

  #takeShown(byte: number, atMs: number): void {
    if (this.#shown.length < MOST_SHOWN) this.#shown.push(byte);
    const scans = this.#framer.push({ bytes: Uint8Array.of(byte), atMs });
    const [scan] = scans;
    const { prefix } = this.#options;
    if (scan !== undefined) this.#show(stripIdentifier({ text: scan, prefix }));
    else if (!this.#framer.isInFrame) this.#show(null);
    this.#tell(scans);
  }

  #show(text: string | null): void {
    const { counts, onHeard } = this.#options;
    const lost = LOSSES.find((name) => counts[name] > this.#lostBefore[name]) ?? null;
    const loss = text === null ? lost : null;
    this.#lostBefore = { ...counts };
    const bytes = Uint8Array.from(this.#shown);
    this.#shown = [];
    // Neither scan nor loss: the LF of a CRLF.
    if (text !== null || loss !== null) onHeard?.({ bytes, text, loss });
  }

  #watchForSilence(): void {
    const { clock } = this.#options;
    const dueMs = clock.monotonicMs() + SCAN_LIMITS.gapMs;
    this.#stopWatching = clock.after(SCAN_LIMITS.gapMs, () => {
      // Held up by other work, bytes may be waiting unread: then the framer, seeing the pause, believes neither half.
      if (clock.monotonicMs() - dueMs > SCAN_LIMITS.lateMs) return;
      this.#framer.silence();
      this.#show(null);
    });
  }
}
