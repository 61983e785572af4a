// Which coupons were used or taken back, kept beside the store: what a restored store forgets of them, this list still knows.
//
//   redeem:  store (not committed) -> list, synced -> store committed -> the till hears of it
//
// So whatever a till was told is in the list. What is in the list and was never committed, because the power went or the disk
// was full in between, is taken back in it by whoever comes next: it can only be at its end.
import type { Statement } from 'better-sqlite3';
import { dirname, join } from 'node:path';
import { addDays, instant, localDay, type Instant, type LocalDay } from '../domain/calendar.ts';
import type { CouponState } from '../domain/coupon.ts';
import type { Gcn, Serial } from '../domain/ids.ts';
import { isTillError, TillError } from '../domain/till-error.ts';
import type { Db } from './database.ts';
import { LIST_UNHEARD, LOST_COUPONS, readMeta } from './meta.ts';
import { UsedCouponsFile, type UsedLine } from './used-coupons-file.ts';

/** After its last day a coupon is refused anyway; a clock that is set back by less than this changes nothing. */
const KEPT_DAYS = 14;
/** No coupon is valid for longer: a used one that ended so long before the last of them is over, whatever the clock says. */
const LONGEST_DAYS = 366;

/** @param storeFile the list lies beside the store, and is not part of a backup */
export function usedCouponsOf(storeFile: string): string {
  return join(dirname(storeFile), 'used-coupons');
}

type Truth = Pick<UsedLine, 'state' | 'at' | 'till' | 'sale'>;

export class UsedCoupons {
  readonly #db: Db;
  /** null: a shop that lives in memory. */
  readonly #file: UsedCouponsFile | null;
  readonly #inRow: Statement<[Serial], Truth>;
  readonly #hasLost: Statement<[Gcn], number>;
  readonly #report: (error: Error) => void;

  /** @param from.report hears of a list that cannot be read or written at a start or at night: all but redemption goes on */
  constructor(from: { db: Db; file: string | null; report: (error: Error) => void }) {
    this.#db = from.db;
    this.#report = from.report;
    this.#file = from.file === null ? null : new UsedCouponsFile(from.file);
    this.#inRow = from.db.prepare(
      `select coupon.state, step.at, step.till, case when coupon.state = 'redeemed' then step.basket end as sale
       from coupon join coupon_event step on step.coupon = coupon.id and step.state = coupon.state
       where serial = ? order by step.id desc limit 1`,
    );
    this.#hasLost = from.db
      .prepare<[Gcn], number>(
        `select 1 from meta, json_each(meta.value) stretch
         where meta.key = '${LOST_COUPONS}' and stretch.value ->> 'gcn' = ?`,
      )
      .pluck();
  }

  /** Whether a coupon's step must be in the list: it is used or taken back, or that is undone. */
  concerns(was: CouponState, to: CouponState): boolean {
    return standing(was) !== standing(to);
  }

  /**
   * Before a step is written to the store, in its transaction: takes back what the list says of transactions that failed.
   * From the end up to the first line the store agrees with; before that one everything has been settled.
   * @throws TillError USED_COUPONS_UNUSABLE, also where a restored store has not heard the list
   */
  settle(): void {
    if (this.#file === null) return;
    if (this.isUnheard()) {
      const problem = 'the store that was restored could not read it yet (start TillCAT again once it can)';
      throw new TillError('USED_COUPONS_UNUSABLE', { file: this.#file.path, problem });
    }
    const corrections = new Map<Serial, UsedLine>();
    for (const line of this.#file.newestFirst()) {
      if (corrections.has(line.serial)) continue;
      const truth = this.#truth(line);
      if (standing(truth.state) === standing(line.state)) break;
      corrections.set(line.serial, { ...line, ...truth });
    }
    if (corrections.size > 0) this.#file.append([...corrections.values()]);
  }

  /**
   * After the step is written to the store and before it is committed.
   * @throws TillError USED_COUPONS_UNUSABLE: nothing is redeemed or taken back then
   */
  add(line: UsedLine): void {
    if (this.#file === null) return;
    if (this.#file.exists()) this.#file.append([line]);
    else this.#file.replace(this.#inStore());
  }

  /** When the daemon starts: list and store say the same from here on. */
  agree(): void {
    this.#rewrite(localDay(0));
  }

  /** When a customer was forgotten: the sales that led to them are in no step any more, and go from the list too. */
  forgetSales(): void {
    this.#rewrite(localDay(0));
  }

  /** The night's: what is long over goes. */
  prune(today: LocalDay): void {
    this.#rewrite(addDays(today, -KEPT_DAYS));
  }

  /** What the list says of each coupon; none where there is no list, null where it cannot be read, which is reported. */
  known(): readonly UsedLine[] | null {
    return this.#orReport(() => [...(this.#file?.bySerial().values() ?? [])]);
  }

  /** Whether the store came from a backup and does not know yet what the list knows. */
  isUnheard(): boolean {
    return readMeta(this.#db, LIST_UNHEARD) !== null;
  }

  /** What is over before a day goes. A list that is lost or damaged is made from the store. */
  #rewrite(firstDay: LocalDay): void {
    const file = this.#file;
    if (file === null) return;
    const rewrite = this.#db.transaction(() => {
      // Such a store would say of what was used that it was not.
      if (this.isUnheard()) return;
      const lines = file.bySerial();
      const more = file.exists() && file.isWhole() ? [] : this.#inStore();
      for (const line of more) if (!lines.has(line.serial)) lines.set(line.serial, line);
      const agreed = [...lines.values()].map((line) => {
        const truth = this.#truth(line);
        return standing(truth.state) === standing(line.state) ? { ...line, sale: truth.sale } : { ...line, ...truth };
      });
      file.replace(agreed.filter(({ validTo }) => validTo >= firstDay));
    });
    this.#orReport(() => rewrite.immediate());
  }

  #orReport<Result>(work: () => Result): Result | null {
    try {
      return work();
    } catch (thrown) {
      if (!isTillError(thrown, 'USED_COUPONS_UNUSABLE')) throw thrown;
      this.#report(thrown);
      return null;
    }
  }

  /**
   * What the store says of a coupon. One without a row was brought back for a redemption that failed (lost-coupons.ts); but where
   * none of its number can be, for its terms are lost with a backup that was restored, the list alone knows.
   */
  #truth({ serial, gcn, state, at, till }: UsedLine): Truth {
    const mayHaveFailed = this.#hasLost.get(gcn) !== undefined;
    return this.#inRow.get(serial) ?? { state: mayHaveFailed ? 'issued' : state, at, till, sale: null };
  }

  #inStore(): readonly UsedLine[] {
    const newest = this.#db
      .prepare<[], LocalDay | null>("select max(valid_to) from coupon where state in ('redeemed', 'void')")
      .pluck()
      .get();
    if (newest === undefined || newest === null) return [];
    // One max(): the other columns are of that step (sqlite.org/lang_select.html, "Bare columns").
    return this.#db
      .prepare<[LocalDay], UsedLine & { step: number }>(
        `select coupon.state, gcn, serial, valid_to as validTo, max(step.id) as step, step.at, step.till,
           case when coupon.state = 'redeemed' then step.basket end as sale
         from coupon join coupon_event step on step.coupon = coupon.id and step.state = coupon.state
         where coupon.state in ('redeemed', 'void') and valid_to >= ?
         group by coupon.id order by step.id`,
      )
      .all(addDays(newest, -LONGEST_DAYS));
  }
}

/** How many coupons were used after an instant, as the list tells; null where there is no list. */
export function usedSince({ file, since }: { file: string; since: Instant | null }): number | 'unreadable' | null {
  const list = new UsedCouponsFile(file);
  if (!list.exists()) return null;
  const after = since ?? instant(0);
  try {
    return [...list.bySerial().values()].filter(({ state, at }) => state === 'redeemed' && at > after).length;
  } catch (thrown) {
    if (isTillError(thrown, 'USED_COUPONS_UNUSABLE')) return 'unreadable';
    throw thrown;
  }
}

/** All that matters of a state here: of the others any may follow any. */
export function standing(state: CouponState): 'redeemed' | 'void' | 'free' {
  return state === 'redeemed' || state === 'void' ? state : 'free';
}
