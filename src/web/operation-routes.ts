// What those who look after the till call: its state, its events, its health and its figures.
import { z } from 'zod';
import { DAEMON_STATES } from './desk.ts';
import type { EventStream } from './event-stream.ts';
import type { Route } from './route.ts';
import { jsonAnswer } from './route.ts';
import { shopEventSchema, statusJson, statusSchema } from './status-answer.ts';
import type { WebParts } from './web-parts.ts';

export const healthSchema = z
  .object({ canServe: z.boolean(), state: z.enum(DAEMON_STATES), version: z.string() })
  .meta({ title: 'Health' });

export function operationRoutes(parts: WebParts, events: EventStream): readonly Route[] {
  const { desk, metrics, version } = parts;
  const plain = { method: 'get', group: 'operation', body: null, query: {}, headers: {} } as const;
  return [
    {
      ...plain,
      path: '/api/v1/status',
      name: 'status',
      summary: 'The state of the daemon, its devices, its model and its last visits.',
      access: 'token',
      answers: { 200: jsonAnswer('The state now.', statusSchema) },
      handle(_request, response) {
        response.json(statusJson(desk.status()));
      },
    },
    {
      ...plain,
      path: '/api/v1/events',
      name: 'events',
      summary: 'What happens, as it happens (server-sent events). Missed ones are not told again: ask for the status.',
      access: 'token',
      answers: {
        200: { words: 'One event a message.', contentType: 'text/event-stream', schema: shopEventSchema },
      },
      handle(request, response) {
        events.listen(request, response);
      },
    },
    {
      ...plain,
      path: '/healthz',
      name: 'health',
      summary: 'Whether the daemon can serve customers.',
      access: 'open',
      answers: { 200: jsonAnswer('It can.', healthSchema), 503: jsonAnswer('It cannot.', healthSchema) },
      handle(_request, response) {
        const { state } = desk.status();
        const canServe = state === 'ready' || state === 'degraded';
        response.status(canServe ? 200 : 503).json({ canServe, state, version });
      },
    },
    {
      ...plain,
      path: '/metrics',
      name: 'metrics',
      summary: 'Figures for Prometheus.',
      access: 'token',
      answers: { 200: { words: "Prometheus' text format.", contentType: 'text/plain', schema: null } },
      async handle(_request, response) {
        response.set('Content-Type', metrics.contentType).send(await metrics.metrics());
      },
    },
  ];
}
