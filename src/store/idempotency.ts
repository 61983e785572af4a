// Answers given once: a request that comes again gets the answer it had, and is not done again.
import { createHash } from 'node:crypto';
import { instant } from '../domain/calendar.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Db } from './database.ts';

/** How long an answer is kept: tills retry within minutes, and a till that was off overnight within the day. */
export const ANSWER_KEPT_HOURS = 24;

export type StoredAnswer = { readonly status: number; readonly answer: string };

export type OnceOutcome =
  | ({ readonly kind: 'done' } & StoredAnswer)
  | ({ readonly kind: 'repeated' } & StoredAnswer)
  /** The key was used for another body. */
  | { readonly kind: 'refused' };

export type Asked = {
  /** Which call, so that one call's keys do not meet another's. */
  readonly scope: string;
  readonly key: string;
  readonly body: string;
  readonly at: Instant;
};

export class IdempotentAnswers {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /**
   * Does the work and keeps its answer in one transaction: after a power cut either both are there or neither. What `work`
   * throws undoes both.
   */
  once({ scope, key, body, at }: Asked, work: () => StoredAnswer): OnceOutcome {
    const digest = createHash('sha256').update(body).digest('hex');
    return this.#db
      .transaction((): OnceOutcome => {
        const known = this.#db
          .prepare<[string, string], StoredAnswer & { digest: string; at: number }>(
            'select status, answer, body_digest as digest, at from idempotency where scope = ? and key = ?',
          )
          .get(scope, key);
        if (known !== undefined && known.at > keptSince(at)) {
          if (known.digest !== digest) return { kind: 'refused' };
          return { kind: 'repeated', status: known.status, answer: known.answer };
        }
        const done = work();
        this.#db
          .prepare(
            `insert into idempotency (scope, key, body_digest, status, answer, at) values (?, ?, ?, ?, ?, ?)
             on conflict (scope, key) do update set body_digest = excluded.body_digest, status = excluded.status,
               answer = excluded.answer, at = excluded.at`,
          )
          .run(scope, key, digest, done.status, done.answer, at);
        return { kind: 'done', status: done.status, answer: done.answer };
      })
      .immediate();
  }

  /** Takes away what is older than kept; answers how many. */
  sweep(at: Instant): number {
    return this.#db.prepare('delete from idempotency where at <= ?').run(keptSince(at)).changes;
  }
}

function keptSince(at: Instant): Instant {
  return instant(at - ANSWER_KEPT_HOURS * 3_600_000);
}
