// A share of the sample shop's customers over twelve weeks, each with a strip a week, chosen by the till's own decision.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openShop } from '../../src/app.ts';
import { configSchema } from '../../src/config/schema.ts';
import { addDays, instant } from '../../src/domain/calendar.ts';
import { makeSampleShop, SAMPLE_DAYS } from '../../src/sample/sample-shop.ts';
import { SimulatedClock } from '../../src/system/simulated-clock.ts';
import { calendar, NOW, TODAY } from './corner-shop.ts';

const folder = mkdtempSync(join(tmpdir(), 'tillcat-weekly-strips-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
/** One customer in four: enough to be one another's neighbours, and soon done. */
const isAsked = (customer: string) => Number(customer.replace(/\D/g, '')) % 4 === 0;

it('successive strips share at most a third, unless nothing else is worth printing, and many products get their turn', async () => {
  // Twelve weeks to learn from, and the same people's next twelve.
  const [before, after] = [addDays(TODAY, -SAMPLE_DAYS), TODAY].map((today) => makeSampleShop({ today, calendar }));
  if (before === undefined || after === undefined) throw new Error('two samples were made');
  using shop = openShop(
    configSchema.parse({
      data: join(folder, 'data'),
      secrets: join(folder, 'secrets'),
      policy: { categories: after.policy },
    }),
    { clock: new SimulatedClock(NOW), report: (error) => expect.unreachable(error.message) },
  );
  const intake = shop.intake();
  intake.takeProducts(after.products);
  intake.takeCustomers(
    after.customers.filter(({ customerCode }) => isAsked(customerCode)),
    NOW,
  );
  const sold = [before, after].flatMap((sample) => [...sample.baskets()].flat());
  intake.takePurchases(sold.filter(({ customerCode }) => isAsked(customerCode)));

  const { signal } = new AbortController();
  const cut = calendar.startOf(addDays(TODAY, 1 - SAMPLE_DAYS));
  const asOf = instant(calendar.startOf(addDays(TODAY, 1)));
  const of = { asOf, cuts: [cut], isLastBasket: false, signal, onProgress: () => undefined };
  const { report, text } = await shop.evaluate(of);
  const { variety } = report;
  if (variety === null) throw new Error('there are weeks after the cut');
  expect(variety.customers).toBeGreaterThan(40);
  expect(variety.strips).toBeGreaterThan(variety.customers * 10);
  expect(variety.overlap).toBeLessThan(1 / 3);
  expect(variety.avoidable).toBe(0);
  expect(variety.productsACustomer).toBeGreaterThan(12);
  expect(variety.productsPrinted).toBeGreaterThan(variety.productsKnown / 10);
  expect(text).toContain('0 of them with something else worth printing');
  // The shop remembers eight weeks, and the visits judged are those after the cut all the same.
  expect(report.visits).toBeGreaterThan(40);
}, 60_000);
