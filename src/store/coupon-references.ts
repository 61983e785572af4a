// Which coupon number stands for which terms: every reward rule owns a stretch of references, and new terms take the next one.
import type { Statement } from 'better-sqlite3';
import { createHash } from 'node:crypto';
import type { CouponRules } from '../coupons/coupon-rules.ts';
import { parseSerial } from '../domain/ids.ts';
import type { Gcn } from '../domain/ids.ts';
import type { RewardRule } from '../domain/offer.ts';
import { TillError } from '../domain/till-error.ts';
import type { Db } from './database.ts';
import type { SerialClaims } from './serial-claims.ts';

/** References of one stretch; a short prefix has 10 000 stretches of this size, a long one gets smaller ones. */
const STRETCH = 10;
/** There are at least this many stretches, however long the prefix. */
const FEWEST_STRETCHES = 100;

export type NumberedTerms = { readonly gcn: Gcn; readonly reference: number; readonly terms: string };

/**
 * Where a rule's stretch lies follows from its name, so that tills with the same rules, and a till restored from an older
 * backup, come to the same numbers; only where two names meet does the later one move up.
 */
export class CouponReferences {
  readonly #db: Db;
  readonly #rules: CouponRules;
  readonly #claims: SerialClaims;
  readonly #inUse: Statement<[string, string, string], NumberedTerms>;
  #areClaimsChecked = false;

  constructor(from: { db: Db; rules: CouponRules; claims: SerialClaims }) {
    this.#db = from.db;
    this.#rules = from.rules;
    this.#claims = from.claims;
    this.#inUse = from.db.prepare(
      `select gcn, reference, terms_digest as terms from coupon_reference
       where company_prefix = ? and rule = ? and terms_digest = ? and retired is null`,
    );
  }

  /**
   * The number that stands for a rule's present terms.
   * @throws TillError COUPON_REFERENCES_USED_UP
   */
  numberFor(rule: RewardRule): NumberedTerms {
    this.checkClaims();
    const terms = termsDigest(rule);
    const inUse = (): NumberedTerms | undefined => this.#inUse.get(this.#rules.companyPrefix, rule.key, terms);
    return inUse() ?? this.#db.transaction(() => inUse() ?? this.#take(rule, terms)).immediate();
  }

  /**
   * Once, before the first number is used: where the claims are lost, damaged or behind the database, counters may have
   * been given out that nobody here knows of. Under numbers never used before no serial can come twice, so every rule takes
   * its next one.
   */
  checkClaims(): void {
    if (this.#areClaimsChecked) return;
    if (!this.#areClaimsTrusted()) {
      this.#db
        .prepare("update coupon_reference set retired = 'claims-lost' where company_prefix = ? and retired is null")
        .run(this.#rules.companyPrefix);
      this.#claims.setAside();
    }
    this.#areClaimsChecked = true;
  }

  /** A number without counters left gets no further coupon; those it has stay valid. */
  retireUsedUp(gcn: Gcn): void {
    this.#db.prepare("update coupon_reference set retired = 'used-up' where gcn = ? and retired is null").run(gcn);
  }

  #areClaimsTrusted(): boolean {
    if (this.#claims.state === 'damaged') return false;
    const numbers = this.#db
      .prepare<[string], Gcn>('select gcn from coupon_reference where company_prefix = ? and retired is null')
      .pluck()
      .all(this.#rules.companyPrefix);
    if (this.#claims.state === 'absent') return numbers.length === 0;
    const lastSerial = this.#db
      .prepare<[Gcn, string, string], string | null>(
        'select max(serial) from coupon where gcn = ? and serial between ? and ?',
      )
      .pluck();
    const { till } = this.#rules;
    return numbers.every((gcn) => {
      const serial = parseSerial(lastSerial.get(gcn, `${till}0000000000`, `${till}9999999999`) ?? '');
      return serial === null || this.#rules.counterOf(serial) < this.#claims.claimedBelow(gcn);
    });
  }

  #take(rule: RewardRule, terms: string): NumberedTerms {
    for (;;) {
      for (const { first, size } of this.#stretchesOf(rule.key)) {
        for (let reference = first; reference < first + size; reference++) {
          const gcn = this.#rules.gcn(reference);
          if (this.#isTaken(reference) || this.#rules.isGcnUnfit(gcn) || !this.#claims.isFreeFor(gcn, terms)) continue;
          this.#write({ rule, terms, reference, gcn });
          return { gcn, reference, terms };
        }
      }
      this.#addStretch(rule.key);
    }
  }

  #stretchesOf(rule: string): { first: number; size: number }[] {
    return this.#db
      .prepare<[string, string], { first: number; size: number }>(
        `select first_reference as first, size from coupon_range
         where company_prefix = ? and rule = ? order by first_reference`,
      )
      .all(this.#rules.companyPrefix, rule);
  }

  #isTaken(reference: number): boolean {
    const row = this.#db
      .prepare('select 1 from coupon_reference where company_prefix = ? and reference = ?')
      .get(this.#rules.companyPrefix, reference);
    return row !== undefined;
  }

  #write({ rule, terms, reference, gcn }: { rule: RewardRule; terms: string; reference: number; gcn: Gcn }): void {
    this.#db
      .prepare(
        `insert into coupon_reference (company_prefix, reference, gcn, rule, terms_digest, terms)
         values (?, ?, ?, ?, ?, ?)`,
      )
      .run(this.#rules.companyPrefix, reference, gcn, rule.key, terms, termsText(rule));
  }

  #addStretch(rule: string): void {
    const { companyPrefix, referenceCount } = this.#rules;
    const size = Math.max(1, Math.min(STRETCH, Math.floor(referenceCount / FEWEST_STRETCHES)));
    const stretches = Math.floor(referenceCount / size);
    const taken = new Set(
      this.#db
        .prepare<[string], number>('select first_reference from coupon_range where company_prefix = ?')
        .pluck()
        .all(companyPrefix),
    );
    const preferred = createHash('sha256').update(rule).digest().readUIntBE(0, 6) % stretches;
    for (let step = 0; step < stretches; step++) {
      const first = ((preferred + step) % stretches) * size;
      if (taken.has(first)) continue;
      this.#db
        .prepare('insert into coupon_range (company_prefix, first_reference, size, rule) values (?, ?, ?, ?)')
        .run(companyPrefix, first, size, rule);
      return;
    }
    throw new TillError('COUPON_REFERENCES_USED_UP', { companyPrefix, rule, count: referenceCount });
  }
}

/** What a coupon number promises, and nothing else: a rule's name may change what it is called, not what it stands for. */
function termsText({ slot, category, reward, validDays }: RewardRule): string {
  const worth = reward.kind === 'amount' ? reward.amountCents : reward.percent;
  return JSON.stringify({ slot, category, reward: reward.kind, worth, validDays });
}

function termsDigest(rule: RewardRule): string {
  return createHash('sha256').update(termsText(rule)).digest('hex').slice(0, 16);
}
