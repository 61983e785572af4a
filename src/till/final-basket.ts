// The final basket of a sale, as the till posts it when the customer has paid.
import { z } from 'zod';
import type { Instant, LocalDay, ShopCalendar } from '../domain/calendar.ts';
import { isoDay } from '../domain/calendar.ts';
import type { TillId } from '../domain/ids.ts';
import type { Cents } from '../domain/money.ts';
import { cents } from '../domain/money.ts';
import { saleTimeProblem } from '../domain/sale-time.ts';
import { tillIdField } from './till-id-field.ts';

export type BasketLine = {
  readonly productCode: string;
  /** Thousandths of a piece or a kilogram, above 0. */
  readonly quantityMilli: number;
  /** Paid for the whole line; null where the till did not say. */
  readonly priceCents: Cents | null;
};

export type FinalBasket = {
  readonly till: TillId;
  /** As the till numbers its sales; may start again each day. */
  readonly sale: string;
  readonly at: Instant;
  readonly day: LocalDay;
  /** "01/2026-11-22/4711": names the sale for ever, also where numbers start again each morning (POSLog: till, business day, sequence). */
  readonly basketCode: string;
  /** As read; null for a sale without a loyalty card. */
  readonly card: string | null;
  /** The sale was taken back as a whole. */
  readonly isVoid: boolean;
  /** What the customer took home; returns are already taken off. */
  readonly lines: readonly BasketLine[];
};

const MOST_LINES = 1000;
const MOST_QUANTITY = 100_000;
const MOST_PRICE = 1_000_000;

const lineSchema = z.strictObject({
  product: z
    .string('must be text, because leading zeros count')
    .min(1, 'must not be empty')
    .max(64, 'must be at most 64 characters')
    .describe("The shop's product code, usually a GTIN."),
  quantity: z
    .number('must be a number')
    .min(-MOST_QUANTITY, `must be at least -${MOST_QUANTITY}`)
    .max(MOST_QUANTITY, `must be at most ${MOST_QUANTITY}`)
    .refine((quantity) => Math.round(quantity * 1000) !== 0, 'must not be 0 (thousandths count)')
    .describe('Pieces or kilograms, three decimals; below 0 for goods given back.'),
  price: z
    .number('must be a number')
    .min(-MOST_PRICE, `must be at least -${MOST_PRICE}`)
    .max(MOST_PRICE, `must be at most ${MOST_PRICE}`)
    .optional()
    .describe(
      'Paid for the whole line, in decimals of the currency; a line with a quantity above 0 and a price below 0 is money given back (a deposit, a discount of its own), nothing bought, and left out.',
    ),
});

export type SaleTimes = {
  /** Tells what a time without offset means, and which day a sale belongs to. */
  readonly calendar: ShopCalendar;
  /** null while the clock is not believed: then no sale lies in the future. */
  readonly believedNow: () => Instant | null;
};

export function finalBasketSchema({ calendar, believedNow }: SaleTimes) {
  const problemOf = (at: Instant | null): string | null =>
    at === null
      ? 'must be an ISO 8601 time, such as 2026-11-22T16:05+02:00'
      : saleTimeProblem({ at, now: believedNow() });
  return z
    .strictObject({
      till: tillIdField.describe('The till of the sale.'),
      sale: z
        .string('must be text')
        .regex(/^[\x21-\x7e]{1,32}$/, 'must be 1 to 32 printable ASCII characters without blanks')
        .describe('Number of the sale at this till; the same sale sent again changes nothing.'),
      at: z
        .string('must be text')
        .transform((text, context) => {
          const at = calendar.parse(text);
          const problem = problemOf(at);
          if (at !== null && problem === null) return at;
          context.addIssue({ code: 'custom', message: problem ?? '' });
          return z.NEVER;
        })
        .describe('When the sale was paid, ISO 8601; without offset it is shop-local.'),
      card: z
        .string('must be text')
        .min(1, 'must not be empty')
        .max(100, 'must be at most 100 characters')
        .nullish()
        .describe('The loyalty card of the sale, if one was shown.'),
      lines: z.array(lineSchema, 'must be a list').max(MOST_LINES, `must be at most ${MOST_LINES} lines`),
      void: z
        .boolean('must be true or false')
        .default(false)
        .describe(
          'The whole sale was taken back; the coupons redeemed in it, which named it as their `basket`, are good again.',
        ),
    })
    .transform((body): FinalBasket => {
      const day = calendar.dayOf(body.at);
      return {
        till: body.till,
        sale: body.sale,
        at: body.at,
        day,
        basketCode: `${body.till}/${isoDay(day)}/${body.sale}`,
        card: body.card ?? null,
        isVoid: body.void,
        lines: takenHome(body.lines),
      };
    });
}

/** Goods given back are taken off the same product's lines, the last one first; what was bought in an earlier sale is not ours to undo. */
function takenHome(lines: readonly z.output<typeof lineSchema>[]): BasketLine[] {
  const bought: { productCode: string; quantityMilli: number; priceCents: number | null }[] = [];
  for (const line of lines) {
    const quantityMilli = Math.round(line.quantity * 1000);
    if (quantityMilli <= 0 || (line.price ?? 0) < 0) continue;
    const priceCents = line.price === undefined ? null : Math.round(line.price * 100);
    bought.push({ productCode: line.product, quantityMilli, priceCents });
  }
  for (const line of lines) {
    let backMilli = -Math.round(line.quantity * 1000);
    for (let i = bought.length - 1; i >= 0 && backMilli > 0; i--) {
      const from = bought[i];
      if (from?.productCode !== line.product || from.quantityMilli === 0) continue;
      const takenMilli = Math.min(backMilli, from.quantityMilli);
      if (from.priceCents !== null) from.priceCents -= Math.round((from.priceCents * takenMilli) / from.quantityMilli);
      from.quantityMilli -= takenMilli;
      backMilli -= takenMilli;
    }
  }
  return bought
    .filter((line) => line.quantityMilli > 0)
    .map((line) => ({ ...line, priceCents: line.priceCents === null ? null : cents(line.priceCents) }));
}
