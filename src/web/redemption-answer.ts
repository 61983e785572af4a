// What the till is told of a coupon: a word for the program, and a sentence the cashier can read out.
import { z } from 'zod';
import type { ShopCalendar } from '../domain/calendar.ts';
import { instant, isoDay } from '../domain/calendar.ts';
import { redeemSentence } from '../domain/cashier-words.ts';
import type { Coupon, RedeemOutcome } from '../domain/coupon.ts';
import { COUPON_STATES } from '../domain/coupon.ts';
import { instantText, rewardJson, rewardSchema, slotSchema } from './visit-answer.ts';

export const REDEEM_OUTCOMES = [
  'redeemed',
  'unknown-coupon',
  'scan-the-code',
  'not-yet-valid',
  'expired',
  'already-used',
  'void',
] as const satisfies readonly RedeemOutcome['outcome'][];

export const redemptionAnswerSchema = z
  .object({
    outcome: z.enum(REDEEM_OUTCOMES).describe('Take the reward off for redeemed only.'),
    say: z.object({ fi: z.string(), sv: z.string(), en: z.string() }).describe('A sentence to read out.'),
    otherTill: z
      .string()
      .nullable()
      .describe(
        'With unknown-coupon: the other till whose coupon this is (a serial alone: would be). Send the redemption to its daemon.',
      ),
    coupon: z
      .object({
        gcn: z.string(),
        serial: z.string(),
        visit: z.string(),
        slot: slotSchema,
        productCode: z.string().nullable().describe('null once forgotten.'),
        productName: z.string().nullable(),
        reward: rewardSchema,
        validFrom: z.iso.date(),
        validTo: z.iso.date().describe('Last day, inclusive.'),
        state: z.enum(COUPON_STATES),
        redeemedAt: z.iso.datetime().nullable(),
      })
      .nullable()
      .describe('null for a coupon that is not known.'),
  })
  .meta({ title: 'RedemptionAnswer' });

/** @param calendar tells on which of the shop's days it was used */
export function redemptionJson(outcome: RedeemOutcome, calendar: ShopCalendar): z.input<typeof redemptionAnswerSchema> {
  const dayOf = (at: number) => calendar.dayOf(instant(at));
  return {
    outcome: outcome.outcome,
    say: {
      fi: redeemSentence(outcome, 'fi', dayOf),
      sv: redeemSentence(outcome, 'sv', dayOf),
      en: redeemSentence(outcome, 'en', dayOf),
    },
    otherTill: outcome.outcome === 'unknown-coupon' ? (outcome.otherTill?.till ?? null) : null,
    coupon: 'coupon' in outcome ? couponJson(outcome.coupon) : null,
  };
}

function couponJson(coupon: Coupon): z.input<typeof redemptionAnswerSchema>['coupon'] {
  return {
    gcn: coupon.gcn,
    serial: coupon.serial,
    visit: coupon.visit,
    slot: coupon.slot,
    productCode: coupon.productCode,
    productName: coupon.productName,
    reward: rewardJson(coupon.reward),
    validFrom: isoDay(coupon.validFrom),
    validTo: isoDay(coupon.validTo),
    state: coupon.state,
    redeemedAt: coupon.redeemedAt === null ? null : instantText(coupon.redeemedAt),
  };
}
