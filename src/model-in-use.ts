// The model that ranks now: opened when it is first needed, and changed for a newer one when training has put one in place.
import { isTillError } from './domain/till-error.ts';
import { toError } from './domain/to-error.ts';
import type { Instant } from './domain/calendar.ts';
import type { JudgedRankers } from './domain/judged-ranker.ts';
import { judgedRankers, type Model } from './recommender/model.ts';
import { openModel } from './recommender/model-file.ts';
import type { RowsAtHand } from './recommender/neighbours/levelled-rows.ts';
import { createRecommender, type Recommender } from './recommender/recommender.ts';
import type { DefaultWeights } from './recommender/default-weights.ts';
import type { ModelFolder, OpenModel } from './store/model-folder.ts';

export type RankingModel = {
  /** null: the shop has no model yet; habits are ranked with the weights that come with the program. */
  readonly name: string | null;
  readonly asOf: Instant | null;
  /** What each ranker ranks by, and why; null without a model. */
  readonly rankers: JudgedRankers | null;
  /** As it was trained; what is learned beside it (days-growth.ts) stays with the one who asked. */
  readonly recommenderAnew: () => Recommender;
};

export class ModelInUse {
  readonly #folder: Pick<ModelFolder, 'currentName' | 'current'>;
  readonly #report: (error: Error) => void;
  readonly #shipped: DefaultWeights;
  #inUse: RankingModel | null = null;
  /** Where its customers' products are read from. */
  #bytes: Disposable | null = null;
  #untouched: { readonly model: RankingModel; readonly recommender: Recommender } | null = null;
  /** Of the model opened last, or tried in vain: it is not tried and reported again and again. */
  #triedName: string | null = null;

  constructor(from: {
    folder: Pick<ModelFolder, 'currentName' | 'current'>;
    shipped: DefaultWeights;
    report: (error: Error) => void;
  }) {
    this.#folder = from.folder;
    this.#shipped = from.shipped;
    this.#report = from.report;
  }

  inUse(): RankingModel {
    return (this.#inUse ??= this.#open());
  }

  /** As it was trained, without anything bought since. */
  recommender(): Recommender {
    const model = this.inUse();
    if (this.#untouched?.model !== model) this.#untouched = { model, recommender: model.recommenderAnew() };
    return this.#untouched.recommender;
  }

  /** Nothing is ranked with it after this. */
  [Symbol.dispose](): void {
    this.#readFrom(null);
  }

  /**
   * For the daemon, which serves all the same: a model that cannot be used is reported, and the weights that come with the
   * program rank until another is put in place.
   */
  openOrDoWithout(): void {
    try {
      this.inUse();
    } catch (thrown) {
      if (!isTillError(thrown, 'MODEL_WRONG') && !isTillError(thrown, 'MODEL_UNREADABLE')) throw toError(thrown);
      this.#report(thrown);
      this.#inUse = this.#shippedAlone();
    }
  }

  about(): { name: string; asOf: Instant; rankers: JudgedRankers } | null {
    const { name, asOf, rankers } = this.inUse();
    return name === null || asOf === null || rankers === null ? null : { name, asOf, rankers };
  }

  /** Looks whether another model has been put in place; one that cannot be opened leaves the old one in use. */
  refresh(): void {
    if (this.#inUse === null) return;
    try {
      const name = this.#folder.currentName();
      if (name === this.#triedName) return;
      this.#inUse = this.#open();
    } catch (thrown) {
      this.#report(toError(thrown));
    }
  }

  #open(): RankingModel {
    this.#triedName = this.#folder.currentName();
    const current = this.#folder.current();
    if (current === null) {
      this.#readFrom(null);
      return this.#shippedAlone();
    }
    const { name, bytes } = current;
    const model = this.#opened(current);
    this.#readFrom(bytes);
    return {
      name,
      asOf: model.asOf,
      rankers: judgedRankers(model),
      recommenderAnew: () => createRecommender(model),
    };
  }

  #opened({ name, bytes }: OpenModel): Model<RowsAtHand> {
    try {
      return openModel(bytes, name);
    } catch (thrown) {
      bytes[Symbol.dispose]();
      throw toError(thrown);
    }
  }

  /** The model before it is asked nothing any more. */
  #readFrom(bytes: Disposable | null): void {
    this.#bytes?.[Symbol.dispose]();
    this.#bytes = bytes;
  }

  #shippedAlone(): RankingModel {
    return { name: null, asOf: null, rankers: null, recommenderAnew: () => createRecommender(null, this.#shipped) };
  }
}
