// Twelve weekly strips of the same customers, chosen as the till would choose them: how much of each strip was on the one before it.
import { addDays, type Instant, type LocalDay, type ShopCalendar } from './domain/calendar.ts';
import type { Customer } from './domain/customer.ts';
import type { ProductId } from './domain/ids.ts';
import type { Choice, Veto } from './domain/offer.ts';
import { decide, type Shopkeeper } from './decision.ts';
import { MOST_OVERLAP, type RecentOffer } from './offers/variety.ts';

const WEEKS = 12;
const DAYS_A_WEEK = 7;

export type Variety = {
  readonly customers: number;
  readonly strips: number;
  /** Mean share of a strip that stood on the customer's strip of the week before. */
  readonly overlap: number;
  /** Share of the strips of which more than a third did. */
  readonly overThird: number;
  /** Strips among those for which something else was worth printing: there should be none. */
  readonly avoidable: number;
  /** Different products a customer was offered over the weeks. */
  readonly productsACustomer: number;
  /** Different products on anybody's strip, and how many the model knows. */
  readonly productsPrinted: number;
  readonly productsKnown: number;
  /** What most products were passed over for where a strip stayed empty; null where none was. */
  readonly emptyFor: Veto | null;
};

export type WeeklyVisits = {
  readonly calendar: ShopCalendar;
  /** The till's own, but for the earlier strips. */
  readonly shopkeeper: Omit<Shopkeeper, 'earlierOffers'>;
  readonly customers: readonly Customer[];
  readonly from: Instant;
  /** After this day nothing is known of what was bought. */
  readonly lastDay: LocalDay;
  readonly productsKnown: number;
};

/** Yields after each customer. The model stays that of the first week: a shop that trains every night varies more. */
export function* weeklyStrips(of: WeeklyVisits): Generator<number, Variety, void> {
  const { calendar, customers } = of;
  const firstDay = calendar.dayOf(of.from);
  const printed = new Set<ProductId>();
  const vetoes = new Map<Veto, number>();
  const sum = { served: 0, strips: 0, compared: 0, overlap: 0, overThird: 0, avoidable: 0, products: 0 };
  for (const [i, customer] of customers.entries()) {
    yield i / customers.length;
    const recent: RecentOffer[] = [];
    let before: ReadonlySet<ProductId> | null = null;
    for (let week = 0; week < WEEKS; week++) {
      const day = addDays(firstDay, week * DAYS_A_WEEK);
      if (day > of.lastDay) break;
      const { choice } = decide({ ...of.shopkeeper, earlierOffers: () => recent }, customer, calendar.startOf(day));
      if (choice.offers.length === 0) {
        for (const { veto } of choice.passedOver) vetoes.set(veto, (vetoes.get(veto) ?? 0) + 1);
        continue;
      }
      sum.strips++;
      if (before !== null) {
        const overlap = overlapOf(choice, before);
        sum.compared++;
        sum.overlap += overlap;
        if (overlap > MOST_OVERLAP) sum.overThird++;
        if (overlap > MOST_OVERLAP && hasSomethingElse(choice, before)) sum.avoidable++;
      }
      before = new Set(choice.offers.map(({ product }) => product.id));
      for (const product of before) {
        recent.push({ product, day });
        printed.add(product);
      }
    }
    if (recent.length > 0) sum.served++;
    sum.products += new Set(recent.map(({ product }) => product)).size;
  }
  return {
    customers: sum.served,
    strips: sum.strips,
    overlap: sum.overlap / Math.max(1, sum.compared),
    overThird: sum.overThird / Math.max(1, sum.compared),
    avoidable: sum.avoidable,
    productsACustomer: sum.products / Math.max(1, sum.served),
    productsPrinted: printed.size,
    productsKnown: of.productsKnown,
    emptyFor: [...vetoes].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null,
  };
}

const EMPTY_FOR: Readonly<Record<Veto, string>> = {
  'forbidden-class': 'nobody bought anything that may be on a coupon',
  'sensitive-class': 'nobody bought anything that may be on a coupon',
  'unmapped-category': 'nothing may be printed; see policy.categories',
  'category-full': 'nothing was left to print',
  'printed-lately': 'nothing was left to print',
  'no-rule': 'no coupon stands for what is bought',
  'too-cheap': 'what is bought costs too little for a coupon; see the prices of the products',
};

export function varietyWords(of: Variety): string {
  if (of.strips === 0) {
    const why = of.emptyFor === null ? 'nothing is known that anybody would buy' : EMPTY_FOR[of.emptyFor];
    return `weekly strips: none; ${why}\n`;
  }
  const share = (value: number) => `${(value * 100).toFixed(1)} %`;
  return `weekly strips of ${of.customers} customers over ${WEEKS} weeks, chosen as at the till: ${of.strips} strips
  on the strip before as well  ${share(of.overlap)} of a strip; more than a third of it on ${share(of.overThird)} of the strips,
                               ${of.avoidable} of them with something else worth printing
  different products           ${of.productsACustomer.toFixed(1)} a customer; ${of.productsPrinted} of the ${of.productsKnown} the model knows on somebody's strip
`;
}

function overlapOf({ offers }: Choice, before: ReadonlySet<ProductId>): number {
  return offers.filter(({ product }) => before.has(product.id)).length / offers.length;
}

/** A habit that only ranked lower and was not on the strip before. */
function hasSomethingElse({ runnersUp }: Choice, before: ReadonlySet<ProductId>): boolean {
  return runnersUp.some(
    ({ product, slot, loss }) => slot === 'habitual' && loss === 'ranked-lower' && !before.has(product.id),
  );
}
