// The choice behind a strip: a customer's history, what they will wish for, and which six offers answer to it.
import { addDays, type Instant, type LocalDay, type ShopCalendar } from './domain/calendar.ts';
import type { Customer } from './domain/customer.ts';
import { productId, type CustomerId, type ProductId } from './domain/ids.ts';
import type { Choice, RewardRule } from './domain/offer.ts';
import { SENSITIVE_CLASSES, FORBIDDEN_CLASSES, type Product } from './domain/product.ts';
import type { PurchaseTable } from './domain/purchases.ts';
import type { Ranking } from './domain/ranking.ts';
import { chooseSix, USUAL_STRIP } from './offers/choose-six.ts';
import { classify, type Policy } from './offers/policy.ts';
import type { RecentOffer } from './offers/variety.ts';
import type { Recommender } from './recommender/recommender.ts';

export type Decision = {
  readonly choice: Choice;
  readonly ranking: Ranking;
  /** Name of the model that ranked; null where the shop has none yet. */
  readonly model: string | null;
  readonly today: LocalDay;
  /** How long reading the history and choosing took. */
  readonly historyMs: number;
  readonly choosingMs: number;
};

export type Decide = (customer: Customer, at: Instant) => Decision;

/** What a decision is made from. Same purchases, model, rules, day and earlier strips: same six. */
export type Shopkeeper = {
  readonly calendar: ShopCalendar;
  /** Strictly before the instant, from the day on. */
  readonly historyOf: (of: { customer: CustomerId; before: Instant; firstDay: LocalDay }) => PurchaseTable;
  /** With what the whole shop bought since its day and strictly before the instant. */
  readonly model: (at: Instant) => { readonly name: string | null; readonly recommender: Recommender };
  readonly productOf: (id: ProductId) => Product | null;
  readonly earlierOffers: (of: { customer: CustomerId; sinceDay: LocalDay }) => readonly RecentOffer[];
  readonly policy: Policy;
  /** As `isSensitive` says of it by this policy. */
  readonly isSensitive: (id: ProductId) => boolean;
  readonly rules: readonly RewardRule[];
  /** An even draw in [0, 1) from a keyed hash of the label. */
  readonly draw: (label: string) => number;
  readonly windowDays: number;
  readonly memoryDays: number;
  readonly explorationShare: number;
  readonly monotonicMs: () => number;
};

/** Candidates looked at for each kind of place: vetoes, categories and variety take their share before six are found. */
const LIST_LENGTH = 60;
/** How far back earlier strips still count for variety. */
const VARIETY_DAYS = 56;

export function decide(shop: Shopkeeper, customer: Customer, at: Instant): Decision {
  const started = shop.monotonicMs();
  const today = shop.calendar.dayOf(at);
  const firstDay = addDays(today, -shop.memoryDays);
  const bought = shop.historyOf({ customer: customer.id, before: at, firstDay });
  const history = withoutSensitive(bought, shop.isSensitive);
  const read = shop.monotonicMs();

  const { name, recommender } = shop.model(at);
  const { windowDays } = shop;
  const ranking = recommender.rank({ customer: customer.id, history, today, windowDays, listLength: LIST_LENGTH });

  const choice = chooseSix({
    ...USUAL_STRIP,
    explorationShare: shop.explorationShare,
    ranking,
    productOf: shop.productOf,
    policy: shop.policy,
    rules: shop.rules,
    recent: shop.earlierOffers({ customer: customer.id, sinceDay: addDays(today, -VARIETY_DAYS) }),
    today,
    draw: (label) => shop.draw(`${customer.id}|${today}|${name ?? ''}|${label}`),
  });
  return { choice, ranking, model: name, today, historyMs: read - started, choosingMs: shop.monotonicMs() - read };
}

/** Whether a product is of a class that may not speak for its buyer: it neither ranks nor is ranked. */
export function isSensitive(product: Product | null, policy: Policy): boolean {
  if (product === null) return false;
  const found = classify(product, policy);
  return [...FORBIDDEN_CLASSES, ...SENSITIVE_CLASSES].some((hard) => hard === found);
}

/** The lines that may speak for their buyer by today's policy, whatever it was when the model was trained. */
export function withoutSensitive(table: PurchaseTable, isLeftOut: (product: ProductId) => boolean): PurchaseTable {
  const kept: number[] = [];
  for (let line = 0; line < table.count; line++) {
    if (!isLeftOut(productIdAt(table, line))) kept.push(line);
  }
  if (kept.length === table.count) return table;
  const pick = (column: Int32Array): Int32Array => Int32Array.from(kept, (line) => column[line] ?? 0);
  return {
    count: kept.length,
    customer: pick(table.customer),
    day: pick(table.day),
    basket: pick(table.basket),
    product: pick(table.product),
    quantityMilli: pick(table.quantityMilli),
  };
}

function productIdAt(table: PurchaseTable, line: number): ProductId {
  return productId(table.product[line] ?? 0);
}
