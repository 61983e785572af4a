// Everything a till may send, as schemas: web/ checks with them and writes them into the OpenAPI document.
import type { ShopCalendar } from '../domain/calendar.ts';
import { finalBasketSchema } from './final-basket.ts';
import { redemptionRequestSchema } from './redemption-request.ts';
import { reprintRequestSchema } from './reprint-request.ts';
import { scanRequestSchema } from './scan-request.ts';
import { stripOutcomeSchema } from './strip-outcome.ts';

export type TillMessages = ReturnType<typeof tillMessages>;

export function tillMessages(calendar: ShopCalendar) {
  return {
    scan: scanRequestSchema,
    finalBasket: finalBasketSchema(calendar),
    redemption: redemptionRequestSchema,
    stripOutcome: stripOutcomeSchema,
    reprint: reprintRequestSchema,
  } as const;
}
