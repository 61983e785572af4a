// The till never waits for us: an answer that takes too long is given up, while the work behind it goes on.
import { toError } from '../domain/to-error.ts';
import { WEB_LIMITS } from './limits.ts';
import { Refusal } from './refusal.ts';
import type { WebParts } from './web-parts.ts';

export async function withinLimit<Answer>(parts: WebParts, work: Promise<Answer>): Promise<Answer> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const cancel = parts.clock.after(WEB_LIMITS.answerMs, () => {
    work.catch((thrown: unknown) => parts.report(toError(thrown)));
    reject(
      new Refusal({
        status: 503,
        code: 'TOO_SLOW',
        message: `TillCAT had no answer within ${WEB_LIMITS.answerMs} ms.`,
        hint: 'Go on with the sale; the same request with the same Idempotency-Key may be sent again.',
      }),
    );
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    cancel();
  }
}
