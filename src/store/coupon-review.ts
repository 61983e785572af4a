// Coupons that were used otherwise than by the customer they were printed for: told to whoever runs the shop, never blocked.
//
// What the ledger knows: till, sale and time of each use, and whose card was shown in that sale. Nobody is named in what comes
// out, neither customer nor product; who sat at the till is in the till's own journal.
import { instant, isoDay, type Instant, type LocalDay, type ShopCalendar } from '../domain/calendar.ts';
import type { CustomerId, Serial, TillId } from '../domain/ids.ts';
import type { CouponState } from '../domain/coupon.ts';
import type { Db } from './database.ts';

/** Whose card was shown in the sale a coupon was used in. */
export const SHOWN_CARDS = ['own', 'another', 'none', 'no-sale-named', 'not-told'] as const;
export type ShownCard = (typeof SHOWN_CARDS)[number];

export const REVIEW_REASONS = [
  'another-card',
  'several-customers',
  'left-in-the-printer',
  'copied-strip',
  'within-minutes',
] as const;
export type ReviewReason = (typeof REVIEW_REASONS)[number];

export type SaleToReview = {
  readonly till: TillId;
  /** Of the last coupon used in it. */
  readonly at: Instant;
  /** As the till numbers it; null where the till named none. */
  readonly sale: string | null;
  readonly serials: readonly Serial[];
  /** Whose coupons they were, counted. */
  readonly customers: number;
  readonly reasons: readonly ReviewReason[];
};

export type CouponReview = {
  /** Of each till, how many coupons were used with which card. */
  readonly tills: readonly { readonly till: TillId; readonly used: Readonly<Record<ShownCard, number>> }[];
  /** The ones with the most reasons first, then the latest. */
  readonly sales: readonly SaleToReview[];
};

type Use = {
  readonly serial: Serial;
  /** null once forgotten. */
  readonly customer: CustomerId | null;
  readonly issuedAt: Instant;
  readonly at: Instant;
  readonly till: TillId;
  readonly basket: string | null;
  readonly was: CouponState | null;
  readonly isCopied: 0 | 1;
};
type SeenUse = Use & { readonly card: ShownCard };

/** Coupons are good from the day after: used so soon, one was printed just before midnight, and hardly for who holds it. */
const WITHIN_MS = 15 * 60_000;

/** Uses of the days from `firstDay` on; some tens of milliseconds for a month of a busy till. */
export function reviewCoupons(db: Db, of: { calendar: ShopCalendar; firstDay: LocalDay }): CouponReview {
  const { calendar, firstDay } = of;
  const since = calendar.startOf(firstDay);
  const uses = db
    .prepare<[LocalDay, Instant], Use>(
      `select serial, customer, issued_at as issuedAt, coupon_event.at, coupon_event.till, basket, was,
         exists (select 1 from reprint where reprint.visit = coupon.visit) as isCopied
       from coupon join coupon_event on coupon_event.coupon = coupon.id
       where coupon.state = 'redeemed' and valid_to >= ? and redeemed_at >= ?
         and coupon_event.id = (select max(id) from coupon_event where coupon = coupon.id)
       order by coupon_event.id`,
    )
    .all(firstDay, since);
  const cards = cardsShown(db, { uses, calendar, firstDay });
  const seen = uses.map((use): SeenUse => ({ ...use, card: cards.shownIn(use) }));
  return { tills: tillsOf(seen), sales: salesOf(seen, calendar) };
}

/** Which customers' cards the tills reported with the sales that coupons were used in (final-basket.ts names a sale). */
function cardsShown(
  db: Db,
  { uses, calendar, firstDay }: { uses: readonly Use[]; calendar: ShopCalendar; firstDay: LocalDay },
): { shownIn: (use: Use) => ShownCard } {
  const wanted = new Map<string, Set<CustomerId>>();
  for (const use of uses) if (use.basket !== null) wanted.set(saleOf(use, calendar), new Set());
  const reporting = new Set<string>();
  const baskets = db
    .prepare<[LocalDay], [string, CustomerId]>('select code, customer from basket where last_day >= ?')
    .raw();
  for (const [code, customer] of baskets.iterate(firstDay)) {
    reporting.add(code.slice(0, code.indexOf('/')));
    wanted.get(code)?.add(customer);
  }
  return {
    shownIn: (use) => {
      if (use.basket === null) return 'no-sale-named';
      // A till that reports no sales says nothing by reporting none; whose a forgotten coupon was is not known.
      if (!reporting.has(use.till) || use.customer === null) return 'not-told';
      const shown = wanted.get(saleOf(use, calendar));
      if (shown === undefined || shown.size === 0) return 'none';
      return shown.has(use.customer) ? 'own' : 'another';
    },
  };
}

function saleOf({ till, at, basket }: Pick<Use, 'till' | 'at' | 'basket'>, calendar: ShopCalendar): string {
  return `${till}/${isoDay(calendar.dayOf(at))}/${basket ?? ''}`;
}

function tillsOf(uses: readonly SeenUse[]): CouponReview['tills'] {
  const tills = new Map<TillId, Record<ShownCard, number>>();
  for (const { till, card } of uses) {
    const used = tills.get(till) ?? { own: 0, another: 0, none: 0, 'no-sale-named': 0, 'not-told': 0 };
    used[card]++;
    tills.set(till, used);
  }
  return [...tills].map(([till, used]) => ({ till, used })).sort((a, b) => a.till.localeCompare(b.till));
}

function salesOf(uses: readonly SeenUse[], calendar: ShopCalendar): readonly SaleToReview[] {
  // Where no sale is named each use stands for itself.
  const bySale = Map.groupBy(uses, (use) => (use.basket === null ? use.serial : saleOf(use, calendar)));
  return [...bySale.values()]
    .map(saleToReview)
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => b.reasons.length - a.reasons.length || b.at - a.at);
}

function saleToReview(uses: readonly SeenUse[]): SaleToReview {
  const [first] = uses;
  if (first === undefined) throw new RangeError('A sale has at least one use.');
  const customers = new Set(uses.flatMap(({ customer }) => customer ?? []));
  const strangers = uses.filter(({ card }) => card !== 'own');
  const is: Readonly<Record<ReviewReason, boolean>> = {
    'another-card': uses.some(({ card }) => card === 'another'),
    'several-customers': customers.size > 1,
    'left-in-the-printer': strangers.some(({ was }) => was === 'unknown' || was === 'failed'),
    'copied-strip': strangers.some(({ isCopied }) => isCopied === 1),
    'within-minutes': strangers.some(({ at, issuedAt }) => at - issuedAt < WITHIN_MS),
  };
  return {
    till: first.till,
    at: instant(Math.max(...uses.map(({ at }) => at))),
    sale: first.basket,
    serials: uses.map(({ serial }) => serial),
    customers: customers.size,
    reasons: REVIEW_REASONS.filter((reason) => is[reason]),
  };
}
