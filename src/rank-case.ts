// Ranking alone, for `recommend`: one customer at one instant, without offers, blocks, caps or chance.
import { addDays, type Instant, type ShopCalendar } from './domain/calendar.ts';
import { NO_PURCHASES } from './domain/purchases.ts';
import type { ProductId } from './domain/ids.ts';
import type { RankedProduct } from './domain/ranking.ts';
import type { Recommender } from './recommender/recommender.ts';
import type { Customers } from './store/customers.ts';
import type { RankCase } from './store/import/cases-file.ts';
import type { Products } from './store/products.ts';
import type { Purchases } from './store/purchases.ts';

export type RankedCase = {
  readonly customer: string;
  readonly as_of: string;
  readonly habitual: readonly { readonly product: string; readonly probability: number }[];
  readonly new: readonly { readonly product: string; readonly probability: number }[];
};

export type RankingDesk = {
  readonly calendar: ShopCalendar;
  readonly customers: Pick<Customers, 'findByCode'>;
  readonly purchases: Pick<Purchases, 'historyOf'>;
  readonly products: Pick<Products, 'byId'>;
  readonly recommender: Recommender;
  readonly windowDays: number;
  readonly memoryDays: number;
};

/** An unknown customer has two empty lists. */
export function rankCase(desk: RankingDesk, one: RankCase, listLength: number): RankedCase {
  const { habitual, new: news } = ranked(desk, one, listLength);
  const named = (list: readonly RankedProduct[]) =>
    list.map(({ product, probability }) => ({ product: codeOf(desk, product), probability: rounded(probability) }));
  return { customer: one.customerCode, as_of: one.asOfText, habitual: named(habitual), new: named(news) };
}

function ranked(desk: RankingDesk, one: { customerCode: string; asOf: Instant }, listLength: number) {
  const customer = desk.customers.findByCode(one.customerCode);
  if (customer === null) return { habitual: [], new: [] };
  const today = desk.calendar.dayOf(one.asOf);
  const firstDay = addDays(today, -desk.memoryDays);
  const history = desk.purchases.historyOf({ customer: customer.id, before: one.asOf, firstDay });
  if (history.count === NO_PURCHASES.count) return { habitual: [], new: [] };
  return desk.recommender.rank({ customer: customer.id, history, today, windowDays: desk.windowDays, listLength });
}

function codeOf(desk: RankingDesk, product: ProductId): string {
  return desk.products.byId(product)?.code ?? '';
}

/** Six digits say more than any probability here is worth, and keep the file small. */
function rounded(probability: number): number {
  return Math.round(probability * 1e6) / 1e6;
}
