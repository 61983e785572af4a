// The till never waits for us: an answer that takes too long is given up, while the work behind it goes on.
import { toError } from '../domain/to-error.ts';
import { WEB_LIMITS } from './limits.ts';
import { Refusal } from './refusal.ts';
import type { WebParts } from './web-parts.ts';

/** @param of.hint what whoever asked is to do where no answer comes in time */
export async function withinLimit<Answer>(
  parts: WebParts,
  { work, hint }: { work: Promise<Answer>; hint: string },
): Promise<Answer> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const cancel = parts.clock.after(WEB_LIMITS.answerMs, () => {
    work.catch((thrown: unknown) => parts.report(toError(thrown)));
    reject(
      new Refusal({
        status: 503,
        code: 'TOO_SLOW',
        message: `TillCAT had no answer within ${WEB_LIMITS.answerMs} ms.`,
        hint,
      }),
    );
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    cancel();
  }
}
