// One customer's ranking: habits from the customer's own purchases, news from the nearest customers, else what the shop buys.
import type { LocalDay } from '../domain/calendar.ts';
import type { CustomerId, ProductId } from '../domain/ids.ts';
import { productId } from '../domain/ids.ts';
import type { PurchaseTable } from '../domain/purchases.ts';
import type { RankedProduct, Ranking } from '../domain/ranking.ts';
import { chanceOf } from './calibration.ts';
import { CustomerHistory } from './customer-history.ts';
import { habitualReasons, habitualScore } from './habitual.ts';
import { IdRows } from './id-rows.ts';
import { LifestyleClassifier } from './lifestyles.ts';
import { emptyModel } from './model.ts';
import type { Model } from './model.ts';
import { NearestHeap } from './neighbours/nearest-heap.ts';
import { SparseIndex } from './neighbours/sparse-index.ts';
import { eachVectorProduct } from './neighbours/customer-baskets.ts';
import { countVotes, NEAREST_CUSTOMERS, newReasons, newScore } from './new.ts';
import type { Votes } from './new.ts';
import { popularChance, repeatShare } from './popular.ts';
import { viewOf } from './purchase-view.ts';

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
};

/** With fewer visits in the window than this, the lifestyle stands beside the neighbours instead of the shop. */
const FEW_VISITS = 3;

/** `null`: no model yet; habits are ranked by how often and how lately, and nothing new is offered. */
export function createRecommender(model: Model | null): Recommender {
  return new ModelRecommender(model ?? emptyModel());
}

class ModelRecommender implements Recommender {
  readonly #model: Model;
  readonly #customers: IdRows;
  readonly #history = new CustomerHistory();
  readonly #index: SparseIndex;
  readonly #classifier: LifestyleClassifier;
  readonly #votes: Votes;
  /** By product row. */
  readonly #backstop: Float64Array;
  readonly #shopShare: Float64Array;
  /** Product rows in the customer's vector. */
  readonly #ownRows: number[] = [];

  constructor(model: Model) {
    this.#model = model;
    this.#customers = new IdRows(model.customers);
    this.#index = new SparseIndex(model.neighbours, NEAREST_CUSTOMERS);
    this.#classifier = new LifestyleClassifier(model.lifestyles);
    const products = model.statistics.products.length;
    this.#votes = { share: new Float64Array(products), buyers: new Uint16Array(products) };
    this.#backstop = new Float64Array(products);
    this.#shopShare = Float64Array.from({ length: products }, (_, row) => repeatShare(model.statistics, row));
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

  #rankHabitual({ today, listLength }: RankRequest): RankedProduct[] {
    const history = this.#history;
    const { statistics, habitual } = this.#model;
    const score = Float64Array.from({ length: history.count }, (_, place) => habitualScore(history, place, statistics));
    return [...score.keys()]
      .filter((place) => score[place] > 0)
      .sort((a, b) => score[b] - score[a] || history.product[a] - history.product[b])
      .slice(0, listLength)
      .map((place) => ({
        product: productId(history.product[place]),
        probability: chanceOf(habitual, score[place]),
        reasons: habitualReasons({ history, place, today }, statistics),
      }));
  }

  #rankNew({ customer, listLength }: RankRequest): RankedProduct[] {
    const { statistics, neighbours } = this.#model;
    this.#ownRows.length = 0;
    eachVectorProduct(this.#history, statistics, (row, level) => {
      this.#index.add(row, level);
      this.#ownRows.push(row);
    });
    const nearest = this.#index.finish(NEAREST_CUSTOMERS, customer === null ? -1 : this.#customers.rowOf(customer));
    if (nearest.count === 0) return [];

    countVotes(this.#votes, nearest, neighbours.baskets);
    const { share, buyers } = this.#votes;
    const backstopName = this.#chooseBackstop();
    return this.#best(listLength, (row) => newScore(share[row], this.#backstop[row])).map(({ row, score }) => ({
      product: this.#productOf(row),
      probability: chanceOf(this.#model.new, score),
      reasons: newReasons({
        vote: share[row],
        backstop: this.#backstop[row],
        buyers: buyers[row],
        backstopName,
      }),
    }));
  }

  #rankPopular({ listLength }: RankRequest): RankedProduct[] {
    const { statistics } = this.#model;
    return this.#best(listLength, (row) => this.#shopShare[row]).map(({ row, score }) => ({
      product: this.#productOf(row),
      probability: popularChance(statistics, row),
      reasons: [{ feature: 'shop-share', value: score, contribution: score }],
    }));
  }

  /** A customer with few purchases is measured by a lifestyle, where there is one; everybody else by the shop. */
  #chooseBackstop(): 'lifestyle-share' | 'shop-share' {
    const lifestyle = this.#history.visitsInWindow < FEW_VISITS ? this.#classifier.place(this.#ownRows) : -1;
    if (lifestyle < 0) {
      this.#backstop.set(this.#shopShare);
      return 'shop-share';
    }
    this.#backstop.fill(0);
    this.#classifier.writeShares(lifestyle, this.#backstop);
    return 'lifestyle-share';
  }

  /** The best products the customer has not bought in the remembered time. Equal scores: the older product first. */
  #best(listLength: number, scoreOf: (row: number) => number): { row: number; score: number }[] {
    const { products, sensitive } = this.#model.statistics;
    const best = new NearestHeap(listLength);
    best.clear(listLength);
    let threshold = 0;
    for (let row = 0; row < products.length; row++) {
      const score = scoreOf(row);
      if (score > threshold && sensitive[row] === 0 && !this.#history.has(products.ids[row])) {
        threshold = best.offer(row, score);
      }
    }
    best.sort();
    return Array.from({ length: best.count }, (_, place) => ({ row: best.row[place], score: best.score[place] }));
  }

  #productOf(row: number): ProductId {
    return productId(this.#model.statistics.products.ids[row]);
  }
}

/** The range of the customer's own lines; the table is ordered by customer. */
function linesOf({ customer, history }: RankRequest): [first: number, end: number] {
  if (customer === null) return [0, history.count];
  let first = 0;
  while (first < history.count && history.customer[first] !== customer) first++;
  let end = first;
  while (end < history.count && history.customer[end] === customer) end++;
  return [first, end];
}
