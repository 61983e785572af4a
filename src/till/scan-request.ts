// A card as the till, or somebody at the till page, sends it over HTTP.
import { z } from 'zod';
import type { TillId } from '../domain/ids.ts';
import { tillIdField } from './till-id-field.ts';

export type ScanRequest = {
  /** As read; whether it is a card at all is decided by the card grammar, not here. */
  readonly card: string;
  readonly till: TillId | null;
};

export const scanRequestSchema = z
  .strictObject({
    card: z
      .string('must be text')
      .min(1, 'must not be empty')
      .max(100, 'must be at most 100 characters')
      .describe('The loyalty card as the scanner read it. Anything that is no card is answered with not-a-card.'),
    till: tillIdField
      .optional()
      .describe('The till the card was held up at; refused where it is not the till of this daemon.'),
  })
  .transform((body): ScanRequest => ({ card: body.card, till: body.till ?? null }));
