// A host as the configuration names it: a name or an address, never with its port.
import { isIP } from 'node:net';
import { z } from 'zod';

const MUST = 'must be a host name or an address, without a port';

export const host = z.string({ error: MUST }).refine(isHost, { error: MUST });

/** A name that ends in a number would be taken for an address, and is none: 192.0.2.300. */
function isHost(text: string): boolean {
  if (isIP(text) !== 0) return !text.includes('%');
  return /^[0-9A-Za-z._-]{1,253}$/.test(text) && !/(^|\.)\d+\.?$/.test(text);
}
