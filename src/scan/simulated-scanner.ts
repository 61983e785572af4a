// A scanner without a device: the terminal, the page and the tests hold cards up with scan().
import { noCounts, type FramingCounts } from './scan-framer.ts';
import type { Scanner, ScannerState, Sound } from './scanner.ts';

export class SimulatedScanner implements Scanner {
  readonly kind = 'simulated';
  /** What it would have sounded, the latest last; the first hundred. */
  readonly sounds: Sound[] = [];
  #onScan: ((text: string) => void) | null = null;

  start({ signal, onScan }: { signal: AbortSignal; onScan: (text: string) => void }): void {
    if (signal.aborted) return;
    this.#onScan = onScan;
    signal.addEventListener('abort', () => (this.#onScan = null), { once: true });
  }

  /** Holds a card up. Before the start and after the end nobody looks, as with a real one. */
  scan(text: string): void {
    this.#onScan?.(text);
  }

  state(): ScannerState {
    return { state: 'simulated' };
  }

  onState(_listener: (state: ScannerState) => void): () => void {
    return () => {};
  }

  /** Nothing is lost on no line. */
  counts(): Readonly<FramingCounts> {
    return noCounts();
  }

  sound(sound: Sound): void {
    if (this.sounds.length < 100) this.sounds.push(sound);
  }
}
