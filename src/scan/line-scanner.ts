// A scanner on a line: what is heard on it becomes scans, and a line that is lost is opened anew until the end.
//
//   path ──open──▶ line ──bytes──▶ decoder ──text──▶ ScanFramer ──▶ stripIdentifier ──▶ onScan
//     ▲              │ lost, gone,  (a keyboard's
//     └── retryMs ◀──┘ not opened    reports)
import type { Clock } from '../domain/clock.ts';
import { toError } from '../domain/to-error.ts';
import type { ScanPrefix } from './aim-identifier.ts';
import { SCAN_LIMITS } from './limits.ts';
import type { Line, LineEvents, LineSource } from './line.ts';
import { Listening, type Heard } from './listening.ts';
import { noCounts, type FramingCounts, type Terminator } from './scan-framer.ts';
import type { Scanner, ScannerState, Sound } from './scanner.ts';
import { StateSignal } from './state-signal.ts';
import { withinLimit } from './within-limit.ts';

/** What a device's bytes mean, where they are no text; one of its own for every connection. */
export type Decoder = { push(chunk: { bytes: Uint8Array; atMs: number }): Uint8Array };

export type LineScannerOptions = {
  readonly kind: 'serial' | 'hid';
  readonly source: LineSource;
  /** null where the bytes are text already. */
  readonly newDecoder: (() => Decoder) | null;
  readonly terminator: Terminator;
  readonly prefix: ScanPrefix | null;
  /** What makes this model sound; null where it cannot be told to. */
  readonly sounds: Readonly<Record<Sound, Uint8Array>> | null;
  readonly clock: Clock;
  /** Told of everything heard, believed or not; for people who look, and slower. */
  readonly onHeard: ((heard: Heard) => void) | null;
};

/** A byte no scanner sends: what is heard with it in it is not believed. */
const NOISE = Uint8Array.of(0x00);

export class LineScanner implements Scanner {
  readonly kind: 'serial' | 'hid';
  readonly #options: LineScannerOptions;
  readonly #state: StateSignal;
  readonly #counts = noCounts();
  #finished: Promise<void> = Promise.resolve();
  #line: Line | null = null;

  constructor(options: LineScannerOptions) {
    this.kind = options.kind;
    this.#options = options;
    this.#state = new StateSignal({ state: 'offline', why: `${options.source.path} has not been opened yet` });
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

  sound(sound: Sound): void {
    const { sounds } = this.#options;
    if (sounds !== null && sounds[sound].length > 0) this.#line?.send(sounds[sound]);
  }

  /** Over all connections. */
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
    const { source, clock, newDecoder } = this.#options;
    const listening = new Listening({ ...this.#options, counts: this.#counts, onScan });
    const decoder = newDecoder?.() ?? null;
    const ended = new AbortController();
    const stop = AbortSignal.any([signal, ended.signal]);
    let line: Line | null = null;
    let whyEnded = 'stopped';
    const end = (why: string) => {
      if (ended.signal.aborted) return;
      whyEnded = why;
      ended.abort();
    };
    const onBytes = (bytes: Uint8Array) => {
      if (stop.aborted) return;
      listening.take(decoder === null ? bytes : decoder.push({ bytes, atMs: clock.monotonicMs() }));
    };
    const onOverrun = () => {
      if (!stop.aborted) listening.take(NOISE);
    };
    try {
      const before = await source.identity();
      line = await this.#open(signal, { onBytes, onOverrun, onLost: end });
      // Asked before, so that no change is missed; what appeared only then is asked again.
      const identity = before ?? (await source.identity());
      this.#line = stop.aborted ? null : line;
      if (!stop.aborted) this.#state.set({ state: 'listening' });
      while (!stop.aborted) {
        await this.#pause(SCAN_LIMITS.pollMs, stop);
        if (!stop.aborted && (await source.identity()) !== identity) end(`${source.path} has gone`);
      }
    } catch (thrown) {
      end(toError(thrown).message);
    } finally {
      this.#line = null;
      listening.end();
      if (line !== null) await this.#letGo(line);
    }
    return whyEnded;
  }

  async #open(signal: AbortSignal, events: LineEvents): Promise<Line> {
    const { source, clock } = this.#options;
    const opening = source.open(events);
    try {
      const sentence = `${source.path} did not open in ${SCAN_LIMITS.openMs} ms; take the scanner's cable out and in`;
      return await withinLimit({ work: opening, limitMs: SCAN_LIMITS.openMs, sentence, clock, signal });
    } catch (thrown) {
      // What opens too late is closed again: an abandoned line would keep the device from the next try.
      opening.then(
        (late) => late.close(),
        () => {},
      );
      throw thrown;
    }
  }

  async #letGo(line: Line): Promise<void> {
    const { source, clock } = this.#options;
    try {
      const sentence = `${source.path} did not close in ${SCAN_LIMITS.closeMs} ms`;
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
