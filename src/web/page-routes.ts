// What only the till page calls: the last strip, no more coupons for this customer, and the sample shop's toys.
import { z } from 'zod';
import { parseVisitId } from '../domain/ids.ts';
import type { LastStrip } from './desk.ts';
import { FAULT_NAMES } from './desk.ts';
import { errorAnswer, Refusal } from './refusal.ts';
import type { Route } from './route.ts';
import { jsonAnswer, readBody } from './route.ts';
import { noSuchVisit } from './till-routes.ts';
import type { WebParts } from './web-parts.ts';
import { withinLimit } from './within-limit.ts';

export const sampleSchema = z
  .object({
    cardsToTry: z.array(
      z.object({ card: z.string(), words: z.object({ fi: z.string(), sv: z.string(), en: z.string() }) }),
    ),
    faults: z.array(z.object({ name: z.enum(FAULT_NAMES), isOn: z.boolean() })),
  })
  .meta({ title: 'Sample' });

const faultSchema = z.strictObject({ name: z.enum(FAULT_NAMES), isOn: z.boolean() });
const optOutSchema = z.strictObject({
  visit: z.string().transform((text, context) => {
    const id = parseVisitId(text);
    if (id !== null) return id;
    context.addIssue({ code: 'custom', message: 'must be a visit, such as 01-000042' });
    return z.NEVER;
  }),
  optedOut: z.boolean(),
});
export const optedOutSchema = z.object({ optedOut: z.boolean() }).meta({ title: 'OptOut' });

export function pageRoutes(parts: WebParts): readonly Route[] {
  const { desk } = parts;
  const plain = { group: 'page', access: 'token', body: null, query: {}, headers: {} } as const;
  const ofVisit = { words: 'The visit whose strip is meant; without it the last one.', isRequired: false };
  const notFound = jsonAnswer('There is none.', errorAnswer);
  return [
    {
      ...plain,
      method: 'get',
      path: '/strips/last.png',
      name: 'lastStripPicture',
      summary: 'The strip printed last, drawn from the bytes the printer was sent. Kept in memory only.',
      query: { visit: ofVisit },
      answers: { 200: { words: 'The picture.', contentType: 'image/png', schema: null }, 404: notFound },
      async handle(request, response) {
        const strip = lastStrip(desk.lastStrip(), request.query['visit']);
        response
          .type('png')
          .send(Buffer.from(await withinLimit(parts, { work: strip.png(), hint: 'Ask for it again.' })));
      },
    },
    {
      ...plain,
      method: 'get',
      path: '/strips/last.txt',
      name: 'lastStripText',
      summary: 'The strip printed last, as text.',
      query: { visit: ofVisit },
      answers: { 200: { words: 'The text.', contentType: 'text/plain', schema: null }, 404: notFound },
      handle(request, response) {
        const strip = lastStrip(desk.lastStrip(), request.query['visit']);
        response.set('TillCAT-Visit', strip.visit).type('text/plain').send(strip.text);
      },
    },
    {
      ...plain,
      method: 'post',
      path: '/page/opt-out',
      name: 'setOptOut',
      summary: 'The customer of a visit wants no coupons, or wants them again.',
      body: optOutSchema,
      answers: { 200: jsonAnswer('As it is now.', optedOutSchema), 404: notFound },
      handle(request, response) {
        const wish = readBody(optOutSchema, request);
        const answer = desk.setOptOut(wish);
        if (answer === null) throw noSuchVisit(wish.visit);
        response.json(answer);
      },
    },
    {
      ...plain,
      method: 'get',
      path: '/page/sample',
      name: 'sample',
      summary: 'Cards to try and faults to switch on; 404 without a sample shop or simulated printer.',
      answers: { 200: jsonAnswer('The toys.', sampleSchema), 404: notFound },
      handle(_request, response) {
        if (desk.sample === null) throw noSample();
        response.json({ cardsToTry: desk.sample.cardsToTry, faults: desk.sample.faults() });
      },
    },
    {
      ...plain,
      method: 'post',
      path: '/page/faults',
      name: 'setFault',
      summary: 'Breaks the simulated printer, or mends it.',
      body: faultSchema,
      answers: { 200: jsonAnswer('The faults as they are now.', sampleSchema.pick({ faults: true })), 404: notFound },
      handle(request, response) {
        const fault = readBody(faultSchema, request);
        if (desk.sample === null || desk.sample.faults().length === 0) throw noSample();
        desk.sample.setFault(fault.name, fault.isOn);
        response.json({ faults: desk.sample.faults() });
      },
    },
  ];
}

/** The last strip, if it is the one that was asked for: never somebody else's instead. */
function lastStrip(strip: LastStrip | null, asked: unknown): LastStrip {
  if (strip !== null && (asked === undefined || asked === strip.visit)) return strip;
  throw new Refusal({
    status: 404,
    code: 'NOT_FOUND',
    message: strip === null ? 'No strip was printed since the start.' : 'This is not the strip printed last.',
    hint: 'Only the last strip is kept, and only in memory.',
  });
}

function noSample(): Refusal {
  return new Refusal({
    status: 404,
    code: 'NOT_FOUND',
    message: 'There is nothing to try out here: this is a real shop with a real printer.',
    hint: 'Start with "tillcat run --sample" for a shop to play with.',
  });
}
