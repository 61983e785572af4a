// Lays out what may be new to a customer for weighing: the candidates, their features, and what the nearest customers alone say.
import type { CustomerHistory } from './customer-history.ts';
import { writeFeatures } from './features/feature.ts';
import { NewCase } from './features/new-case.ts';
import { NEW_FEATURES } from './features/new-features.ts';
import { IdRows } from './id-rows.ts';
import { LifestyleClassifier } from './lifestyles.ts';
import type { Lifestyles } from './lifestyles.ts';
import { eachVectorProduct, FEWEST_PRODUCTS } from './neighbours/customer-baskets.ts';
import { addEase, amountOf } from './neighbours/ease.ts';
import type { Ease } from './neighbours/ease.ts';
import type { RowsAtHand } from './neighbours/levelled-rows.ts';
import { LEVELS } from './neighbours/levels.ts';
import { SparseIndex } from './neighbours/sparse-index.ts';
import type { NeighbourTables } from './neighbours/sparse-index.ts';
import { NewCandidates } from './new-candidates.ts';
import { countVotes, NEAREST_CUSTOMERS, newScore, SHARE, VOTE_WIDTH, votesFor } from './new.ts';
import type { Votes } from './new.ts';
import { repeatShare } from './popular.ts';
import type { ProductStatistics } from './product-statistics.ts';
import { standardise } from './weights.ts';
import type { RankerWeights } from './weights.ts';

/**
 * With fewer visits than this a customer is offered what the lifestyle buys again and again: of one visit the ranking makes less
 * than that, of two as much or more (bench/lifestyles.ts).
 */
const FEW_VISITS = 2;
const WIDTH = NEW_FEATURES.length;

export type NewTables = {
  readonly statistics: ProductStatistics;
  readonly customers: Int32Array;
  readonly neighbours: NeighbourTables<RowsAtHand>;
  readonly ease: Ease;
  readonly lifestyles: Lifestyles;
};

/** Working memory, overwritten customer by customer. */
export class NewDesk {
  count = 0;
  /** Product rows. */
  readonly row: Int32Array;
  /** Standardised features, WIDTH each. */
  readonly rows: Float64Array;
  readonly plain: Float64Array;
  readonly votes: Votes;
  /** In which a customer with few visits is placed; -1: who came oftener, or there is none to be placed in. */
  lifestyle = -1;
  /** By product row: the share of the shop's customers who buy it again and again. */
  readonly shopShare: Float64Array;
  /** What the features were read from; asked for reasons. */
  readonly seen: NewCase;
  readonly #tables: NewTables;
  readonly #history: CustomerHistory;
  readonly #scales: RankerWeights;
  readonly #customers: IdRows;
  /** By customer, for those whom the day has changed. */
  readonly #grownRow = new Map<number, number>();
  readonly #index: SparseIndex;
  readonly #classifier: LifestyleClassifier;
  readonly #candidates: NewCandidates;
  /** By product row: 1 where the model knows the customer to have bought it, though it be forgotten by today. */
  readonly #isKnown: Uint8Array;
  readonly #known: number[] = [];
  /** Product rows in the customer's vector. */
  readonly #ownRows: number[] = [];
  readonly #isOpen = (row: number): boolean => {
    const { statistics } = this.#tables;
    return (
      statistics.sensitive[row] === 0 && this.#isKnown[row] === 0 && !this.#history.has(statistics.products.ids[row])
    );
  };

  constructor(of: { history: CustomerHistory; tables: NewTables; scales: RankerWeights; mostWanted: number }) {
    const { statistics, neighbours } = of.tables;
    this.#tables = of.tables;
    this.#history = of.history;
    this.#scales = of.scales;
    this.#customers = new IdRows(of.tables.customers);
    this.#index = new SparseIndex(neighbours, NEAREST_CUSTOMERS);
    this.#classifier = new LifestyleClassifier(of.tables.lifestyles);
    const products = statistics.products.length;
    this.votes = votesFor(products);
    this.#isKnown = new Uint8Array(products);
    this.seen = new NewCase({ history: of.history, statistics, votes: this.votes });
    this.shopShare = Float64Array.from({ length: products }, (_, row) => repeatShare(statistics, row));
    const { popularity28, takenUp28, takenUpLately } = statistics.rhythms;
    this.#candidates = new NewCandidates({
      products,
      mostWanted: of.mostWanted,
      demand: [popularity28, takenUp28, takenUpLately],
      sensitive: statistics.sensitive,
    });
    this.row = this.#candidates.rows;
    this.rows = new Float64Array(this.row.length * WIDTH);
    this.plain = new Float64Array(this.row.length);
  }

  /** After `history.read`. @param customer the asking customer, who is nobody's own neighbour; -1 for nobody in particular */
  lay({ customer, today }: { customer: number; today: number }): void {
    const { neighbours } = this.#tables;
    this.count = 0;
    this.lifestyle = -1;
    if (this.#history.count === 0) return;
    this.#ask();
    if (this.#history.visitsInAll < FEW_VISITS) this.lifestyle = this.#classifier.place(this.#ownRows);
    const ownRow = this.#rowOf(customer);
    const nearest = this.#index.finish(NEAREST_CUSTOMERS, ownRow);
    this.#recall(ownRow);
    if (this.lifestyle >= 0) return;
    countVotes(this.votes, nearest, { baskets: neighbours.baskets, grown: this.#index.grown });
    this.#candidates.gather({ votes: this.votes, goesWith: this.seen.goesWith }, this.#isOpen);
    this.count = this.#candidates.count;
    this.seen.beginCustomer(today);
    this.seen.compare(this.row, this.count);
    for (let i = 0; i < this.count; i++) {
      this.seen.look(this.row[i]);
      writeFeatures(NEW_FEATURES, this.seen, { row: this.rows, at: i * WIDTH });
      standardise(this.#scales, this.rows, i * WIDTH);
      this.plain[i] = newScore(this.votes[this.row[i] * VOTE_WIDTH + SHARE], this.shopShare[this.row[i]]);
    }
  }

  /** After `lay`: what the customer's lifestyle buys again and again and the customer has not, the most bought first. */
  ofLifestyle(): { row: number; share: number }[] {
    return this.#classifier.listOf(this.lifestyle, this.#isOpen);
  }

  /** After `history.read`: from now on others are compared with what this customer has bought by now. */
  learn(customer: number): void {
    const products: { product: number; level: number }[] = [];
    eachVectorProduct(this.#history, this.#tables.statistics, (product, level) => products.push({ product, level }));
    const row = this.#rowOf(customer);
    if (row < 0 && products.length < FEWEST_PRODUCTS) return;
    this.#grownRow.set(customer, this.#index.grow(row, products));
  }

  #rowOf(customer: number): number {
    return customer < 0 ? -1 : (this.#grownRow.get(customer) ?? this.#customers.rowOf(customer));
  }

  /** A model is some nights old, and remembers as much longer: what it knows the customer by is not new either. */
  #recall(row: number): void {
    for (const product of this.#known) this.#isKnown[product] = 0;
    this.#known.length = 0;
    const { baskets } = this.#tables.neighbours;
    if (row < 0 || row >= baskets.rows) return;
    const from = baskets.find(row);
    const end = from + baskets.start[(row + 1) * LEVELS] - baskets.start[row * LEVELS];
    for (let i = from; i < end; i++) {
      this.#known.push(baskets.item[i]);
      this.#isKnown[baskets.item[i]] = 1;
    }
  }

  /** Puts the customer's products to the index, and adds up what goes with them. */
  #ask(): void {
    const { statistics, ease } = this.#tables;
    const { goesWith, goesWithLast } = this.seen;
    const history = this.#history;
    const lastVisit = history.visitsInAll - 1;
    this.#ownRows.length = 0;
    goesWith.fill(0);
    goesWithLast.fill(0);
    eachVectorProduct(history, statistics, (row, level, place) => {
      this.#index.add(row, level);
      this.#ownRows.push(row);
      addEase(ease, { product: row, amount: amountOf(level) }, goesWith);
      if (history.lastVisitOf[place] === lastVisit) addEase(ease, { product: row, amount: 1 }, goesWithLast);
    });
  }
}
