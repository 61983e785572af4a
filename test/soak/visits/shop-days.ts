// The days of a soak's shop as its daemon and its commands see them: mornings, nights with their work, and what was sold.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { PurchaseRow } from '../../../src/domain/shop-rows.ts';
import type { FakedClock } from '../../end-to-end/faked-clock.ts';
import type { DaemonProcess } from '../../end-to-end/daemon-process.ts';
import { tillcat } from '../../end-to-end/tillcat.ts';
import { until } from '../../end-to-end/until.ts';
import { DAY_MS, dayStart } from '../soak-shop.ts';

/** After a morning at 9 UTC: an hour and a half after midnight in Helsinki's summer, half an hour in its winter. */
const NIGHT_MS = 13.5 * 3_600_000;
/** The daemon looks at its clock once a minute, in which days may pass here, and a leap of a week is doubted: it is asked ahead of time. */
const AHEAD_MS = 3_600_000;
/** Real days train every night; here that would be most of the time. */
const NIGHTS_BETWEEN_MODELS = 14;
const LIMIT_MS = 600_000;

const importReport = z.object({ taken: z.number(), alreadyKnown: z.number(), rejected: z.number() });

export type Passing = {
  readonly folder: string;
  readonly configFile: string;
  readonly clock: FakedClock;
  readonly daemon: Pick<DaemonProcess, 'status'>;
};

export class ShopDays {
  readonly #of: Passing;

  constructor(of: Passing) {
    this.#of = of;
  }

  morning(day: number): Promise<void> {
    return this.#passTo(dayStart(day));
  }

  /** What the timers do, and the file of the day's sales; as processes of their own, as on a till. */
  async night(day: number, rows: readonly PurchaseRow[]): Promise<void> {
    await this.#passTo(dayStart(day) + NIGHT_MS);
    await this.#takeIn(rows, { isKnown: false });
    if (day % NIGHTS_BETWEEN_MODELS === 1) await this.#takeIn(rows, { isKnown: true });
    await this.#must('purge');
    if (day % NIGHTS_BETWEEN_MODELS === 0) await this.#must('train');
  }

  async #takeIn(rows: readonly PurchaseRow[], { isKnown }: { isKnown: boolean }): Promise<void> {
    const file = join(this.#of.folder, 'purchases.csv');
    writeFileSync(file, purchasesCsv(rows));
    const { taken, alreadyKnown, rejected } = importReport.parse(
      JSON.parse(await this.#must('import', 'purchases', file, '--json')),
    );
    if (taken !== (isKnown ? 0 : rows.length) || alreadyKnown !== (isKnown ? rows.length : 0) || rejected > 0)
      throw new Error(`of ${rows.length} lines ${taken} were taken in, ${alreadyKnown} known, ${rejected} rejected`);
  }

  async #must(...args: readonly string[]): Promise<string> {
    const { code, out, err } = await tillcat(['--config', this.#of.configFile, ...args], { limitMs: LIMIT_MS });
    if (code !== 0) throw new Error(`tillcat ${args.join(' ')} ended with ${code}: ${err}${out}`);
    return out;
  }

  /** Resolves when the daemon has seen the time and believes it. */
  async #passTo(at: number): Promise<void> {
    const { clock, daemon } = this.#of;
    for (const to of [at + AHEAD_MS, at]) {
      moveTo(clock, to);
      await until('the clock to be believed', async () => (await daemon.status()).clock.state === 'ok');
    }
  }
}

/** The machine's clock as the programs see it, from now on. */
export function moveTo(clock: FakedClock, at: number): void {
  clock.move((at - Date.now()) / DAY_MS);
}

function purchasesCsv(rows: readonly PurchaseRow[]): string {
  const lines = rows.map(({ customerCode, basketCode, at, productCode, quantityMilli, priceCents }) => [
    customerCode,
    basketCode,
    new Date(at).toISOString(),
    productCode,
    quantityMilli / 1000,
    (priceCents ?? 0) / 100,
  ]);
  return `customer,basket,time,product,quantity,price\n${lines.map((line) => line.join(',')).join('\n')}\n`;
}
