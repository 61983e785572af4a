// The sample shop in the store: invented, taken in like any shop's files, and marked as made when it is whole.
import { isoDay, type Instant, type LocalDay, type ShopCalendar } from './domain/calendar.ts';
import type { Config } from './config/schema.ts';
import type { CardNumber } from './domain/ids.ts';
import type { PurchaseRow } from './domain/shop-rows.ts';
import type { CardToTry } from './sample/cards-to-try.ts';
import type { SampleShop } from './sample/sample-shop.ts';
import type { ShopIntake } from './store/shop-intake.ts';

export type Sample = {
  readonly config: Config;
  readonly cards: readonly CardToTry[];
  /** Everybody else's, for when those to try have all had their strip. */
  readonly others: readonly CardNumber[];
  readonly isMade: () => boolean;
  /** Where `writeConfig` puts the sample's configuration, so that other commands can be tried on it. */
  readonly configFile: string;
  readonly writeConfig: () => void;
};

export type FilledSample = { readonly products: number; readonly cards: number; readonly lines: number };

/** Lines taken in one transaction: some milliseconds each. */
const BATCH_LINES = 2000;

/** Taking the same sample in again changes nothing, so an interrupted first start is finished by the next. */
export async function fillSample(of: {
  sample: SampleShop;
  intake: ShopIntake;
  now: Instant;
  calendar: ShopCalendar;
  signal: AbortSignal;
  onProgress: (words: string, share: number) => void;
}): Promise<FilledSample> {
  const { sample, intake, signal, onProgress } = of;
  intake.takeProducts(sample.products);
  intake.takeCustomers(sample.customers, of.now);
  let lines = 0;
  let batch: PurchaseRow[] = [];
  const days = sample.lastDay - sample.firstDay + 1;
  for (const basket of sample.baskets()) {
    batch.push(...basket);
    if (batch.length < BATCH_LINES) continue;
    lines += intake.takePurchases(batch).taken;
    const day: LocalDay = of.calendar.dayOf(batch[0]?.at ?? of.now);
    onProgress(`shopping on ${isoDay(day)}`, (day - sample.firstDay) / days);
    batch = [];
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
  lines += intake.takePurchases(batch).taken;
  return { products: sample.products.length, cards: sample.customers.length, lines };
}
