// What must hold once an older backup has taken the store's place: what was used stays used, and nothing else is.
import { join } from 'node:path';
import type { Shop } from '../../src/app.ts';
import { writeBackup } from '../../src/store/backup.ts';
import { restoreBackup } from '../../src/store/restore.ts';
import { usesTold, type Ack } from './acks.ts';
import { openSoakShop, type SoakClock } from './soak-shop.ts';

/** A backup that is restored later, and which coupons could be used when the store was last looked at. */
export type Before = { readonly backup: string; readonly fingerprint: string; readonly usable: readonly string[] };

export function keepBackup(shop: Shop, file: string): void {
  writeBackup({ db: shop.db, file, at: shop.clock.now() });
}

export function beforeRestore(shop: Shop, { backup, acks }: { backup: string; acks: readonly Ack[] }): Before {
  const serials = acks.flatMap((ack) => (ack.kind === 'answered' ? ack.serials : []));
  const usable = serials.filter((serial) => shop.ledger.find(serial)?.redeemedAt === null);
  return { backup, fingerprint: shop.key.fingerprint, usable };
}

/** The shop in the folder is closed. */
export function wrongsAfterRestore(
  { backup, fingerprint, usable }: Before,
  { folder, acks, clock }: { folder: string; acks: readonly Ack[]; clock: SoakClock },
): readonly string[] {
  restoreBackup({ file: join(folder, 'data', 'tillcat.db'), fingerprint, now: clock.now(), backup });
  using shop = openSoakShop(folder, clock);
  const outcomeOf = (serial: string): string => shop.redeem({ code: serial, basket: null }).outcome;
  const used = [...usesTold(acks)].flatMap(([serial, told]) => (told === 'redeemed' ? [serial] : []));
  return [
    ...used
      .filter((serial) => outcomeOf(serial) === 'redeemed')
      .map((serial) => `coupon ${serial} is redeemed a second time after a restore`),
    ...usable
      .filter((serial) => outcomeOf(serial) === 'already-used')
      .map((serial) => `coupon ${serial} was never used, and is called used after a restore`),
  ];
}
