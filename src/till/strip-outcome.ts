// What a till that prints by itself says of a strip: what came out of its printer.
import { z } from 'zod';
import { parseSerial } from '../domain/ids.ts';
import type { StripReport } from '../domain/till-strip.ts';

const MOST_COUPONS = 20;

const serial = z
  .string('must be text, because leading zeros count')
  .regex(/^\d{12}$/, 'must be a serial of 12 digits')
  .transform((text) => parseSerial(text) ?? z.NEVER);

const printed = z
  .union([z.boolean(), z.literal('unknown'), z.array(serial).max(MOST_COUPONS)], {
    error: 'must be true, false, "unknown", or the serials of the coupons that came out',
  })
  .describe(
    'true: all of it came out. false: nothing did. "unknown": nobody can say. Or the serials of the coupons that came out; the others did not.',
  );

export const stripOutcomeSchema = z.strictObject({ printed }).transform((body): StripReport => reportOf(body.printed));

function reportOf(said: z.output<typeof printed>): StripReport {
  if (said === true) return 'printed';
  return said === false ? 'failed' : said;
}
