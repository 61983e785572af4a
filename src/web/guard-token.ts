// The bearer token: wanted wherever other machines can reach us, compared in constant time.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { Refusal } from './refusal.ts';

const HINT = 'Send "Authorization: Bearer TOKEN" with the token the shop has configured; the till page asks for it.';

/** Throws where a token is wanted and the request has not got it. */
export type TokenCheck = (request: Request) => void;

export function tokenCheck(token: string | null): TokenCheck {
  if (token === null) return () => {};
  const wanted = digestOf(token);
  return (request) => {
    const given = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
    if (given === undefined) {
      request.res?.setHeader('WWW-Authenticate', 'Bearer realm="TillCAT"');
      throw new Refusal({ status: 401, code: 'TOKEN_MISSING', message: 'The request carries no token.', hint: HINT });
    }
    // Digests, because timingSafeEqual wants equal lengths and the length is a secret too.
    if (timingSafeEqual(digestOf(given), wanted)) return;
    request.res?.setHeader('WWW-Authenticate', 'Bearer realm="TillCAT", error="invalid_token"');
    throw new Refusal({ status: 401, code: 'TOKEN_WRONG', message: 'The token is not the right one.', hint: HINT });
  };
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
