// How soon buyers come back for each product: the chance of the next purchase by the visits, and by the days, gone by since.
import type { CustomerHistory } from './customer-history.ts';
import type { IdRows } from './id-rows.ts';

/** By product row and stretch of waiting, as natural logarithms: they are weighed as such. */
export type ReturnTable = {
  /** Products × STRETCHES: the chance, a visit (a day) of that stretch, that the wait ends; drawn towards pace × shop. */
  readonly chance: Float32Array;
  /** How much sooner than the shop's usual product. */
  readonly pace: Float32Array;
  /** STRETCHES: of any product. */
  readonly shop: Float32Array;
};
export type ProductReturns = { readonly visits: ReturnTable; readonly days: ReturnTable };

/** Last visit (day) of each stretch of waiting; the last one has no end. Finer where most returns fall. */
const ENDS = {
  visits: [1, 2, 3, 4, 6, 9, 13, 19, 28],
  days: [3, 6, 10, 15, 21, 28, 42, 56, 84],
} as const;
export const STRETCHES = 10;
/** As they stand in the model file. */
export const RETURN_UNITS = ['visits', 'days'] as const satisfies readonly (keyof ProductReturns)[];
export const RETURN_PARTS = ['chance', 'pace', 'shop'] as const satisfies readonly (keyof ReturnTable)[];

/** Returns' worth of the shop's own pace, and visits' (days') worth of pace × shop, added to each product: 1 to 10 and 10 to 100 tested. */
const PACE_PRIOR = 3;
const CHANCE_PRIOR = 30;
const NEVER = 1e-6;

/** By length of waiting, as far as it makes a difference. */
const STRETCH_OF = {
  visits: Uint8Array.from({ length: 30 }, (_, waited) => stretchOf('visits', waited)),
  days: Uint8Array.from({ length: 86 }, (_, waited) => stretchOf('days', waited)),
};

/** Which stretch a wait of so many visits (days) has come to. */
export function stretchOf(unit: keyof ProductReturns, waited: number): number {
  const ends = ENDS[unit];
  let stretch = 0;
  while (stretch < ends.length && waited > ends[stretch]) stretch++;
  return stretch;
}

/** Fed customer by customer, with the products' rows. */
export class ReturnCounter {
  readonly #waits: { readonly visits: Waits; readonly days: Waits };

  constructor(products: number) {
    this.#waits = { visits: new Waits('visits', products), days: new Waits('days', products) };
  }

  /** @param today the day the customer's open waits have lasted until */
  add(history: CustomerHistory, products: IdRows, today: number): void {
    const { visits, days } = this.#waits;
    for (let i = 0; i < history.returns; i++) {
      const row = products.rowOf(history.product[history.returnPlace[i]]);
      visits.add(row, history.returnVisits[i], true);
      days.add(row, history.returnDays[i], true);
    }
    for (let place = 0; place < history.count; place++) {
      const row = products.rowOf(history.product[place]);
      visits.add(row, history.visitsInAll - 1 - history.lastVisitOf[place], false);
      days.add(row, today - history.lastDay[place], false);
    }
  }

  finish(): ProductReturns {
    return { visits: this.#waits.visits.finish(), days: this.#waits.days.finish() };
  }
}

/** Of each stretch, side by side because they are counted together: waits that ended in it, that came as far as it, and how long they were in it. */
const [ENDED, REACHED, WITHIN] = [0, 1, 2] as const;
const COUNTS = 3;

/** Waits of one unit. */
class Waits {
  readonly #products: number;
  /** Products × STRETCHES × COUNTS. */
  readonly #counts: Uint32Array;
  readonly #stretchOf: Uint8Array;
  /** What the stretches before each are long together. */
  readonly #start: readonly number[];

  constructor(unit: keyof ProductReturns, products: number) {
    this.#products = products;
    this.#counts = new Uint32Array(products * STRETCHES * COUNTS);
    this.#stretchOf = STRETCH_OF[unit];
    this.#start = [0, ...ENDS[unit]];
  }

  add(row: number, waited: number, isEnded: boolean): void {
    if (waited <= 0) return;
    const stretch = this.#stretchOf[Math.min(waited, this.#stretchOf.length - 1)];
    const at = (row * STRETCHES + stretch) * COUNTS;
    if (isEnded) this.#counts[at + ENDED]++;
    this.#counts[at + REACHED]++;
    this.#counts[at + WITHIN] += waited - this.#start[stretch];
  }

  finish(): ReturnTable {
    const exposed = this.#exposed();
    const shop = Float64Array.from({ length: STRETCHES }, (_, stretch) => {
      let [ended, whole] = [0, 0];
      for (let at = stretch; at < exposed.length; at += STRETCHES) {
        ended += this.#counts[at * COUNTS + ENDED];
        whole += exposed[at];
      }
      return Math.max(NEVER, ended / Math.max(1, whole));
    });
    const chance = new Float32Array(exposed.length);
    const pace = new Float32Array(this.#products);
    for (let row = 0; row < this.#products; row++) {
      let [ended, usual] = [0, 0];
      for (let stretch = 0; stretch < STRETCHES; stretch++) {
        ended += this.#counts[(row * STRETCHES + stretch) * COUNTS + ENDED];
        usual += exposed[row * STRETCHES + stretch] * shop[stretch];
      }
      const own = (ended + PACE_PRIOR) / (usual + PACE_PRIOR);
      pace[row] = Math.log(own);
      for (let stretch = 0; stretch < STRETCHES; stretch++) {
        const at = row * STRETCHES + stretch;
        const prior = Math.min(0.95, Math.max(NEVER, own * shop[stretch]));
        chance[at] = Math.log(
          (this.#counts[at * COUNTS + ENDED] + CHANCE_PRIOR * prior) / (exposed[at] + CHANCE_PRIOR),
        );
      }
    }
    return { chance, pace, shop: Float32Array.from(shop, Math.log) };
  }

  /** Visits (days) spent waiting in each stretch: a wait that ended in a later one lasted through it all. */
  #exposed(): Float64Array {
    const exposed = new Float64Array(this.#products * STRETCHES);
    for (let row = 0; row < this.#products; row++) {
      let later = 0;
      for (let stretch = STRETCHES - 1; stretch >= 0; stretch--) {
        const at = row * STRETCHES + stretch;
        exposed[at] = this.#counts[at * COUNTS + WITHIN];
        if (stretch < STRETCHES - 1) exposed[at] += later * (this.#start[stretch + 1] - this.#start[stretch]);
        later += this.#counts[at * COUNTS + REACHED];
      }
    }
    return exposed;
  }
}
