// A till's number as it stands in a request: two digits.
import { z } from 'zod';
import { parseTillId } from '../domain/ids.ts';

export const tillIdField = z
  .string('must be text of two digits, such as "01"')
  .regex(/^\d{2}$/, 'must be two digits, such as "01"')
  .transform((text) => parseTillId(text) ?? z.NEVER);
