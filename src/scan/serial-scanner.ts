// A scanner on a serial line: what it is sent becomes scans, and a line that is lost is opened anew until the end.
//
//   path ──open──▶ line ──bytes──▶ ScanFramer ──text──▶ stripIdentifier ──▶ onScan
//     ▲              │ lost, gone, not opened
//     └── retryMs ◀──┘
import type { Clock } from '../domain/clock.ts';
import { toError } from '../domain/to-error.ts';
import type { ScanPrefix } from './aim-identifier.ts';
import { SCAN_LIMITS } from './limits.ts';
import { Listening } from './listening.ts';
import { noCounts, type FramingCounts, type Terminator } from './scan-framer.ts';
import type { Scanner, ScannerState } from './scanner.ts';
import type { SerialLine, SerialLines } from './serial-line.ts';
import { StateSignal } from './state-signal.ts';
import { withinLimit } from './within-limit.ts';

export type SerialScannerOptions = {
  /** A fixed path, such as a udev link: asking the system for its ports fails where there is no udev. */
  readonly path: string;
  readonly baudRate: number;
  readonly terminator: Terminator;
  readonly prefix: ScanPrefix | null;
  readonly lines: SerialLines;
  readonly clock: Clock;
};

export class SerialScanner implements Scanner {
  readonly kind = 'serial';
  readonly #options: SerialScannerOptions;
  readonly #state: StateSignal;
  readonly #counts = noCounts();
  #finished: Promise<void> = Promise.resolve();

  constructor(options: SerialScannerOptions) {
    this.#options = options;
    this.#state = new StateSignal({ state: 'offline', why: `${options.path} has not been opened yet` });
  }

  start({ signal, onScan }: { signal: AbortSignal; onScan: (text: string) => void }): void {
    this.#finished = this.#serve({ signal, onScan });
  }

  /** Resolves once the device is let go after the signal. */
  finished(): Promise<void> {
    return this.#finished;
  }

  state(): ScannerState {
    return this.#state.state;
  }

  onState(listener: (state: ScannerState) => void): () => void {
    return this.#state.listen(listener);
  }

  /** What was read and thrown away since the start, over all connections. */
  counts(): Readonly<FramingCounts> {
    return { ...this.#counts };
  }

  async #serve({ signal, onScan }: { signal: AbortSignal; onScan: (text: string) => void }): Promise<void> {
    while (!signal.aborted) {
      const why = await this.#listenOnce({ signal, onScan });
      if (signal.aborted) break;
      this.#state.set({ state: 'offline', why });
      await this.#pause(SCAN_LIMITS.retryMs, signal);
    }
    this.#state.set({ state: 'offline', why: 'stopped' });
  }

  /** One connection, from its opening to its loss; answers why it ended. */
  async #listenOnce({ signal, onScan }: { signal: AbortSignal; onScan: (text: string) => void }): Promise<string> {
    const { path, lines } = this.#options;
    const listening = new Listening({ ...this.#options, counts: this.#counts, onScan });
    const ended = new AbortController();
    const stop = AbortSignal.any([signal, ended.signal]);
    let line: SerialLine | null = null;
    let whyEnded = 'stopped';
    const end = (why: string) => {
      if (ended.signal.aborted) return;
      whyEnded = why;
      ended.abort();
    };
    const onBytes = (bytes: Uint8Array) => {
      if (!stop.aborted) listening.take(bytes);
    };
    try {
      const identity = await lines.identityOf(path);
      line = await this.#open({ signal, onBytes, onLost: end });
      if (!stop.aborted) this.#state.set({ state: 'listening' });
      while (!stop.aborted) {
        await this.#pause(SCAN_LIMITS.pollMs, stop);
        if (!stop.aborted && (await lines.identityOf(path)) !== identity) end(`${path} has gone`);
      }
    } catch (thrown) {
      end(toError(thrown).message);
    } finally {
      listening.end();
      if (line !== null) await this.#letGo(line);
    }
    return whyEnded;
  }

  async #open(wanted: {
    signal: AbortSignal;
    onBytes: (bytes: Uint8Array) => void;
    onLost: (why: string) => void;
  }): Promise<SerialLine> {
    const { path, baudRate, lines, clock } = this.#options;
    const opening = lines.open({ path, baudRate, onBytes: wanted.onBytes, onLost: wanted.onLost });
    try {
      const sentence = `${path} did not open in ${SCAN_LIMITS.openMs} ms; take the scanner's cable out and in`;
      return await withinLimit({ work: opening, limitMs: SCAN_LIMITS.openMs, sentence, clock, signal: wanted.signal });
    } catch (thrown) {
      // What opens too late is closed again: an abandoned line would keep the device from the next try.
      opening.then(
        (late) => late.close(),
        () => {},
      );
      throw thrown;
    }
  }

  async #letGo(line: SerialLine): Promise<void> {
    const { path, clock } = this.#options;
    try {
      const sentence = `${path} did not close in ${SCAN_LIMITS.closeMs} ms`;
      await withinLimit({ work: line.close(), limitMs: SCAN_LIMITS.closeMs, sentence, clock, signal: null });
    } catch (thrown) {
      this.#state.set({ state: 'offline', why: toError(thrown).message });
    }
  }

  async #pause(waitMs: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#options.clock.sleep(waitMs, signal);
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
    }
  }
}
