// A route as one value: express serves from it, and the OpenAPI document is written from it.
import type { Application, Request, Response } from 'express';
import express from 'express';
import type { z } from 'zod';
import { bodyProblems } from './body-problems.ts';
import { cutOffEndless } from './cut-off.ts';
import type { TokenCheck } from './guard-token.ts';
import { WEB_LIMITS } from './limits.ts';
import { Refusal } from './refusal.ts';

/** Who sends many wrong things reads the first few anyway. */
const MOST_PROBLEMS = 3;

export type RouteAnswer = {
  readonly words: string;
  readonly contentType: string;
  /** null where the content is no JSON. */
  readonly schema: z.ZodType | null;
};

export type Route = {
  readonly method: 'get' | 'post';
  /** OpenAPI's way of writing: "/api/v1/visits/{id}" */
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  readonly group: 'till' | 'page' | 'operation';
  /** `open` ones tell nothing about shop or customers and need no token. */
  readonly access: 'open' | 'token';
  readonly body: z.ZodType | null;
  readonly query: Readonly<Record<string, { readonly words: string; readonly isRequired: boolean }>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<number, RouteAnswer>>;
  handle(request: Request, response: Response): void | Promise<void>;
};

export function jsonAnswer(words: string, schema: z.ZodType): RouteAnswer {
  return { words, contentType: 'application/json', schema };
}

/** Mounts the routes; the token is asked for before a body is read, and a wrong method is told the right ones. */
export function mountRoutes(app: Application, routes: readonly Route[], checkToken: TokenCheck): void {
  // Not strict: a body that is JSON and no object is told what it is, like any other that is not right.
  const readJson = express.json({ limit: WEB_LIMITS.bodyBytes, type: () => true, inflate: false, strict: false });
  for (const path of new Set(routes.map((route) => route.path))) {
    const here = routes.filter((route) => route.path === path);
    const mounted = app.route(path.replace(/\{(\w+)\}/g, ':$1'));
    for (const route of here) {
      mounted[route.method](
        (request, _response, next) => {
          if (route.access === 'token') checkToken(request);
          if (route.body !== null) wantJson(request);
          next();
        },
        ...(route.body === null ? [] : [cutOffEndless, readJson]),
        (request, response) => route.handle(request, response),
      );
    }
    const methods = here.map((route) => route.method.toUpperCase()).join(', ');
    mounted.all((request, response) => {
      response.setHeader('Allow', methods);
      throw new Refusal({
        status: 405,
        code: 'METHOD_WRONG',
        message: `${request.method} is not possible at ${path}.`,
        hint: `Use ${methods}.`,
      });
    });
  }
}

/** The checked body. @throws Refusal naming up to three places that are wrong, and never what may be a card number */
export function readBody<Body>(schema: z.ZodType<Body>, request: Request): Body {
  const result = schema.safeParse(request.body);
  if (result.success) return result.data;
  const problems = bodyProblems({ error: result.error, schema, body: request.body });
  const told = problems.slice(0, MOST_PROBLEMS);
  const more = problems.length - told.length;
  throw new Refusal({
    status: 400,
    code: 'BODY_INVALID',
    message: `The body is not right: ${told.join(' ')}${more > 0 ? ` And ${more} more.` : ''}`,
    hint: `GET /openapi.json describes the body of ${request.path}.`,
  });
}

/** A form of another site cannot send this content type without asking first, and we never answer such a question. */
function wantJson(request: Request): void {
  const type = request.headers['content-type'] ?? '';
  if (/^application\/json\s*(;|$)/i.test(type)) return;
  throw new Refusal({
    status: 415,
    code: 'CONTENT_TYPE_WRONG',
    message: type === '' ? 'The body has no content type.' : `The body has the content type "${type.slice(0, 100)}".`,
    hint: 'Send "Content-Type: application/json".',
  });
}
