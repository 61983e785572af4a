// How each strip ended, heard from the daemon's events.
import { listenTo, type ShopEvent } from '../../end-to-end/told-events.ts';

export type StripEnded = Extract<ShopEvent, { kind: 'strip-ended' }>;

/** A strip takes some milliseconds here; a minute of the night's work may stand before it. */
const LIMIT_MS = 60_000;

export class StripEnds {
  readonly #heard = new Map<string, StripEnded>();
  #wake: () => void = () => undefined;

  /** Resolves once the daemon tells us. */
  static async from(address: string, signal: AbortSignal): Promise<StripEnds> {
    const ends = new StripEnds();
    await listenTo(address, { signal, hear: (event) => ends.#hear(event) });
    return ends;
  }

  /** @throws Error where nothing is heard of it */
  async of(visit: string): Promise<StripEnded> {
    let isLate = false;
    const limit = setTimeout(() => {
      isLate = true;
      this.#wake();
    }, LIMIT_MS);
    try {
      for (;;) {
        const ended = this.#heard.get(visit);
        if (isLate) throw new Error(`nothing was heard of the strip of ${visit} in ${LIMIT_MS} ms`);
        if (ended !== undefined && this.#heard.delete(visit)) return ended;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      clearTimeout(limit);
    }
  }

  #hear(event: ShopEvent): void {
    if (event.kind !== 'strip-ended') return;
    this.#heard.set(event.visit, event);
    this.#wake();
  }
}
