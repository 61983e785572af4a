// The store as it lies on the disk when the daemon has stopped, laid beside the soak's own books.
import Database from 'better-sqlite3';
import type { Books } from './books.ts';

type CouponRow = { readonly serial: string; readonly state: string };

/** Ends of a coupon's life that nothing went wrong in. */
const WELL = ['printed', 'expired', 'redeemed'];

export type Beside = {
  readonly books: Books;
  /** The store's local day of one of the soak's. */
  readonly localDay: (day: number) => number;
  /** The soak's day whose purchases are the oldest that are still remembered. */
  readonly firstKept: number;
};

/** A sentence for each thing that is lost, doubled or left. */
export function lookBesideBooks(file: string, { books, localDay, firstKept }: Beside): readonly string[] {
  const db = new Database(file, { readonly: true });
  try {
    return [
      ...couponsOf(db, books),
      ...visitsOf(db, books),
      ...purchasesOf(db, { books, localDay, firstKept }),
      ...(db.pragma('integrity_check(1)', { simple: true }) === 'ok' ? [] : ['the store is damaged']),
    ];
  } finally {
    db.close();
  }
}

function couponsOf(db: Database.Database, books: Books): string[] {
  const wrongs: string[] = [];
  let kept = 0;
  for (const { serial, state } of db.prepare<[], CouponRow>('select serial, state from coupon').iterate()) {
    kept++;
    if (!books.answered.has(serial)) wrongs.push(`coupon ${serial} is kept and was given to nobody`);
    if (!WELL.includes(state)) wrongs.push(`coupon ${serial} is ${state}`);
    if ((state === 'redeemed') !== books.redeemed.has(serial))
      wrongs.push(`coupon ${serial} is ${state}, and in the books it is not`);
    if (wrongs.length > 3) break;
  }
  if (kept !== books.coupons) wrongs.push(`${books.coupons} coupons were issued and ${kept} are kept`);
  const steps = count(db, "select count(*) from coupon_event where state = 'redeemed'");
  if (steps !== books.redeemed.size) wrongs.push(`${books.redeemed.size} coupons were redeemed, in ${steps} steps`);
  return wrongs;
}

function visitsOf(db: Database.Database, books: Books): string[] {
  const visits = count(db, 'select count(*) from visit');
  const printed = count(db, "select count(*) from visit where strip_end = 'printed'");
  const open = count(db, 'select count(*) from print_job where ended_at is null');
  if (visits === books.visits && printed === visits && open === 0) return [];
  return [`${books.visits} visits: ${visits} are kept, ${printed} printed, ${open} not ended`];
}

/** Day by day what was sold, of the days that are remembered, and nothing of those before. */
function purchasesOf(db: Database.Database, { books: { sold }, localDay, firstKept }: Beside): string[] {
  const kept = new Map(
    db
      .prepare<[], { day: number; lines: number }>('select day, count(*) as lines from purchase group by day')
      .all()
      .map(({ day, lines }) => [day, lines]),
  );
  const wrongs: string[] = [];
  for (const [day, lines] of sold) {
    const expected = day < firstKept ? 0 : lines;
    const found = kept.get(localDay(day)) ?? 0;
    if (found !== expected) wrongs.push(`of day ${day} ${found} lines are kept and ${expected} should be`);
  }
  const days = [...sold.keys()].filter((day) => day >= firstKept).length;
  if (kept.size !== days) wrongs.push(`purchases of ${kept.size} days are kept and of ${days} should be`);
  return wrongs;
}

function count(db: Database.Database, sql: string): number {
  return db.prepare<[], number>(sql).pluck().get() ?? 0;
}
