// Answers a request that may be sent twice: the second time with the stored answer, and not at all under a key used for another one.
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { WEB_LIMITS } from './limits.ts';
import { Refusal } from './refusal.ts';
import type { WebParts } from './web-parts.ts';

export type IdempotentWork = {
  readonly parts: WebParts;
  /** Keys of different routes never meet. */
  readonly route: string;
  /** The checked body. */
  readonly body: unknown;
  /** The request's own name where no header gives one; null: without a header it is done each time anew. */
  readonly naturalKey: string | null;
  /** The answer as JSON text. */
  readonly run: () => string;
};

export function answerOnce(request: Request, response: Response, work: IdempotentWork): void {
  response.type('json').send(answerKept(request, response, work));
}

/** The same, for a call that has more to say than what is kept. */
export function answerKept(request: Request, response: Response, work: IdempotentWork): string {
  const key = keyOf(request, work);
  if (key === null) return work.run();
  // zod writes the fields in the schema's order, so equal requests are equal texts however the till orders them.
  const bodyDigest = createHash('sha256').update(JSON.stringify(work.body)).digest('hex');
  const stored = work.parts.desk.idempotent({ key, bodyDigest }, work.run);
  if (stored.state === 'other-body') {
    throw new Refusal({
      status: 409,
      code: 'IDEMPOTENCY_KEY_REUSED',
      message: 'The same Idempotency-Key, or the same sale, was sent before with other content; nothing was done.',
      hint: 'Send the request as it was the first time, or a new one under a new key.',
    });
  }
  if (stored.state === 'stored') response.setHeader('Idempotency-Replayed', 'true');
  return stored.answer;
}

function keyOf(request: Request, work: IdempotentWork): string | null {
  const header = request.get('Idempotency-Key');
  if (header === undefined) return work.naturalKey === null ? null : `${work.route}:own:${work.naturalKey}`;
  if (header.length <= WEB_LIMITS.idempotencyKeyLength && /^[\x21-\x7e]+$/.test(header)) {
    return `${work.route}:key:${header}`;
  }
  throw new Refusal({
    status: 400,
    code: 'IDEMPOTENCY_KEY_INVALID',
    message: `The Idempotency-Key must be 1 to ${WEB_LIMITS.idempotencyKeyLength} printable ASCII characters without blanks.`,
    hint: 'A UUID for each redemption or sale is right.',
  });
}
