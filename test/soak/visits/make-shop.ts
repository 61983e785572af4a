// The shop of the visits' soak before its first day: its customers, six weeks of their purchases, a model, and the till's configuration.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { freePort } from '../../end-to-end/shop-folder.ts';
import { configOf } from '../paper/till-config.ts';
import { basketOf, dayStart, openSoakShop, SoakClock, takeShelvesAndCards } from '../soak-shop.ts';
import { PRINTER_PROFILE } from './quick-printer.ts';

export const FIRST_DAY = -42;

/** Who comes on a day; each about once a week. */
export function comersOn(day: number, { customers }: { customers: number }): readonly number[] {
  const visits = visitsADay(customers);
  return Array.from({ length: visits }, (_, place) => ((day - FIRST_DAY) * visits + place) % customers);
}

export function visitsADay(customers: number): number {
  return Math.ceil(customers / 7);
}

/** Lines of each day that were taken in, by day. */
export async function makeShop(
  folder: string,
  { customers }: { customers: number },
): Promise<ReadonlyMap<number, number>> {
  using shop = openSoakShop(folder, new SoakClock(0));
  takeShelvesAndCards(shop, customers);
  const lines = new Map<number, number>();
  for (let day = FIRST_DAY; day < 0; day++) {
    const rows = comersOn(day, { customers }).flatMap((customer) => basketOf(customer, day));
    lines.set(day, shop.intake().takePurchases(rows).taken);
  }
  const signal = new AbortController().signal;
  await shop.train({ asOf: dayStart(0), signal, onProgress: () => undefined });
  return lines;
}

/** Cards come over HTTP, strips leave over the network. */
export async function configureTill(
  folder: string,
  printerPort: number,
): Promise<{ configFile: string; port: number }> {
  const configFile = join(folder, 'tillcat.yaml');
  const port = await freePort();
  const config = configOf(
    { folder, id: '01', profile: PRINTER_PROFILE },
    { http: port, scanner: '', printer: printerPort },
  );
  writeFileSync(configFile, stringify({ ...config, scanner: { type: 'none' } }));
  return { configFile, port };
}
