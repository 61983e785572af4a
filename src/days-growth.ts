// What was bought since the model's day: the neighbours' index grows by it, the same way in the daemon, after a restart and in a preview.
import { addDays, type Instant, type LocalDay, type ShopCalendar } from './domain/calendar.ts';
import type { CustomerId } from './domain/ids.ts';
import type { PurchaseTable } from './domain/purchases.ts';
import type { RankingModel } from './model-in-use.ts';
import type { Recommender } from './recommender/recommender.ts';

export type Shelf = {
  readonly calendar: ShopCalendar;
  readonly model: () => RankingModel;
  /** Who bought anything from an instant on and strictly before another, in the order in which their sales came in. */
  readonly buyersSince: (of: { since: Instant; before: Instant; most: number }) => readonly CustomerId[];
  /** Strictly before the instant, from the day on. */
  readonly historyOf: (of: { customer: CustomerId; before: Instant; firstDay: LocalDay }) => PurchaseTable;
  /** Another answer than the last time: another process has written to the store since. */
  readonly storeVersion: () => unknown;
  readonly windowDays: number;
  readonly memoryDays: number;
};

/** Of a model that no night has renewed: only what was bought in the last days is added to it. */
const MOST_DAYS = 7;
/**
 * Customers a day's growth holds; those who come after them wait for the night. A till serves some hundreds a day. 2,000 of them
 * are read in 0.1 to 0.3 s at the start, and cost a decision some 120,000 additions.
 */
const MOST_CUSTOMERS = 2000;

type Grown = {
  readonly model: RankingModel;
  readonly recommender: Recommender;
  readonly today: LocalDay;
  readonly since: Instant;
  readonly storeVersion: unknown;
  readonly customers: Set<CustomerId>;
};

export class DaysGrowth {
  readonly #shelf: Shelf;
  #grown: Grown | null = null;
  #isStale = false;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  /** The model in use with all that was bought since its day and strictly before this instant. */
  at(at: Instant): { readonly name: string | null; readonly recommender: Recommender } {
    const today = this.#shelf.calendar.dayOf(at);
    const model = this.#shelf.model();
    const grown =
      this.#grown?.model === model && this.#grown.today === today ? this.#grown : this.#growAnew(model, at, today);
    return { name: model.name, recommender: grown.recommender };
  }

  /** A sale of this customer is in the store: others are likened to them by it from now on. */
  learn(of: { customer: CustomerId; boughtAt: Instant; now: Instant }): void {
    const { customer, boughtAt, now } = of;
    const grown = this.#grown;
    // What is not known here is read when it is next asked for.
    if (grown === null || boughtAt < grown.since) return;
    if (boughtAt >= now) this.#isStale = true;
    else this.#learn(grown, customer, now);
  }

  /** A sale was taken back: what was learned from it goes in the next round. */
  unlearn(): void {
    this.#isStale = true;
  }

  /** Every minute: what other processes have brought in, or a new day. */
  catchUp(at: Instant): void {
    const grown = this.#grown;
    if (grown !== null && (this.#isStale || grown.storeVersion !== this.#shelf.storeVersion())) this.#grown = null;
    this.at(at);
  }

  /** Customers the index has grown by. */
  get size(): number {
    return this.#grown?.customers.size ?? 0;
  }

  #growAnew(model: RankingModel, at: Instant, today: LocalDay): Grown {
    const { calendar, buyersSince, storeVersion } = this.#shelf;
    const firstInstant = calendar.startOf(addDays(today, 1 - MOST_DAYS));
    const since = model.asOf === null || model.asOf < firstInstant ? firstInstant : model.asOf;
    const grown: Grown = {
      model,
      recommender: model.recommenderAnew(),
      today,
      since,
      storeVersion: storeVersion(),
      customers: new Set(),
    };
    // Without a model nobody is anybody's neighbour.
    const buyers = model.asOf === null ? [] : buyersSince({ since, before: at, most: MOST_CUSTOMERS });
    for (const customer of buyers) this.#learn(grown, customer, at);
    this.#grown = grown;
    this.#isStale = false;
    return grown;
  }

  #learn({ customers, recommender, today }: Grown, customer: CustomerId, before: Instant): void {
    if (!customers.has(customer) && customers.size >= MOST_CUSTOMERS) return;
    customers.add(customer);
    const { historyOf, windowDays, memoryDays } = this.#shelf;
    const history = historyOf({ customer, before, firstDay: addDays(today, -memoryDays) });
    recommender.learn({ customer, history, today, windowDays });
  }
}
