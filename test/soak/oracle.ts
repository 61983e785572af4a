// The oracle: what must hold of a store after whatever happened to it, given what the till had told the world before.
import { parseSerial } from '../../src/domain/ids.ts';
import type { Shop } from '../../src/app.ts';
import type { CouponState } from '../../src/domain/coupon.ts';
import { standing, usedCouponsOf } from '../../src/store/used-coupons.ts';
import { UsedCouponsFile, type UsedLine } from '../../src/store/used-coupons-file.ts';
import { customerCode, dayStart } from './soak-shop.ts';
import { usesTold, type Ack, type UseTold } from './acks.ts';

/** Everything that does not hold, in words; none where all is well. */
export function wrongsOf(shop: Shop, acks: readonly Ack[]): readonly string[] {
  const wrongs: string[] = [];
  const integrity = String(shop.db.pragma('integrity_check(1)', { simple: true }));
  if (integrity !== 'ok') wrongs.push(`the database is corrupt: ${integrity}`);
  const broken = shop.db.pragma('foreign_key_check');
  if (Array.isArray(broken) && broken.length > 0) wrongs.push('a row names another that is not there');

  const onPaper = new Map<string, string>();
  const printed = new Set<string>();
  for (const ack of acks) {
    switch (ack.kind) {
      case 'started':
      case 'ended':
        break;
      case 'answered':
        for (const serial of ack.serials)
          if (stateOf(shop, serial) === null) wrongs.push(`coupon ${serial} was issued and is lost`);
        break;
      case 'paper':
        if (printed.has(ack.visit)) wrongs.push(`the strip of ${ack.visit} was printed twice`);
        printed.add(ack.visit);
        for (const serial of ack.serials) {
          if (onPaper.has(serial)) wrongs.push(`serial ${serial} is on two strips`);
          onPaper.set(serial, ack.visit);
          const state = stateOf(shop, serial);
          if (state === null || state === 'failed')
            wrongs.push(`coupon ${serial} is on paper and is ${state ?? 'lost'}`);
        }
        break;
      case 'imported':
        if (!hasDay(shop, ack.day)) wrongs.push(`the purchases of day ${ack.day} were taken and are lost`);
        break;
      case 'redeemed':
      case 'giving-back':
      case 'given-back':
        break;
    }
  }
  const uses = usesTold(acks);
  for (const [serial, told] of uses) {
    const isUsed = stateOf(shop, serial) === 'redeemed';
    if (told === 'redeemed' && !isUsed) wrongs.push(`coupon ${serial} was redeemed and is not any more`);
    if (told === 'given-back' && isUsed) wrongs.push(`coupon ${serial} was given back and is redeemed`);
    const net = netUses(shop, serial);
    if (net !== (isUsed ? 1 : 0)) wrongs.push(`coupon ${serial} was used ${net} times by its steps`);
  }
  return [...wrongs, ...wrongsOfList(shop, uses)];
}

/** The list of used coupons holds what was told, and says of no coupon what the store does not. */
function wrongsOfList(shop: Shop, uses: ReadonlyMap<string, UseTold>): readonly string[] {
  const listed = new Map<string, UsedLine>(new UsedCouponsFile(usedCouponsOf(shop.file)).bySerial());
  const missing = [...uses].filter(([serial, told]) => told === 'redeemed' && listed.get(serial)?.state !== 'redeemed');
  const untrue = [...listed.values()].filter(
    ({ serial, state }) => standing(stateOf(shop, serial) ?? 'issued') !== standing(state),
  );
  return [
    ...missing.map(([serial]) => `coupon ${serial} was redeemed and is not in the list`),
    ...untrue.map(({ serial, state }) => `coupon ${serial} is ${state} in the list and not in the store`),
  ];
}

/** Serials that would be issued next must be new to the world. */
export function reissuedSerials(fresh: readonly string[], acks: readonly Ack[]): readonly string[] {
  const known = new Set(acks.flatMap((ack) => (ack.kind === 'paper' || ack.kind === 'answered' ? ack.serials : [])));
  return fresh.filter((serial) => known.has(serial));
}

/** Uses less those taken back, as the ledger's steps tell. */
function netUses(shop: Shop, text: string): number {
  const serial = parseSerial(text);
  const events = serial === null ? [] : shop.ledger.eventsOf(serial);
  return events.reduce((net, { state, was }) => net + Number(state === 'redeemed') - Number(was === 'redeemed'), 0);
}

function stateOf(shop: Shop, serial: string): CouponState | null {
  return shop.ledger.find(serial)?.state ?? null;
}

/** A day is taken in one transaction: all of its baskets, or none. */
function hasDay(shop: Shop, day: number): boolean {
  for (let customer = 0; customer < 3; customer++) {
    if ((customer + day + 900) % 3 !== 0) continue;
    const found = shop.customers.findByCode(customerCode(customer));
    if (found === null) return false;
    const of = { customer: found.id, before: dayStart(day + 1), firstDay: shop.dayOf(dayStart(day)) };
    return shop.purchases.historyOf(of).count > 0;
  }
  return true;
}
