// What the program knows of a scanner, whatever it is plugged into.
import type { FramingCounts } from './scan-framer.ts';

export type ScannerState =
  | { readonly state: 'listening' }
  /** Not there, not ours to open, or lost; it is tried again until it is back. */
  | { readonly state: 'offline'; readonly why: string }
  /** The shop has configured none: cards come over HTTP. */
  | { readonly state: 'none' }
  | { readonly state: 'simulated' };

/** What the scanner may sound after the decision: all is well, or somebody has to look. */
export type Sound = 'ok' | 'error';

export type Scanner = {
  readonly kind: 'serial' | 'hid' | 'simulated' | 'none';
  /** Listens until the signal aborts. `onScan` gets one whole scan, its framing, identifier and prefix taken off. */
  start(listen: { signal: AbortSignal; onScan: (text: string) => void }): void;
  state(): ScannerState;
  /** Tells each change of state once, and not the present one; the answer takes the listener back. */
  onState(listener: (state: ScannerState) => void): () => void;
  /** What was read and thrown away since the start. */
  counts(): Readonly<FramingCounts>;
  /** Sounds at once where the scanner can; otherwise nothing happens, and nothing is kept for later. */
  sound(sound: Sound): void;
};
