// The web in one piece: what comes in passes host, origin, token and schema, in this order, before the desk hears of it.
import express from 'express';
import type { RequestListener } from 'node:http';
import { isLoopback } from '../domain/loopback.ts';
import { TillError } from '../domain/till-error.ts';
import { EventStream } from './event-stream.ts';
import { guardHost, guardOrigin } from './guard-host.ts';
import { tokenCheck } from './guard-token.ts';
import { openApiDocument } from './openapi.ts';
import { operationRoutes } from './operation-routes.ts';
import { pageRoutes } from './page-routes.ts';
import { answerErrors, refuseUnknownPath } from './refusal.ts';
import type { Route } from './route.ts';
import { mountRoutes } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import { tillRoutes } from './till-routes.ts';
import { mountTillPage } from './till-page.ts';
import type { WebParts } from './web-parts.ts';

export type WebConfig = {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Wanted from everybody where given; must be given on any address but loopback. */
  readonly token: string | null;
  /** Further names the shop reaches this till by. */
  readonly names: readonly string[];
};

export type WebApp = {
  readonly handle: RequestListener;
  readonly routes: readonly Route[];
  /** Lets the listeners to events go, so that the server can close. */
  readonly end: () => void;
};

/** @throws TillError WEB_TOKEN_MISSING where other machines could come in without a token */
export function createWebApp(parts: WebParts, config: WebConfig): WebApp {
  if (config.token === null && !isLoopback(config.host))
    throw new TillError('WEB_TOKEN_MISSING', { host: config.host });
  const events = new EventStream(parts);
  const routes = allRoutes(parts, events);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(securityHeaders, guardHost([config.host, ...config.names]), guardOrigin);
  mountRoutes(app, routes, tokenCheck(config.token));
  mountTillPage(app, parts.desk);
  app.use(refuseUnknownPath, answerErrors(parts.report));
  return { handle: app, routes, end: () => events.end() };
}

function allRoutes(parts: WebParts, events: EventStream): readonly Route[] {
  const routes: Route[] = [...tillRoutes(parts), ...operationRoutes(parts, events), ...pageRoutes(parts)];
  let document: Record<string, unknown> | null = null;
  routes.push({
    method: 'get',
    path: '/openapi.json',
    name: 'openApi',
    summary: 'This document.',
    group: 'operation',
    access: 'open',
    body: null,
    query: {},
    headers: {},
    answers: { 200: { words: 'OpenAPI 3.0.', contentType: 'application/json', schema: null } },
    handle(_request, response) {
      document ??= openApiDocument(routes, parts.version);
      response.json(document);
    },
  });
  return routes;
}
