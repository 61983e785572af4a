// The composition root's customer: everything that is kept of one, and one forgotten wherever they are known.
import type { Shop } from './app.ts';
import { backUpNightly, hasNightlyBackup } from './app-backup.ts';
import type { Customer } from './domain/customer.ts';
import { toError } from './domain/to-error.ts';
import { rewriteModels } from './model-forgetting.ts';
import { customerRecord, visitIdsOf, type CustomerRecord } from './store/customer-record.ts';
import { addForgotten, forgottenListOf } from './store/forgotten-list.ts';
import { forgetInKeptCopies, type StillKnown } from './store/kept-copies.ts';
import type { Forgotten } from './store/ledger-purge.ts';
import { truncateLog } from './store/write-ahead-log.ts';

export type ForgottenCustomer = Forgotten & {
  /** False where somebody read the store all the while: then the next purge empties the log. */
  readonly isLogEmptied: boolean;
  /** The night's backup made anew; null where there is none, an error where it could not be. */
  readonly backup: string | null | Error;
  /** Kept copies that could not be made to forget. */
  readonly stillKnownIn: readonly StillKnown[];
};

/** A visit or an import reads for some milliseconds at a time; a backup for longer. */
const LOG_TRIES = 20;
const LOG_PAUSE_MS = 250;

export function recordOf(shop: Shop, { id }: Customer): CustomerRecord {
  const { db, couponRules: rules, calendar, customers } = shop;
  return customerRecord({ db, rules, calendar, customers }, id);
}

/**
 * In an order in which a power cut leaves nothing that a second try, a restore or the night does not finish: first it is written
 * down who is to be forgotten, then kept copies forget, then the store, then what was made from the store.
 */
export async function forgetCustomer(shop: Shop, { id }: Customer): Promise<ForgottenCustomer> {
  const { db, ledger, customers, answers, models } = shop;
  const codeHash = customers.codeHashOf(id);
  if (codeHash !== null) addForgotten({ file: forgottenListOf(shop.file), codeHash });
  const stillKnownIn = codeHash === null ? [] : forgetInKeptCopies({ storeFile: shop.file, codeHash });
  const forgotten = db
    .transaction(() => {
      answers.forgetVisits(visitIdsOf(db, id));
      const taken = ledger.forgetCustomer(id);
      customers.forget(id);
      return taken;
    })
    .immediate();
  rewriteModels({ models, customers });
  return { ...forgotten, isLogEmptied: await emptyLog(shop), backup: backupAnew(shop), stillKnownIn };
}

async function emptyLog({ db, clock }: Shop): Promise<boolean> {
  for (let tries = 0; tries < LOG_TRIES; tries++) {
    if (truncateLog(db)) return true;
    await clock.sleep(LOG_PAUSE_MS);
  }
  return false;
}

/** The night's backups hold the customer until the next one stands; it is made now. */
function backupAnew(shop: Shop): ForgottenCustomer['backup'] {
  if (!hasNightlyBackup(shop.config)) return null;
  try {
    return backUpNightly(shop).file;
  } catch (thrown) {
    // The customer is forgotten all the same, and the list keeps an older backup from bringing them back.
    return toError(thrown);
  }
}
