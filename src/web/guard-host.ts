// Only requests meant for this machine come in: a page elsewhere whose name was pointed at us (DNS rebinding) carries that name as Host.
import { isIP } from 'node:net';
import type { Request, RequestHandler } from 'express';
import { Refusal } from './refusal.ts';

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** @param names hosts the shop has configured, without port; "0.0.0.0" and "::" name nothing */
export function guardHost(names: readonly string[]): RequestHandler {
  const allowed = new Set([...LOOPBACK_NAMES, ...names.map(inUrl)]);
  return (request, _response, next) => {
    const host = hostName(request.headers.host ?? '');
    if (host !== null && (allowed.has(host) || isOwnAddress(host, request))) {
      next();
      return;
    }
    throw new Refusal({
      status: 421,
      code: 'HOST_UNKNOWN',
      message: `This till does not answer to the name "${(request.headers.host ?? '').slice(0, 100)}".`,
      hint: 'Use the address the daemon shows at its start, or add the name to http.names in the configuration.',
    });
  };
}

/** Another site's page may not make a browser on this machine send anything: it cannot hide where it comes from. */
export const guardOrigin: RequestHandler = (request, _response, next) => {
  if (request.method === 'GET' || request.method === 'HEAD') {
    next();
    return;
  }
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const isOurs = origin === undefined || originHost(origin) === request.headers.host?.toLowerCase();
  if (isOurs && (site === undefined || site === 'same-origin' || site === 'none')) {
    next();
    return;
  }
  throw new Refusal({
    status: 403,
    code: 'ORIGIN_FOREIGN',
    message: `A page of "${(origin ?? site ?? '').slice(0, 100)}" may not send requests to this till.`,
    hint: 'Send it from the till page itself, or from a program that sets no Origin header.',
  });
};

/** A literal address cannot be rebound; it must be the very one this connection came in on. */
function isOwnAddress(host: string, request: Request): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  const own = request.socket.localAddress?.replace(/^::ffff:/, '');
  return isIP(bare) !== 0 && bare === own;
}

/** The name in a Host header, lower case, without port; null where it is none. */
function hostName(header: string): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.exec(header);
  return match?.[1]?.toLowerCase() ?? null;
}

function originHost(origin: string): string | null {
  return URL.parse(origin)?.host ?? null;
}

function inUrl(name: string): string {
  return isIP(name) === 6 ? `[${name.toLowerCase()}]` : name.toLowerCase();
}
