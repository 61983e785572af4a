// What a till calls: a card was held up, a sale was paid, a coupon is to be redeemed, what became of a visit.
import { z } from 'zod';
import { parseVisitId } from '../domain/ids.ts';
import type { TillId } from '../domain/ids.ts';
import { LANGUAGES, parseLanguage } from '../domain/language.ts';
import { REPRINT_OUTCOMES, reprintSentence } from '../domain/reprint.ts';
import { BASKET_OUTCOMES, type StripClosing } from './desk.ts';
import { answerKept, answerOnce } from './idempotent-answer.ts';
import { redemptionAnswerSchema, redemptionJson } from './redemption-answer.ts';
import { errorAnswer, Refusal } from './refusal.ts';
import type { Route } from './route.ts';
import { jsonAnswer, readBody } from './route.ts';
import {
  explanationSchema,
  scanAnswerJson,
  scanAnswerSchema,
  tillStripJson,
  tillStripSchema,
  visitRecordJson,
  visitRecordSchema,
} from './visit-answer.ts';
import type { WebParts } from './web-parts.ts';
import { withinLimit } from './within-limit.ts';

/** What is kept of the answer, and said again to the same sale sent twice. */
const basketRecordSchema = z.object({
  outcome: z.enum(BASKET_OUTCOMES),
  lines: z.number().describe("Lines that went into the customer's history."),
  visit: z.string().nullable().describe('The visit whose strip this payment released.'),
  givenBack: z
    .array(z.string())
    .default([])
    .describe('With voided: serials of the coupons redeemed in this sale (its number was their `basket`), good again.'),
});

export const basketAnswerSchema = basketRecordSchema
  .extend({
    strip: tillStripSchema
      .nullable()
      .describe(
        'Only with printer.transport.type: till and visit.printAt: payment, and only in this one answer. Print it once, and say what came of it: POST /api/v1/visits/{id}/outcome.',
      ),
  })
  .meta({ title: 'BasketAnswer' });

export const reprintAnswerSchema = z
  .object({
    visit: z.string(),
    outcome: z.enum(REPRINT_OUTCOMES).describe('Only copying uses paper.'),
    coupons: z.number().describe('Coupons on the copy: those that can still be used.'),
    copies: z.number().describe('Copies of this strip so far, this one included.'),
    why: z.string().describe("One sentence for the cashier's eyes."),
  })
  .meta({ title: 'ReprintAnswer' });

const KEY_WORDS = 'Names this request, so that sending it again gives the same answer and does nothing twice.';

export function tillRoutes(parts: WebParts): readonly Route[] {
  const { desk, messages } = parts;
  return [
    {
      method: 'post',
      path: '/api/v1/scans',
      name: 'scan',
      summary: 'A loyalty card was held up. Answers as soon as it is decided what happens; never waits for paper.',
      group: 'till',
      access: 'token',
      body: messages.scan,
      query: {},
      headers: {},
      answers: { 200: jsonAnswer('What happens now.', scanAnswerSchema) },
      async handle(request, response) {
        const scan = readBody(messages.scan, request);
        refuseOtherTill(scan.till, parts.till);
        // Browsers send an Origin with every POST; guardOrigin has made sure that it is our page's.
        const source = request.headers.origin === undefined ? 'http' : 'page';
        const hint = 'Go on with the sale; if no strip comes, the card may be held up again.';
        const work = desk.scan({ card: scan.card, source });
        response.json(scanAnswerJson(await withinLimit(parts, { work, hint })));
      },
    },
    {
      method: 'post',
      path: '/api/v1/baskets',
      name: 'recordBasket',
      summary: 'The final basket of a sale. The same till, day and sale number again is the same sale.',
      group: 'till',
      access: 'token',
      body: messages.finalBasket,
      query: {},
      headers: { 'Idempotency-Key': `${KEY_WORDS} Without it, till, day, sale and void name the request.` },
      answers: {
        200: jsonAnswer('What was recorded.', basketAnswerSchema),
        409: jsonAnswer('This sale was sent before with other content.', errorAnswer),
      },
      async handle(request, response) {
        const basket = readBody(messages.finalBasket, request);
        const answer = answerKept(request, response, {
          parts,
          route: 'baskets',
          body: basket,
          naturalKey: `${basket.basketCode}/${basket.isVoid ? 'void' : 'final'}`,
          run: () => JSON.stringify(desk.recordBasket(basket)),
        });
        const recorded = basketRecordSchema.parse(JSON.parse(answer));
        const visit = recorded.visit === null ? null : parseVisitId(recorded.visit);
        // Never kept: a strip that is told twice could be printed twice.
        const released = visit === null ? null : await desk.releasedStrip(visit);
        response.json({ ...recorded, strip: released === null ? null : tillStripJson(released) });
      },
    },
    {
      method: 'post',
      path: '/api/v1/coupons/redeem',
      name: 'redeemCoupon',
      summary: 'A coupon is to be used. It is redeemed once; every later try is told when it was.',
      group: 'till',
      access: 'token',
      body: messages.redemption,
      query: {},
      headers: {
        'Idempotency-Key': `${KEY_WORDS} Without it each request is a try of its own: a copy held up twice in one sale must be refused.`,
      },
      answers: {
        200: jsonAnswer('Whether it counts.', redemptionAnswerSchema),
        409: jsonAnswer('The key was used for another request.', errorAnswer),
      },
      handle(request, response) {
        const redemption = readBody(messages.redemption, request);
        answerOnce(request, response, {
          parts,
          route: 'redeem',
          body: redemption,
          naturalKey: null,
          run: () => JSON.stringify(redemptionJson(desk.redeem(redemption), parts.calendar)),
        });
      },
    },
    {
      method: 'get',
      path: '/api/v1/visits/{id}',
      name: 'visit',
      summary: 'A visit as it stands now.',
      group: 'till',
      access: 'token',
      body: null,
      query: {},
      headers: {},
      answers: {
        200: jsonAnswer('The visit.', visitRecordSchema),
        404: jsonAnswer('There is no such visit.', errorAnswer),
      },
      handle(request, response) {
        const id = parseVisitId(String(request.params['id']));
        const record = id === null ? null : desk.visit(id);
        if (record === null) throw noSuchVisit(String(request.params['id']));
        response.json(visitRecordJson(record));
      },
    },
    {
      method: 'get',
      path: '/api/v1/visits/{id}/explanation',
      name: 'explain',
      summary: 'Why these offers, and by what the runners-up lost; forgotten with the visit.',
      group: 'till',
      access: 'token',
      body: null,
      query: { language: { words: `One of ${LANGUAGES.join(', ')}; otherwise the shop's.`, isRequired: false } },
      headers: {},
      answers: {
        200: jsonAnswer('The reasons.', explanationSchema),
        404: jsonAnswer('There is no such visit, or nothing was chosen at it.', errorAnswer),
      },
      handle(request, response) {
        const visit = parseVisitId(String(request.params['id']));
        const asked = request.query['language'];
        const language = (typeof asked === 'string' ? parseLanguage(asked) : null) ?? desk.status().shop.language;
        const explanation = visit === null ? null : desk.explain({ visit, language });
        if (explanation === null) throw noSuchVisit(String(request.params['id']));
        response.json({ visit, ...explanation });
      },
    },
    {
      method: 'post',
      path: '/api/v1/visits/{id}/outcome',
      name: 'closeStrip',
      summary:
        'What came of a strip the till printed by itself. None in time means unknown; saying the same again does no harm.',
      group: 'till',
      access: 'token',
      body: messages.stripOutcome,
      query: {},
      headers: {},
      answers: {
        200: jsonAnswer('The visit as it stands now.', visitRecordSchema),
        404: jsonAnswer('There is no such visit.', errorAnswer),
        409: jsonAnswer('It contradicts what was said before, or the strip is not for the till to print.', errorAnswer),
      },
      async handle(request, response) {
        const id = String(request.params['id']);
        const visit = parseVisitId(id);
        const report = readBody(messages.stripOutcome, request);
        if (visit === null) throw noSuchVisit(id);
        const hint = 'Go on with the sale, and say the same outcome again: that does no harm.';
        const closing = await withinLimit(parts, { work: desk.closeStrip({ visit, report }), hint });
        if (closing.state !== 'closed') throw stripRefusal(closing.state, id);
        response.json(visitRecordJson(closing.record));
      },
    },
    {
      method: 'post',
      path: '/api/v1/visits/{id}/reprint',
      name: 'reprintStrip',
      summary: 'The same coupons once more, marked as a copy: a deliberate act with a reason, at most twice a strip.',
      group: 'till',
      access: 'token',
      body: messages.reprint,
      query: {},
      headers: { 'Idempotency-Key': `${KEY_WORDS} Without it each request asks for another copy.` },
      answers: {
        200: jsonAnswer('What happens now.', reprintAnswerSchema),
        404: jsonAnswer('There is no such visit.', errorAnswer),
        409: jsonAnswer('The key was used for another request.', errorAnswer),
      },
      handle(request, response) {
        const id = String(request.params['id']);
        const visit = parseVisitId(id);
        const { reason } = readBody(messages.reprint, request);
        const source = request.headers.origin === undefined ? 'till' : 'page';
        answerOnce(request, response, {
          parts,
          route: 'reprint',
          body: { visit, reason },
          naturalKey: null,
          run: () => {
            const reprint = visit === null ? null : desk.reprint({ visit, reason, source });
            if (reprint === null) throw noSuchVisit(id);
            return JSON.stringify({ ...reprint, why: reprintSentence(reprint.outcome, desk.status().shop.language) });
          },
        });
      },
    },
  ];
}

function stripRefusal(state: Exclude<StripClosing['state'], 'closed'>, id: string): Refusal {
  switch (state) {
    case 'no-visit':
      return noSuchVisit(id);
    case 'other':
      return new Refusal({
        status: 409,
        code: 'OUTCOME_OTHER',
        message: `Another outcome of the strip of ${id} was told before; nothing was changed.`,
        hint: 'GET the visit to see how it stands; what a printer has said once is not taken back.',
      });
    case 'not-the-tills':
      return new Refusal({
        status: 409,
        code: 'STRIP_NOT_YOURS',
        message: `The visit ${id} has no strip for the till to print.`,
        hint: 'Only a scan answered with a strip has an outcome, and only with printer.transport.type: till.',
      });
    case 'foreign-serial':
      return new Refusal({
        status: 400,
        code: 'SERIAL_FOREIGN',
        message: `A serial is not one of the coupons of ${id}; nothing was changed.`,
        hint: "Send serials out of the scan's own answer.",
      });
  }
}

export function noSuchVisit(id: string): Refusal {
  return new Refusal({
    status: 404,
    code: 'NOT_FOUND',
    message: `There is no visit "${id.slice(0, 40)}".`,
    hint: 'Use the visit a scan was answered with, such as 01-000042; it may have been forgotten since.',
  });
}

/** A card held up at one till must never print at another. */
function refuseOtherTill(named: TillId | null, own: TillId): void {
  if (named === null || named === own) return;
  throw new Refusal({
    status: 400,
    code: 'TILL_OTHER',
    message: `This is till ${own}, and the scan names till ${named}; nothing was printed.`,
    hint: "Send it to the other till's own address, or leave the till out.",
  });
}
