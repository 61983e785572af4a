// The OpenAPI document, written from the same routes and schemas the requests are served by.
import { z } from 'zod';
import { errorAnswer } from './refusal.ts';
import type { Route, RouteAnswer } from './route.ts';

type Json = Record<string, unknown>;

export function openApiDocument(routes: readonly Route[], version: string): Json {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route, schemas) };
  }
  return {
    openapi: '3.0.3',
    info: {
      title: 'TillCAT',
      version,
      description: 'Personal coupons at the till. Fail open: go on with the sale whatever this answers.',
      license: { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' },
    },
    servers: [{ url: '/', description: 'This till.' }],
    tags: [
      { name: 'till', description: 'What a till calls.' },
      { name: 'page', description: 'What the till page calls; may change with the page.' },
      { name: 'operation', description: 'What those who look after the till call.' },
    ],
    paths,
    components: {
      schemas,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Wanted wherever other machines can reach the daemon.' },
      },
    },
  };
}

function operation(route: Route, schemas: Json): Json {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => parameter(match[1] ?? '', 'path', true, ''));
  const inQuery = Object.entries(route.query).map(([name, { words, isRequired }]) =>
    parameter(name, 'query', isRequired, words),
  );
  const inHeader = Object.entries(route.headers).map(([name, words]) => parameter(name, 'header', false, words));
  const answers = Object.entries(route.answers).map(([status, answer]) => [status, response(answer, schemas)]);
  const failed: RouteAnswer = { words: 'Turned away.', contentType: 'application/json', schema: errorAnswer };
  return {
    operationId: route.name,
    summary: route.summary,
    tags: [route.group],
    security: route.access === 'token' ? [{}, { token: [] }] : [{}],
    parameters: [...inPath, ...inQuery, ...inHeader],
    ...(route.body === null
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(route.body, 'input', schemas) } },
          },
        }),
    responses: { ...Object.fromEntries(answers), default: response(failed, schemas) },
  };
}

function parameter(name: string, place: 'path' | 'query' | 'header', required: boolean, description: string): Json {
  return { name, in: place, required, schema: { type: 'string' }, ...(description === '' ? {} : { description }) };
}

function response(answer: RouteAnswer, schemas: Json): Json {
  const schema =
    answer.schema === null
      ? { type: 'string', ...(answer.contentType.startsWith('image/') ? { format: 'binary' } : {}) }
      : jsonSchema(answer.schema, 'output', schemas);
  return { description: answer.words, content: { [answer.contentType]: { schema } } };
}

/** Schemas with a title become components of that name, so that a generator of clients finds names for them. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  const name = schema.meta()?.title;
  const written: Json = { ...z.toJSONSchema(schema, { target: 'openapi-3.0', io }) };
  if (name === undefined) return written;
  schemas[name] = written;
  return { $ref: `#/components/schemas/${name}` };
}
