// Opens the port and closes it again: slow peers are cut off, and one signal ends everything.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Clock } from '../domain/clock.ts';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import { WEB_LIMITS } from './limits.ts';
import type { WebApp } from './web-app.ts';

export type Listening = {
  /** "http://127.0.0.1:8090" */
  readonly address: string;
  readonly port: number;
  /** Resolves once the signal has come and every connection is closed. */
  readonly stopped: Promise<void>;
};

/** @throws TillError WEB_PORT_TAKEN, WEB_PORT_CLOSED */
export async function listen(place: {
  readonly web: WebApp;
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): Promise<Listening> {
  const { web, host, port, clock, signal } = place;
  const server = createServer(
    {
      headersTimeout: WEB_LIMITS.headersMs,
      requestTimeout: WEB_LIMITS.requestMs,
      keepAliveTimeout: WEB_LIMITS.keepAliveMs,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: WEB_LIMITS.headerBytes,
      requireHostHeader: true,
    },
    web.handle,
  );
  server.maxConnections = WEB_LIMITS.connections;
  try {
    server.listen({ host, port });
    await once(server, 'listening', { signal });
  } catch (thrown) {
    server.close();
    throw openingError(thrown, host, port);
  }
  const bound = server.address();
  const boundPort = bound !== null && typeof bound === 'object' ? bound.port : port;
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`,
    port: boundPort,
    stopped: stopOn(signal, server, web, clock),
  };
}

async function stopOn(signal: AbortSignal, server: Server, web: WebApp, clock: Clock): Promise<void> {
  const closed = once(server, 'close');
  if (!signal.aborted) await once(signal, 'abort');
  server.close();
  web.end();
  server.closeIdleConnections();
  const cancel = clock.after(WEB_LIMITS.stopMs, () => server.closeAllConnections());
  await closed;
  cancel();
}

function openingError(thrown: unknown, host: string, port: number): Error {
  const error = toError(thrown);
  const code = 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') return new TillError('WEB_PORT_TAKEN', { host, port }, { cause: error });
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new TillError('WEB_PORT_CLOSED', { host, port, problem: error.message }, { cause: error });
  }
  return error;
}
