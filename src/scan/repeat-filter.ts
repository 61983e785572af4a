// A card held up twice in a moment is one visit; somebody else's card never waits.
import { SCAN_LIMITS } from './limits.ts';

export class RepeatFilter {
  /** When each card was last seen; never more than the cards of one moment. */
  readonly #seenMs = new Map<string, number>();

  /**
   * Whether this card was held up within the last five seconds. Each sight counts anew, so that a card left lying
   * before the scanner stays one visit. `atMs` is on a clock that does not run backwards.
   */
  isRepeat({ card, atMs }: { card: string; atMs: number }): boolean {
    for (const [seen, seenMs] of this.#seenMs) {
      if (atMs - seenMs >= SCAN_LIMITS.repeatMs) this.#seenMs.delete(seen);
    }
    const isRepeat = this.#seenMs.has(card);
    this.#seenMs.set(card, atMs);
    return isRepeat;
  }
}
