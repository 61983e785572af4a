// Customers who are never printed for, so that what the coupons change can be measured against them.

/** Digest bytes read; 48 bits fit a number exactly and are even enough for any percentage. */
const DIGEST_BYTES = 6;

/**
 * Whether this customer is held out: always the same answer for the same digest, and a raised percentage only adds customers.
 * @param digest keyed hash of the customer, made for this purpose only
 */
export function isHeldOut({ digest, percent }: { digest: Uint8Array; percent: number }): boolean {
  if (digest.length < DIGEST_BYTES)
    throw new RangeError(`A holdout digest has ${DIGEST_BYTES} bytes or more; got ${digest.length}.`);
  return fractionOf(digest) * 100 < percent;
}

/** The digest as an even draw from 0 up to, not including, 1; exploration may use it too. */
export function fractionOf(digest: Uint8Array): number {
  let value = 0;
  for (const byte of digest.subarray(0, DIGEST_BYTES)) value = value * 256 + byte;
  return value / 256 ** Math.min(DIGEST_BYTES, digest.length);
}
