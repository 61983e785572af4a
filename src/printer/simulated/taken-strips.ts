// The strips somebody took from the simulated printer: pieces that came off together, up to each full cut.
import type { Piece } from '../paper-marks.ts';
import type { PaperRoll } from '../paper-roll.ts';

/** So many strips can be looked at. */
const MOST_STRIPS = 100;

export class TakenStrips {
  readonly #roll: PaperRoll;
  readonly #listeners = new Set<(strip: readonly Piece[]) => void>();
  readonly #strips: (readonly Piece[])[] = [];
  #piecesTaken = 0;

  constructor(roll: PaperRoll) {
    this.#roll = roll;
  }

  get all(): readonly (readonly Piece[])[] {
    return this.#strips;
  }

  /** Told of every strip when it comes off. The answer ends it. */
  onStrip(listener: (strip: readonly Piece[]) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** What has come off the roll since the last time is one strip. */
  take(): void {
    const strip = this.#roll.pieces.slice(this.#piecesTaken).filter(({ marks }) => marks.length > 0);
    this.#piecesTaken = this.#roll.pieces.length;
    if (strip.length === 0) return;
    this.#strips.push(strip);
    this.#sweep();
    for (const listener of this.#listeners) listener(strip);
  }

  /** The bin beneath the till is emptied: a printer that serves for weeks must not keep every strip. */
  #sweep(): void {
    if (this.#strips.length <= MOST_STRIPS) return;
    const [oldest = []] = this.#strips.splice(0, 1);
    const last = oldest.at(-1);
    const gone = last === undefined ? 0 : this.#roll.pieces.indexOf(last) + 1;
    this.#roll.pieces.splice(0, gone);
    this.#piecesTaken -= gone;
  }
}
