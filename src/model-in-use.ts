// The model that ranks now: opened when it is first needed, and changed for a newer one when training has put one in place.
import { isTillError, TillError } from './domain/till-error.ts';
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

type Models = Pick<ModelFolder, 'currentName' | 'current' | 'before'>;

export class ModelInUse {
  readonly #folder: Models;
  readonly #report: (error: Error) => void;
  readonly #shipped: DefaultWeights;
  #inUse: RankingModel | null = null;
  /** Where its customers' products are read from. */
  #bytes: Disposable | null = null;
  #untouched: { readonly model: RankingModel; readonly recommender: Recommender } | null = null;
  /** Of the model opened last, or tried in vain: it is not tried again and again. Undefined: not known. */
  #triedName: string | null | undefined = undefined;
  #damage: TillError<'MODEL_STANDS_IN'> | null = null;

  constructor(from: { folder: Models; shipped: DefaultWeights; report: (error: Error) => void }) {
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
   * For the daemon, which serves all the same, and who asks what it would print: where the model in use cannot be used, the one
   * before it ranks, and where that cannot be used either, the weights that come with the program, until another is put in place.
   */
  openOrDoWithout(): void {
    try {
      this.inUse();
    } catch (thrown) {
      const unusable = unusableOr(thrown);
      this.#inUse = this.#before(unusable) ?? this.#shippedAlone();
      this.#doWithout(unusable);
    }
  }

  /** Why the model that was put in place last is not the one in use, and which is; null where it is. */
  damage(): string | null {
    return this.#damage?.message ?? null;
  }

  about(): { name: string; asOf: Instant; rankers: JudgedRankers } | null {
    const { name, asOf, rankers } = this.inUse();
    return name === null || asOf === null || rankers === null ? null : { name, asOf, rankers };
  }

  /** Looks whether another model has been put in place; one that cannot be opened leaves the old one in use. */
  refresh(): void {
    if (this.#inUse === null) return;
    try {
      if (this.#currentName() === this.#triedName) return;
      this.#inUse = this.#open();
      this.#damage = null;
    } catch (thrown) {
      this.#doWithout(toError(thrown));
    }
  }

  #open(): RankingModel {
    this.#triedName = this.#currentName();
    const current = this.#folder.current();
    if (current !== null) return this.#opened(current);
    this.#readFrom(null);
    return this.#shippedAlone();
  }

  #before(unusable: Error): RankingModel | null {
    try {
      const before = this.#folder.before();
      return before === null ? null : this.#opened(before);
    } catch (thrown) {
      const alsoUnusable = unusableOr(thrown);
      // The pointer is the same for both.
      if (alsoUnusable.message !== unusable.message) this.#report(alsoUnusable);
      return null;
    }
  }

  #opened({ name, file, bytes }: OpenModel): RankingModel {
    let model: Model<RowsAtHand>;
    try {
      model = openModel(bytes, file);
    } catch (thrown) {
      bytes[Symbol.dispose]();
      throw toError(thrown);
    }
    this.#readFrom(bytes);
    return {
      name,
      asOf: model.asOf,
      rankers: judgedRankers(model),
      recommenderAnew: () => createRecommender(model),
    };
  }

  /** Not known where it cannot be read: what it then names is looked at. */
  #currentName(): string | null {
    try {
      return this.#folder.currentName();
    } catch (thrown) {
      this.#triedName = undefined;
      throw toError(thrown);
    }
  }

  /** Reported once, not every minute. */
  #doWithout(cause: Error): void {
    const inUse = this.#inUse?.name ?? null;
    const damage = new TillError('MODEL_STANDS_IN', { problem: cause.message, inUse }, { cause });
    if (damage.message !== this.#damage?.message) this.#report(damage);
    this.#damage = damage;
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

function unusableOr(thrown: unknown): Error {
  if (isTillError(thrown, 'MODEL_WRONG') || isTillError(thrown, 'MODEL_UNREADABLE')) return thrown;
  throw toError(thrown);
}
