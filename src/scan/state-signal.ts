// A scanner's state and who wants to hear of it: told once, when it changes.
import type { ScannerState } from './scanner.ts';

export class StateSignal {
  #state: ScannerState;
  readonly #listeners = new Set<(state: ScannerState) => void>();

  constructor(first: ScannerState) {
    this.#state = first;
  }

  get state(): ScannerState {
    return this.#state;
  }

  set(next: ScannerState): void {
    if (isSame(this.#state, next)) return;
    this.#state = next;
    for (const listener of [...this.#listeners]) listener(next);
  }

  listen(listener: (state: ScannerState) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}

function isSame(a: ScannerState, b: ScannerState): boolean {
  if (a.state === 'offline' && b.state === 'offline') return a.why === b.why;
  return a.state === b.state;
}
