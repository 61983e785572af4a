// Customer codes and card numbers as keyed hashes: without the shop's key the store names nobody.
import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** Each kind of code has a subkey of its own, so that a customer code equal to a card number hashes differently. */
export type CodeHasher = {
  /** 16 bytes. */
  customer(code: string): Buffer;
  /** 16 bytes. */
  card(number: string): Buffer;
};

const HASH_BYTES = 16;
const SUBKEY_BYTES = 32;

export function createCodeHasher(shopKey: Uint8Array): CodeHasher {
  // Key objects, because a hash with bare bytes takes five times as long.
  const customerKey = createSecretKey(subkey(shopKey, 'tillcat customer code'));
  const cardKey = createSecretKey(subkey(shopKey, 'tillcat card number'));
  return {
    customer: (code) => keyedHash(customerKey, code),
    card: (number) => keyedHash(cardKey, number),
  };
}

/** What a shop key is known by: 16 hexadecimal digits that say nothing about the key itself. */
export function keyFingerprint(shopKey: Uint8Array): string {
  return subkey(shopKey, 'tillcat key fingerprint').subarray(0, 8).toString('hex');
}

/** HKDF-SHA256 (RFC 5869) with the use as its info. */
function subkey(shopKey: Uint8Array, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', shopKey, new Uint8Array(0), use, SUBKEY_BYTES));
}

function keyedHash(key: KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest().subarray(0, HASH_BYTES);
}
