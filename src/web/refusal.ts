// A request turned away: a status, a code for programs, and for people what was wrong and what to do.
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { z } from 'zod';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';

export const errorAnswer = z
  .object({
    error: z.object({
      code: z.string().describe('For programs; does not change.'),
      message: z.string().describe('What was wrong, and with which value.'),
      hint: z.string().describe('What to do.'),
    }),
  })
  .meta({ title: 'Error' });

export type RefusalCode =
  | 'BODY_INVALID'
  | 'BODY_NOT_JSON'
  | 'BODY_TOO_LARGE'
  | 'CONTENT_TYPE_WRONG'
  | 'HOST_UNKNOWN'
  | 'IDEMPOTENCY_KEY_INVALID'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'INTERNAL'
  | 'METHOD_WRONG'
  | 'NOT_FOUND'
  | 'ORIGIN_FOREIGN'
  | 'OUTCOME_OTHER'
  | 'QUERY_INVALID'
  | 'SERIAL_FOREIGN'
  | 'STRIP_NOT_YOURS'
  | 'TILL_OTHER'
  | 'TOKEN_MISSING'
  | 'TOKEN_WRONG'
  | 'TOO_MANY_LISTENERS'
  | 'TOO_SLOW'
  | 'UNAVAILABLE';

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: RefusalCode;
  readonly hint: string;

  constructor(refusal: { status: number; code: RefusalCode; message: string; hint: string }) {
    super(refusal.message);
    this.status = refusal.status;
    this.code = refusal.code;
    this.hint = refusal.hint;
  }
}

export const refuseUnknownPath: RequestHandler = (request) => {
  throw new Refusal({
    status: 404,
    code: 'NOT_FOUND',
    message: `There is nothing at ${request.path.slice(0, 100)}.`,
    hint: 'GET /openapi.json lists what there is.',
  });
};

/** @param report hears of every failure that is ours, once */
export function answerErrors(report: (error: Error) => void): ErrorRequestHandler {
  return (thrown: unknown, _request, response, next) => {
    const refusal = refusalOf(thrown);
    if (refusal.status >= 500 && !(thrown instanceof Refusal)) report(toError(thrown));
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const { code, message, hint } = refusal;
    response.status(refusal.status).json({ error: { code, message, hint } } satisfies z.infer<typeof errorAnswer>);
  };
}

function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  if (thrown instanceof TillError) {
    return new Refusal({
      status: 503,
      code: 'UNAVAILABLE',
      message: thrown.message,
      hint: 'Go on with the sale; try again once this is put right.',
    });
  }
  return refusalOfParser(thrown) ?? internal;
}

const internal = new Refusal({
  status: 500,
  code: 'INTERNAL',
  message: 'TillCAT failed at this request.',
  hint: "Go on with the sale; the reason is in the daemon's log.",
});

/** body-parser and the router throw http-errors: a `status` or `statusCode`, and a `type`. */
function refusalOfParser(thrown: unknown): Refusal | null {
  if (!(thrown instanceof Error) || !('status' in thrown)) return null;
  switch (thrown.status) {
    case 413:
      return new Refusal({
        status: 413,
        code: 'BODY_TOO_LARGE',
        message: 'The body is larger than 256 kB.',
        hint: 'Send one sale at a time.',
      });
    case 415:
      return new Refusal({
        status: 415,
        code: 'CONTENT_TYPE_WRONG',
        message: 'The body has a charset or an encoding that is not understood.',
        hint: 'Send UTF-8 JSON, not compressed.',
      });
    case 400:
      return new Refusal({
        status: 400,
        code: 'BODY_NOT_JSON',
        message: 'The request cannot be read: its body is not JSON, was cut short, or its address is badly encoded.',
        hint: 'Send one JSON object in UTF-8.',
      });
    default:
      return null;
  }
}
