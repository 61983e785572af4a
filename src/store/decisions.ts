// The decision log: what was chosen for whom, by which model, why, and what was passed over; it makes every strip explainable.
import type { Statement } from 'better-sqlite3';
import type { Instant } from '../domain/calendar.ts';
import type { ProductId } from '../domain/ids.ts';
import type { Cents } from '../domain/money.ts';
import type { Choice, Loss, Reward, Slot } from '../domain/offer.ts';
import type { RankingReason } from '../domain/ranking.ts';
import type { Db } from './database.ts';
import { rewardColumns } from './coupon-rows.ts';

export type LoggedDecision = {
  readonly at: Instant;
  /** null where the shop had none yet */
  readonly model: string | null;
  readonly isHeldOut: boolean;
  readonly products: readonly LoggedProduct[];
};

export type LoggedProduct = {
  readonly slot: Slot;
  /** null once forgotten, like the name and the reasons */
  readonly product: ProductId | null;
  readonly productName: string | null;
  readonly probability: number;
  readonly outcome:
    | { readonly kind: 'chosen'; readonly propensity: number; readonly reward: Reward }
    /** `behindBy`: see {@link RunnerUp}. */
    | { readonly kind: 'passed-over'; readonly veto: Loss; readonly behindBy: RankingReason | null };
  readonly reasons: readonly RankingReason[];
};

type ProductRow = {
  readonly slot: Slot;
  readonly product: ProductId | null;
  readonly productName: string | null;
  readonly probability: number;
  readonly propensity: number | null;
  readonly veto: Loss | null;
  readonly amountCents: Cents | null;
  readonly percent: number | null;
  readonly reasons: string | null;
};

export class DecisionLog {
  readonly #decision: Statement;
  readonly #product: Statement;
  readonly #find: Statement<[number], { at: Instant; model: string | null; isHeldOut: 0 | 1 }>;
  readonly #products: Statement<[number], ProductRow>;

  constructor(db: Db) {
    this.#decision = db.prepare('insert into decision (visit, at, model, is_held_out) values (?, ?, ?, ?)');
    this.#product = db.prepare(
      `insert into decision_product (visit, ordinal, slot, product, product_name, probability, propensity, veto,
         amount_cents, percent, reasons)
       values (@visit, @ordinal, @slot, @product, @productName, @probability, @propensity, @veto,
         @amountCents, @percent, @reasons)`,
    );
    this.#find = db.prepare<[number], { at: Instant; model: string | null; isHeldOut: 0 | 1 }>(
      'select at, model, is_held_out as isHeldOut from decision where visit = ?',
    );
    this.#products = db.prepare<[number], ProductRow>(
      `select slot, product, product_name as productName, probability, propensity, veto, amount_cents as amountCents,
         percent, reasons
       from decision_product where visit = ? order by ordinal`,
    );
  }

  /** In the caller's transaction, with the coupons that follow from it. */
  write(of: { visitRow: number; choice: Choice; model: string | null; isHeldOut: boolean; at: Instant }): void {
    const { visitRow, choice } = of;
    this.#decision.run(visitRow, of.at, of.model, of.isHeldOut ? 1 : 0);
    for (const [index, offer] of choice.offers.entries()) {
      this.#product.run({
        visit: visitRow,
        ordinal: index + 1,
        slot: offer.slot,
        product: offer.product.id,
        productName: offer.product.name,
        probability: offer.probability,
        propensity: offer.propensity,
        veto: null,
        ...rewardColumns(offer.reward),
        reasons: JSON.stringify(offer.reasons),
      });
    }
    const told = new Set(choice.runnersUp.map(({ product }) => product.id));
    const others = choice.passedOver
      .filter(({ product }) => !told.has(product.id))
      .map(({ veto, ...over }) => ({ ...over, loss: veto, behindBy: null }));
    for (const [index, over] of [...choice.runnersUp, ...others].entries()) {
      this.#product.run({
        visit: visitRow,
        ordinal: choice.offers.length + index + 1,
        slot: over.slot,
        product: over.product.id,
        productName: over.product.name,
        probability: over.probability,
        propensity: null,
        veto: over.loss,
        amountCents: null,
        percent: null,
        reasons: over.behindBy === null ? null : JSON.stringify([over.behindBy]),
      });
    }
  }

  find(visitRow: number): LoggedDecision | null {
    const found = this.#find.get(visitRow);
    if (found === undefined) return null;
    const products = this.#products.all(visitRow).map(productOf);
    return { at: found.at, model: found.model, isHeldOut: found.isHeldOut === 1, products };
  }
}

function productOf(row: ProductRow): LoggedProduct {
  return {
    slot: row.slot,
    product: row.product,
    productName: row.productName,
    probability: row.probability,
    outcome: outcomeOf(row),
    reasons: row.veto === null ? reasonsOf(row.reasons) : [],
  };
}

function outcomeOf({ veto, propensity, amountCents, percent, reasons }: ProductRow): LoggedProduct['outcome'] {
  if (veto !== null) return { kind: 'passed-over', veto, behindBy: reasonsOf(reasons)[0] ?? null };
  if (propensity === null) throw new RangeError('A chosen product has a propensity.');
  if (amountCents !== null) return { kind: 'chosen', propensity, reward: { kind: 'amount', amountCents } };
  return { kind: 'chosen', propensity, reward: { kind: 'percent', percent: percent ?? 0 } };
}

/** Written by this file only, so read back as written. */
function reasonsOf(text: string | null): readonly RankingReason[] {
  if (text === null) return [];
  const reasons: unknown = JSON.parse(text);
  return Array.isArray(reasons) ? reasons.filter(isReason) : [];
}

function isReason(value: unknown): value is RankingReason {
  return (
    typeof value === 'object' && value !== null && 'feature' in value && 'value' in value && 'contribution' in value
  );
}
