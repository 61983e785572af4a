// Everything a till may send, as schemas: web/ checks with them and writes them into the OpenAPI document.
import { finalBasketSchema, type SaleTimes } from './final-basket.ts';
import { redemptionRequestSchema } from './redemption-request.ts';
import { reprintRequestSchema } from './reprint-request.ts';
import { scanRequestSchema } from './scan-request.ts';
import { stripOutcomeSchema } from './strip-outcome.ts';

export type TillMessages = ReturnType<typeof tillMessages>;

export function tillMessages(times: SaleTimes) {
  return {
    scan: scanRequestSchema,
    finalBasket: finalBasketSchema(times),
    redemption: redemptionRequestSchema,
    stripOutcome: stripOutcomeSchema,
    reprint: reprintRequestSchema,
  } as const;
}
