// One customer's ranking: habits from the customer's own purchases, news from the nearest customers, else what the shop buys.
import type { LocalDay } from '../domain/calendar.ts';
import type { CustomerId } from '../domain/ids.ts';
import { productId } from '../domain/ids.ts';
import type { PurchaseTable } from '../domain/purchases.ts';
import type { RankedProduct, Ranking, RankingReason } from '../domain/ranking.ts';
import { chanceOf } from './calibration.ts';
import { CustomerHistory } from './customer-history.ts';
import type { DefaultWeights } from './default-weights.ts';
import { HABITUAL_FEATURES } from './features/habitual-features.ts';
import { NEW_FEATURES } from './features/new-features.ts';
import { HabitualDesk } from './habitual-desk.ts';
import { habitualReasons } from './habitual.ts';
import { habitualFigure, newFigure } from './reason-values.ts';
import { emptyModel } from './model.ts';
import type { Model } from './model.ts';
import type { RowsAtHand } from './neighbours/levelled-rows.ts';
import { NearestHeap } from './neighbours/nearest-heap.ts';
import { NewDesk } from './new-desk.ts';
import { BUYERS, newReasons, SHARE, VOTE_WIDTH } from './new.ts';
import { popularChance, repeatShare } from './popular.ts';
import { viewOf } from './purchase-view.ts';
import { groupReasons, reasonsOf } from './reasons.ts';
import { weigh } from './weights.ts';

export type RankRequest = {
  /** null: nobody in particular; every line of `history` counts. */
  readonly customer: CustomerId | null;
  /** This customer's remembered purchases up to now. Lines of other customers or later days are not read. */
  readonly history: PurchaseTable;
  readonly today: LocalDay;
  readonly windowDays: number;
  /** Longest list wanted. */
  readonly listLength: number;
};

export type Recommender = {
  /** Same request, same answer. Not for two at a time: the working memory is the recommender's own. */
  rank(request: RankRequest): Ranking;
  /** The day's new basket is in the history: others are likened to this customer by it, without any rebuilding. */
  learn(request: Omit<RankRequest, 'listLength'>): void;
};

const HABITUAL_GROUPS = groupReasons(HABITUAL_FEATURES);
const NEW_GROUPS = groupReasons(NEW_FEATURES);

/** Candidates for what is new are gathered for lists up to this long. */
const LONGEST_NEW_LIST = 60;

/** `null`: no model yet; habits are ranked with the weights of young shops, or by how often and how lately, and nothing new is offered. */
export function createRecommender(model: Model<RowsAtHand> | null, shipped: DefaultWeights | null = null): Recommender {
  return new ModelRecommender(model ?? emptyModel(shipped?.young ?? null));
}

class ModelRecommender implements Recommender {
  readonly #model: Model<RowsAtHand>;
  readonly #history = new CustomerHistory();
  readonly #habits: HabitualDesk;
  readonly #news: NewDesk;

  constructor(model: Model<RowsAtHand>) {
    this.#model = model;
    const history = this.#history;
    const { statistics, memoryDays } = model;
    this.#habits = new HabitualDesk({ history, statistics, scales: model.habitual.weights, memoryDays });
    this.#news = new NewDesk({
      history,
      tables: model,
      scales: model.new.weights,
      mostWanted: LONGEST_NEW_LIST,
    });
  }

  rank(request: RankRequest): Ranking {
    const view = viewOf({ purchases: request.history, lastDay: request.today, windowDays: request.windowDays });
    const [first, end] = linesOf(request);
    this.#history.read(view, first, end);
    const habitual = this.#rankHabitual(request);
    const news = this.#rankNew(request);
    const isUnknown = habitual.length === 0 && news.length === 0;
    return { habitual, new: news, popular: isUnknown ? this.#rankPopular(request) : [] };
  }

  learn(request: Omit<RankRequest, 'listLength'>): void {
    const view = viewOf({ purchases: request.history, lastDay: request.today, windowDays: request.windowDays });
    const [first, end] = linesOf(request);
    this.#history.read(view, first, end);
    if (request.customer !== null) this.#news.learn(request.customer);
  }

  #rankHabitual({ today, windowDays, listLength }: RankRequest): RankedProduct[] {
    const desk = this.#habits;
    const history = this.#history;
    const { weights, way, calibration } = this.#model.habitual;
    desk.lay(today);
    const width = HABITUAL_FEATURES.length;
    const score = desk.plain.slice(0, desk.count);
    if (way !== 'plain') for (let i = 0; i < score.length; i++) score[i] = weigh(weights, desk.rows, i * width);
    return [...score.keys()]
      .sort((a, b) => score[b] - score[a] || history.product[desk.place[a]] - history.product[desk.place[b]])
      .slice(0, listLength)
      .map((i) => ({
        product: productId(history.product[desk.place[i]]),
        probability: chanceOf(calibration, score[i]),
        reasons: [...this.#habitualReasons(i, today), this.#daysInWindow(i, windowDays)],
      }));
  }

  #habitualReasons(i: number, today: LocalDay): readonly RankingReason[] {
    const { habitual } = this.#model;
    const given = { history: this.#history, place: this.#habits.place[i], today };
    if (habitual.way === 'plain') return habitualReasons(given, this.#model);
    return reasonsOf(HABITUAL_GROUPS, {
      weights: habitual.weights,
      rows: this.#habits.rows,
      at: i * HABITUAL_FEATURES.length,
      figureOf: (reason) => habitualFigure(reason, given, this.#model),
    });
  }

  /** Carries nothing by itself, and tells what is bought often from what was bought. */
  #daysInWindow(i: number, windowDays: number): RankingReason {
    const value = this.#history.daysInWindow[this.#habits.place[i]];
    return { feature: 'days-in-window', value, days: windowDays, contribution: 0 };
  }

  #rankNew({ customer, today, listLength }: RankRequest): RankedProduct[] {
    const desk = this.#news;
    const { statistics } = this.#model;
    const { weights, way, calibration } = this.#model.new;
    desk.lay({ customer: customer ?? -1, today });
    if (desk.lifestyle >= 0) return this.#rankOfLifestyle(listLength);
    const width = NEW_FEATURES.length;
    const score = desk.plain.slice(0, desk.count);
    if (way !== 'plain') for (let i = 0; i < score.length; i++) score[i] = weigh(weights, desk.rows, i * width);
    return [...score.keys()]
      .filter((i) => way !== 'plain' || score[i] > 0)
      .sort((a, b) => score[b] - score[a] || desk.row[a] - desk.row[b])
      .slice(0, listLength)
      .map((i) => ({
        product: productId(statistics.products.ids[desk.row[i]]),
        probability: chanceOf(calibration, score[i]),
        reasons: this.#newReasons(i),
      }));
  }

  /** Who buys a thing again and again will buy it within 14 days as surely as the shop's customers do with the whole list. */
  #rankOfLifestyle(listLength: number): RankedProduct[] {
    const { statistics } = this.#model;
    const list = this.#news.ofLifestyle();
    const sum = (of: (row: number) => number) => list.reduce((all, { row }) => all + of(row), 0);
    const surely = sum((row) => popularChance(statistics, row)) / (sum((row) => repeatShare(statistics, row)) || 1);
    return list.slice(0, listLength).map(({ row, share }) => ({
      product: productId(statistics.products.ids[row]),
      probability: Math.min(1, share * surely),
      reasons: [{ feature: 'lifestyle-share', value: share, contribution: share }],
    }));
  }

  #newReasons(i: number): readonly RankingReason[] {
    const desk = this.#news;
    const ranker = this.#model.new;
    const row = desk.row[i];
    if (ranker.way === 'plain') {
      const [vote, buyers] = [SHARE, BUYERS].map((which) => desk.votes[row * VOTE_WIDTH + which]);
      return newReasons({ vote, shopShare: desk.shopShare[row], buyers });
    }
    desk.seen.look(row);
    return reasonsOf(NEW_GROUPS, {
      weights: ranker.weights,
      rows: desk.rows,
      at: i * NEW_FEATURES.length,
      figureOf: (reason) => newFigure(reason, desk.seen),
    });
  }

  /** The best products the customer has not bought in the remembered time. Equal scores: the older product first. */
  #rankPopular({ listLength }: RankRequest): RankedProduct[] {
    const { statistics } = this.#model;
    const { products, sensitive } = statistics;
    const best = new NearestHeap(listLength);
    best.clear(listLength);
    let threshold = 0;
    for (let row = 0; row < products.length; row++) {
      const share = repeatShare(statistics, row);
      if (share > threshold && sensitive[row] === 0 && !this.#history.has(products.ids[row])) {
        threshold = best.offer(row, share);
      }
    }
    best.sort();
    return Array.from({ length: best.count }, (_, place) => ({
      product: productId(products.ids[best.row[place]]),
      probability: popularChance(statistics, best.row[place]),
      reasons: [{ feature: 'shop-share', value: best.score[place], contribution: best.score[place] }],
    }));
  }
}

/** The range of the customer's own lines; the table is ordered by customer. */
function linesOf({ customer, history }: Pick<RankRequest, 'customer' | 'history'>): [first: number, end: number] {
  if (customer === null) return [0, history.count];
  let first = 0;
  while (first < history.count && history.customer[first] !== customer) first++;
  let end = first;
  while (end < history.count && history.customer[end] === customer) end++;
  return [first, end];
}
