// One connection's scans: bytes are framed, silence is watched for, and what is whole is told.
import type { Clock } from '../domain/clock.ts';
import { stripIdentifier, type ScanPrefix } from './aim-identifier.ts';
import { SCAN_LIMITS } from './limits.ts';
import { ScanFramer, type FramingCounts, type Terminator } from './scan-framer.ts';

export type ListeningOptions = {
  readonly terminator: Terminator;
  readonly prefix: ScanPrefix | null;
  readonly counts: FramingCounts;
  readonly clock: Clock;
  readonly onScan: (text: string) => void;
};

export class Listening {
  readonly #options: ListeningOptions;
  readonly #framer: ScanFramer;
  #stopWatching: () => void = () => {};
  #isOver = false;

  constructor(options: ListeningOptions) {
    this.#options = options;
    this.#framer = new ScanFramer({ terminator: options.terminator, counts: options.counts });
  }

  take(bytes: Uint8Array): void {
    if (this.#isOver) return;
    this.#stopWatching();
    const { clock, prefix, onScan } = this.#options;
    const scans = this.#framer.push({ bytes, atMs: clock.monotonicMs() });
    if (this.#framer.isInFrame) this.#watchForSilence();
    for (const scan of scans) {
      const text = stripIdentifier({ text: scan, prefix });
      if (text !== '' && !this.#isOver) onScan(text);
    }
  }

  /** The connection is over: what had begun is dropped, and whatever still arrives is not heard. */
  end(): void {
    this.#isOver = true;
    this.#stopWatching();
    this.#framer.silence();
  }

  #watchForSilence(): void {
    const { clock } = this.#options;
    const dueMs = clock.monotonicMs() + SCAN_LIMITS.gapMs;
    this.#stopWatching = clock.after(SCAN_LIMITS.gapMs, () => {
      // Held up by other work, bytes may be waiting unread: then the framer, seeing the pause, believes neither half.
      if (clock.monotonicMs() - dueMs <= SCAN_LIMITS.lateMs) this.#framer.silence();
    });
  }
}
