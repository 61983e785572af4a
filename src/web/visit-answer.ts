// Scans, visits and the reasons for their offers, as JSON tells them.
import { z } from 'zod';
import type { Instant } from '../domain/calendar.ts';
import { CASHIER_LINE_LENGTH } from '../domain/cashier-lines.ts';
import { COUPON_STATES } from '../domain/coupon.ts';
import { LOSSES, type Reward } from '../domain/offer.ts';
import type { ScanAnswer, VisitAnswer, VisitRecord } from '../domain/visit.ts';
import { VISIT_OUTCOMES } from '../domain/visit.ts';
import type { ReleasedStrip } from './desk.ts';

export const instantText = (at: Instant): string => new Date(at).toISOString();

export const slotSchema = z.enum(['habitual', 'new', 'popular']);
export const stripEndSchema = z.enum(['printed', 'partly-printed', 'failed', 'unknown', 'dropped']);
export const visitOutcomeSchema = z.enum(VISIT_OUTCOMES);

export const rewardSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('amount'),
    amount: z.number().describe("Taken off, in decimals of the shop's currency."),
  }),
  z.object({ kind: z.literal('percent'), percent: z.number() }),
]);

const visitCouponSchema = z.object({
  serial: z.string().describe('12 digits; what a cashier keys.'),
  slot: slotSchema,
  productName: z.string().nullable().describe('null once forgotten.'),
  reward: rewardSchema,
  state: z.enum(COUPON_STATES),
});

export const visitAnswerSchema = z
  .object({
    visit: z.string().describe('"01-000042"'),
    outcome: visitOutcomeSchema.describe('Only printing and queued use paper.'),
    why: z.string().describe("One sentence for the cashier's eyes."),
    coupons: z.array(visitCouponSchema),
  })
  .meta({ title: 'VisitAnswer' });

export const tillStripSchema = z.object({
  text: z.string().describe('What stands on the paper, codes written out.'),
  escpos: z.base64().describe("The bytes for the till's printer, made for the printer.profile of the configuration."),
  cashierLine: z.string(),
});

export const scanAnswerSchema = visitAnswerSchema
  .extend({
    cashierLine: z.string().max(CASHIER_LINE_LENGTH).describe('The same for a line display: at most 20 characters.'),
    strip: tillStripSchema
      .nullable()
      .describe(
        'Only with printer.transport.type: till, and only in this one answer. Print it once, and say what came of it: POST /api/v1/visits/{id}/outcome.',
      ),
  })
  .meta({ title: 'ScanAnswer' });

export const visitRecordSchema = visitAnswerSchema
  .extend({
    at: z.iso.datetime(),
    end: stripEndSchema.nullable().describe('How the strip ended; null while it has not, or where there is none.'),
  })
  .meta({ title: 'VisitRecord' });

const explainedFields = {
  productName: z.string(),
  slot: slotSchema,
  probability: z.number().describe('Of being bought while the coupon is valid; 0 to 1.'),
};

export const explanationSchema = z
  .object({
    visit: z.string(),
    model: z.string().nullable().describe('The model that ranked; null where the shop had none yet.'),
    offers: z
      .array(
        z.object({
          ...explainedFields,
          propensity: z
            .number()
            .describe('The chance with which the rules of choice pick it: below 1 where a share is left to chance.'),
          words: z.string().describe('What carried it, in words a clerk can say.'),
          reasons: z.array(
            z.object({
              feature: z.string(),
              value: z.number().describe("In the reason's own unit: days, purchases, customers or a share."),
              days: z
                .number()
                .optional()
                .describe('The last days it was counted in, where those are not all that is remembered.'),
              contribution: z.number().describe('What it added to the score, beyond the usual case.'),
            }),
          ),
        }),
      )
      .describe('In the order of the strip.'),
    runnersUp: z
      .array(
        z.object({
          ...explainedFields,
          loss: z.enum(LOSSES),
          words: z.string().describe('By what it lost, in words a clerk can say.'),
        }),
      )
      .describe('The best of those that are not on the strip, by kind of place.'),
  })
  .meta({ title: 'Explanation' });

export function visitAnswerJson(answer: VisitAnswer): z.input<typeof visitAnswerSchema> {
  return {
    visit: answer.visit,
    outcome: answer.outcome,
    why: answer.why,
    coupons: answer.coupons.map((coupon) => ({
      serial: coupon.serial,
      slot: coupon.slot,
      productName: coupon.productName,
      reward: rewardJson(coupon.reward),
      state: coupon.state,
    })),
  };
}

export function scanAnswerJson(answer: ScanAnswer): z.input<typeof scanAnswerSchema> {
  const { strip, cashierLine } = answer;
  return {
    ...visitAnswerJson(answer),
    cashierLine,
    strip: strip === null ? null : tillStripJson({ strip, cashierLine }),
  };
}

export function tillStripJson({ strip, cashierLine }: ReleasedStrip): z.input<typeof tillStripSchema> {
  return { text: strip.text, escpos: Buffer.from(strip.escpos).toString('base64'), cashierLine };
}

export function visitRecordJson(record: VisitRecord): z.input<typeof visitRecordSchema> {
  return { ...visitAnswerJson(record), at: instantText(record.at), end: record.end };
}

export function rewardJson(reward: Reward): z.input<typeof rewardSchema> {
  return reward.kind === 'amount' ? { kind: 'amount', amount: reward.amountCents / 100 } : reward;
}
