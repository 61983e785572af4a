// What the program knows of a scanner, whatever it is plugged into.

export type ScannerState =
  | { readonly state: 'listening' }
  /** Not there, not ours to open, or lost; it is tried again until it is back. */
  | { readonly state: 'offline'; readonly why: string }
  /** The shop has configured none: cards come over HTTP. */
  | { readonly state: 'none' }
  | { readonly state: 'simulated' };

export type Scanner = {
  readonly kind: 'serial' | 'simulated' | 'none';
  /** Listens until the signal aborts. `onScan` gets one whole scan, its framing, identifier and prefix taken off. */
  start(listen: { signal: AbortSignal; onScan: (text: string) => void }): void;
  state(): ScannerState;
  /** Tells each change of state once, and not the present one; the answer takes the listener back. */
  onState(listener: (state: ScannerState) => void): () => void;
};
