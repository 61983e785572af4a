// The model that ranks now: opened when it is first needed, and changed for a newer one when training has put one in place.
import { toError } from './domain/to-error.ts';
import type { Instant } from './domain/calendar.ts';
import { decodeModel } from './recommender/model-file.ts';
import { createRecommender, type Recommender } from './recommender/recommender.ts';
import type { ShippedWeights } from './recommender/weights.ts';
import type { ModelFolder } from './store/model-folder.ts';

export type RankingModel = {
  /** null: the shop has no model yet; habits are ranked with the weights that come with the program. */
  readonly name: string | null;
  readonly asOf: Instant | null;
  readonly recommender: Recommender;
};

export class ModelInUse {
  readonly #folder: Pick<ModelFolder, 'currentName' | 'current'>;
  readonly #report: (error: Error) => void;
  readonly #shipped: ShippedWeights;
  #inUse: RankingModel | null = null;

  constructor(from: {
    folder: Pick<ModelFolder, 'currentName' | 'current'>;
    shipped: ShippedWeights;
    report: (error: Error) => void;
  }) {
    this.#folder = from.folder;
    this.#shipped = from.shipped;
    this.#report = from.report;
  }

  inUse(): RankingModel {
    return (this.#inUse ??= this.#open());
  }

  about(): { name: string; asOf: Instant } | null {
    const { name, asOf } = this.inUse();
    return name === null || asOf === null ? null : { name, asOf };
  }

  /** Looks whether another model has been put in place; one that cannot be opened leaves the old one in use. */
  refresh(): void {
    if (this.#inUse === null || this.#folder.currentName() === this.#inUse.name) return;
    try {
      this.#inUse = this.#open();
    } catch (thrown) {
      this.#report(toError(thrown));
    }
  }

  #open(): RankingModel {
    const current = this.#folder.current();
    if (current === null) return { name: null, asOf: null, recommender: createRecommender(null, this.#shipped) };
    const model = decodeModel(current.bytes, current.name);
    return { name: current.name, asOf: model.asOf, recommender: createRecommender(model) };
  }
}
