// A coupon somebody wants to use, as the till or the cashier sends its code.
import { z } from 'zod';
import type { TillId } from '../domain/ids.ts';
import { tillIdField } from './till-id-field.ts';

export type RedemptionRequest = {
  /** The 12-digit serial or the full code as scanned, without blanks; coupons/ decides what it means. */
  readonly code: string;
  /** The sale it is used in, as the till numbers it. */
  readonly basket: string | null;
  readonly till: TillId | null;
};

export const redemptionRequestSchema = z
  .strictObject({
    code: z
      .string('must be text')
      .max(120, 'must be at most 120 characters')
      .transform((text) => text.replace(/[ \t\r\n]/g, ''))
      .pipe(z.string().min(1, 'must not be empty'))
      .describe('The 12-digit serial under the bars (blanks do not matter) or the whole code as scanned.'),
    basket: z
      .string('must be text')
      .min(1, 'must not be empty')
      .max(64, 'must be at most 64 characters')
      .optional()
      .describe(
        'Number of the sale the coupon is used in; without it, taking that sale back does not give the coupon back.',
      ),
    till: tillIdField.optional().describe('The till it is used at.'),
  })
  .transform((body): RedemptionRequest => ({ code: body.code, basket: body.basket ?? null, till: body.till ?? null }));
