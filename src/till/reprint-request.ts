// A cashier wants a strip once more, and says why.
import { z } from 'zod';
import { REPRINT_REASONS } from '../domain/reprint.ts';

export const reprintRequestSchema = z.strictObject({
  reason: z
    .enum(REPRINT_REASONS, { error: `must be one of ${REPRINT_REASONS.join(', ')}` })
    .describe('Why; it is written down with the copy.'),
});
