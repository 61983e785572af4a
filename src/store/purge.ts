// Forgets purchases older than the shop remembers, day by day in short transactions, and keeps sums that name no customer.
import { setTimeout } from 'node:timers/promises';
import { addDays, type LocalDay } from '../domain/calendar.ts';
import type { Db } from './database.ts';
import { ProductDays } from './product-days.ts';
import { truncateLog } from './write-ahead-log.ts';

export type Purged = {
  readonly lines: number;
  readonly baskets: number;
  /** False where a reader kept the log: the deleted is still in it, purge again. */
  readonly isLogTruncated: boolean;
};

/** Two years of daily sums. */
const SUMS_KEPT_DAYS = 730;
/** Well below the 50 ms for which a batch may hold the write lock. */
const BATCH_MS = 15;
/** SQLite asks for a lock now and then and does not queue: without a pause a visit would hardly ever find it free. */
const PAUSE_MS = 15;
const BASKETS_AT_ONCE = 16;

type OldBasket = { id: number; customer: number; first_day: LocalDay; last_day: LocalDay };

/**
 * Purchases of `today` and the `memoryDays` days before it stay. Interrupted it is finished by running it again: a day's sums
 * are written before its lines go, and a smaller sum never replaces a larger one.
 */
export async function purgePurchases(from: {
  db: Db;
  today: LocalDay;
  memoryDays: number;
  signal: AbortSignal;
}): Promise<Purged> {
  const { db, today, signal } = from;
  const firstKept = addDays(today, -from.memoryDays);
  const firstSummed = addDays(today, -SUMS_KEPT_DAYS);
  const sums = new ProductDays(db);
  const oldest = db
    .prepare<[LocalDay], LocalDay | null>('select min(first_day) from basket where first_day < ?')
    .pluck();
  let lines = 0;
  let baskets = 0;
  for (let day = oldest.get(firstKept) ?? null; day !== null; day = oldest.get(firstKept) ?? null) {
    if (day >= firstSummed) await sums.sumUp({ day, before: firstKept, signal });
    const gone = await deleteDay({ db, day, firstKept, signal });
    lines += gone.lines;
    baskets += gone.baskets;
  }
  await sums.dropBefore(firstSummed, signal);
  return { lines, baskets, isLogTruncated: truncateLog(db) };
}

/** The lines before `firstKept` of the baskets that begin on a day; a basket that goes on after it keeps the rest. */
async function deleteDay(of: {
  db: Db;
  day: LocalDay;
  firstKept: LocalDay;
  signal: AbortSignal;
}): Promise<{ lines: number; baskets: number }> {
  const { db, day, firstKept, signal } = of;
  const next = db.prepare<[LocalDay, number], OldBasket>(
    'select id, customer, first_day, last_day from basket where first_day = ? limit ?',
  );
  const deleteLines = db.prepare<[number, LocalDay, LocalDay, number]>(
    'delete from purchase where customer = ? and day between ? and ? and basket = ?',
  );
  const deleteBasket = db.prepare<[number]>('delete from basket where id = ?');
  const keepRest = db.prepare<[LocalDay, number]>('update basket set first_day = ? where id = ?');
  let lines = 0;
  let baskets = 0;
  const deleteSome = db.transaction((): boolean => {
    const begin = performance.now();
    while (performance.now() - begin < BATCH_MS) {
      const old = next.all(day, BASKETS_AT_ONCE);
      if (old.length === 0) return false;
      for (const basket of old) {
        const lastGone = addDays(firstKept, -1);
        const upTo = basket.last_day < firstKept ? basket.last_day : lastGone;
        lines += deleteLines.run(basket.customer, basket.first_day, upTo, basket.id).changes;
        if (basket.last_day < firstKept) baskets += deleteBasket.run(basket.id).changes;
        else keepRest.run(firstKept, basket.id);
      }
    }
    return true;
  });
  while (deleteSome.immediate()) {
    await setTimeout(PAUSE_MS);
    signal.throwIfAborted();
  }
  return { lines, baskets };
}
