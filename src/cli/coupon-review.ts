// tillcat coupon review: coupons used otherwise than by the customer they were printed for; it names nobody and blocks nothing.
import { addDays, isoDay } from '../domain/calendar.ts';
import { TillError } from '../domain/till-error.ts';
import type { CouponReview, ReviewReason, ShownCard } from '../store/coupon-review.ts';
import { counted } from './counts.ts';
import { EXIT, type Command } from './command.ts';

const USUAL_DAYS = 28;
const MOST_DAYS = 365;
const SALES_SHOWN = 40;

export const couponReview: Command = {
  name: 'coupon review',
  operands: '',
  summary: 'coupons used without the card of the customer they were printed for, by till and sale; names nobody',
  options: {
    days: { type: 'string', value: 'N', about: `so many days back (default: ${USUAL_DAYS})` },
    json: { type: 'boolean', about: 'every sale as JSON' },
  },
  example: 'tillcat coupon review --days 7',
  count: [0, 0],
  run({ composition, configFile, terminal, option, flag }) {
    const text = option('days') ?? String(USUAL_DAYS);
    const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
    if (days < 1 || days > MOST_DAYS) {
      throw new TillError('WRONG_USE', { problem: `--days takes a number from 1 to ${MOST_DAYS}, got "${text}"` });
    }
    using shop = composition.openShop(composition.loadConfig(configFile).config);
    const today = shop.dayOf(shop.clock.now());
    const review = composition.reviewCoupons(shop, { firstDay: addDays(today, 1 - days) });
    if (flag('json')) {
      const sales = review.sales.map((sale) => ({ ...sale, at: shop.calendar.isoLocal(sale.at) }));
      terminal.out(`${JSON.stringify({ days, to: isoDay(today), tills: review.tills, sales })}\n`);
      return Promise.resolve(EXIT.done);
    }
    terminal.out(
      tell(review, { days, to: isoDay(today), timeOf: (at) => shop.calendar.isoLocal(at).replace('T', ' ') }),
    );
    return Promise.resolve(EXIT.done);
  },
};

type Sale = CouponReview['sales'][number];

function tell(review: CouponReview, of: { days: number; to: string; timeOf: (at: Sale['at']) => string }): string {
  const lines = review.tills.map(({ till, used }) => {
    const parts = CARD_WORDS.map(([card, words]) => `${words} ${used[card]}`);
    return `till ${till}  ${parts.join(' · ')}`;
  });
  const used = review.tills.flatMap((till) => Object.values(till.used)).reduce((sum, count) => sum + count, 0);
  const sales = review.sales.slice(0, SALES_SHOWN).map(({ at, till, sale, serials, customers, reasons }) => {
    const what = `${counted(serials.length, 'coupon')} of ${counted(customers, 'customer')}`;
    return `${of.timeOf(at)}  till ${till}  sale ${sale ?? '-'}  ${what}: ${reasons.map((one) => REASON_WORDS[one]).join(', ')}`;
  });
  const more = review.sales.length > sales.length ? [`and ${review.sales.length - sales.length} more: --json`] : [];
  return [
    `${counted(used, 'coupon')} used in the ${counted(of.days, 'day')} to ${of.to}`,
    ...lines,
    `${counted(review.sales.length, 'sale')} to look into`,
    ...sales,
    ...more,
    '',
  ].join('\n');
}

const CARD_WORDS: readonly (readonly [ShownCard, string])[] = [
  ['own', "the customer's own card"],
  ['another', "another customer's"],
  ['none', 'no card'],
  ['no-sale-named', 'no sale named'],
  ['not-told', 'not told'],
];

const REASON_WORDS: Readonly<Record<ReviewReason, string>> = {
  'another-card': "with another customer's card",
  'several-customers': 'of several customers at once',
  'left-in-the-printer': 'from a strip that had not surely come out',
  'copied-strip': 'from a strip that was copied',
  'within-minutes': 'within minutes of the print',
};
