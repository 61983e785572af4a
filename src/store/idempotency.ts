// Answers given once: a request that comes again gets the answer it had, and is not done again.
import { createHmac, hkdfSync } from 'node:crypto';
import { instant } from '../domain/calendar.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Serial, VisitId } from '../domain/ids.ts';
import type { Db } from './database.ts';

/** How long an answer is kept: tills retry within minutes, and a till that was off overnight within the day. */
export const ANSWER_KEPT_HOURS = 24;

export type OnceOutcome =
  /** `fresh`: done just now; `stored`: done before, and this is what was answered then. */
  | { readonly state: 'fresh' | 'stored'; readonly answer: string }
  /** The key was used for another request; nothing was done. */
  | { readonly state: 'other-body' };

export type Asked = {
  /** The request's own name, with its route, so that one call's keys do not meet another's. */
  readonly key: string;
  /** A digest of the request's body. */
  readonly bodyDigest: string;
  readonly at: Instant;
};

export class IdempotentAnswers {
  readonly #db: Db;
  readonly #hashKey: Uint8Array;

  /** @param from.shopKey a body may name a card: its digest is kept under a key, as cards are */
  constructor(from: { db: Db; shopKey: Uint8Array }) {
    this.#db = from.db;
    this.#hashKey = new Uint8Array(hkdfSync('sha256', from.shopKey, '', 'tillcat request digest', 32));
  }

  /**
   * Does the work and keeps its answer in one transaction: after a power cut either both are there or neither. What `work`
   * throws undoes both. The work is done at once: nothing may be waited for while the store is locked.
   */
  once({ key, bodyDigest, at }: Asked, work: () => string): OnceOutcome {
    const name = this.#hash(`key|${key}`);
    const body = this.#hash(`body|${bodyDigest}`);
    return this.#db
      .transaction((): OnceOutcome => {
        const known = this.#db
          .prepare<[Buffer], { body: Buffer; answer: string; at: Instant }>(
            'select body_hash as body, answer, at from idempotency where key_hash = ?',
          )
          .get(name);
        if (known !== undefined && known.at > keptSince(at)) {
          return known.body.equals(body) ? { state: 'stored', answer: known.answer } : { state: 'other-body' };
        }
        const answer = work();
        this.#db
          .prepare(
            `insert into idempotency (key_hash, body_hash, answer, at) values (?, ?, ?, ?)
             on conflict (key_hash) do update set body_hash = excluded.body_hash, answer = excluded.answer,
               at = excluded.at`,
          )
          .run(name, body, answer, at);
        return { state: 'fresh', answer };
      })
      .immediate();
  }

  /** Answers that tell of a visit tell what its customer was offered. */
  forgetVisits(visits: readonly VisitId[]): void {
    this.#forget(visits.map((visit) => JSON.stringify(visit)));
  }

  /** A coupon that was given back is not told to be redeemed by a request sent again: it is redeemed anew, or not. */
  forgetUses(serials: readonly Serial[]): void {
    this.#forget(serials.map((serial) => `"serial":${JSON.stringify(serial)}`));
  }

  /** Takes away what is older than kept; answers how many. */
  sweep(at: Instant): number {
    return this.#db.prepare('delete from idempotency where at <= ?').run(keptSince(at)).changes;
  }

  #forget(texts: readonly string[]): void {
    const drop = this.#db.prepare('delete from idempotency where instr(answer, ?) > 0');
    for (const text of texts) drop.run(text);
  }

  #hash(text: string): Buffer {
    return createHmac('sha256', this.#hashKey).update(text).digest();
  }
}

function keptSince(at: Instant): Instant {
  return instant(at - ANSWER_KEPT_HOURS * 3_600_000);
}
