// What must hold once an older backup has taken the store's place: each paper is worth what it was worth before, and once.
import { join } from 'node:path';
import type { Shop } from '../../src/app.ts';
import type { Instant } from '../../src/domain/calendar.ts';
import type { Coupon, RedeemOutcome } from '../../src/domain/coupon.ts';
import { parseSerial } from '../../src/domain/ids.ts';
import { writeBackup } from '../../src/store/backup.ts';
import { restoreBackup } from '../../src/store/restore.ts';
import type { Ack } from './acks.ts';
import { dayStart, openSoakShop, type SoakClock } from './soak-shop.ts';

/** What is printed on it, and what the till would say to it today. */
type Paper = { readonly coupon: Coupon; readonly code: string; readonly worth: RedeemOutcome['outcome'] };

/** A backup that is restored later, and the papers that are out by then. */
export type Before = { readonly backup: string; readonly fingerprint: string; readonly papers: readonly Paper[] };

/** As if made right after the last strip, whatever day it is at the harness. */
export function keepBackup(shop: Shop, file: string): void {
  const last = shop.db.prepare<[], Instant | null>('select max(issued_at) from coupon').pluck().get();
  writeBackup({ db: shop.db, file, at: last ?? dayStart(0) });
}

export function beforeRestore(shop: Shop, { backup, acks }: { backup: string; acks: readonly Ack[] }): Before {
  const serials = acks.flatMap((ack) => (ack.kind === 'answered' ? ack.serials : []));
  return { backup, fingerprint: shop.key.fingerprint, papers: serials.flatMap((serial) => paperOf(shop, serial)) };
}

/** The shop in the folder is closed; every paper is presented twice, by its whole code. */
export function wrongsAfterRestore(
  { backup, fingerprint, papers }: Before,
  { folder, clock }: { folder: string; clock: SoakClock },
): readonly string[] {
  restoreBackup({ file: join(folder, 'data', 'tillcat.db'), fingerprint, now: clock.now(), backup });
  using shop = openSoakShop(folder, clock);
  const isNumber = shop.db.prepare('select 1 from coupon_reference where gcn = ?').pluck();
  const wrongs: string[] = [];
  for (const { coupon, code, worth } of papers) {
    const [first, second] = [0, 1].map(() => shop.redeem({ code, basket: null }).outcome);
    // A backup from before the first coupon of its number does not know what the number stands for.
    const isKnown = isNumber.get(coupon.gcn) !== undefined;
    if (isKnown ? first !== worth : first === 'redeemed')
      wrongs.push(`coupon ${coupon.serial} would have been ${worth}, and is ${first ?? ''} after a restore`);
    if (second === 'redeemed') wrongs.push(`coupon ${coupon.serial} is redeemed twice after a restore`);
  }
  return wrongs;
}

/** Without those that are over: a soak's days go on. */
function paperOf(shop: Shop, text: string): readonly Paper[] {
  const serial = parseSerial(text);
  const coupon = serial === null ? null : shop.ledger.find(serial);
  const code = serial === null ? null : shop.ledger.codeOf(serial);
  if (coupon === null || code?.kind !== 'gs1') return [];
  const refusal = shop.couponRules.refusalOf(coupon, shop.dayOf(shop.clock.now()));
  if (refusal?.outcome === 'expired') return [];
  return [{ coupon, code: code.elementString, worth: refusal?.outcome ?? 'redeemed' }];
}
