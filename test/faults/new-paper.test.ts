// New paper in: the next customer prints, and nobody pressed a button of ours.
import { describe, expect, it } from 'vitest';
import { openShop } from '../../src/app.ts';
import { makeDesk, makeTill } from '../../src/app-till.ts';
import { TillPrinter } from '../../src/printer/till-printer.ts';
import { until } from '../end-to-end/until.ts';
import { CARDS } from '../visit/corner-shop.ts';
import { openTill } from '../visit/open-till.ts';
import { tillOn } from './a-till-on-a-cable.ts';
import { WAYS } from './cables.ts';

describe.concurrent.each(WAYS)('over %s', (way) => {
  it('known to be out at one scan, it prints at the next', async () => {
    await using on = await tillOn(way);
    const { till, device } = on;
    await on.untilReady();
    device.set({ paperOut: true });
    await until('the cashier to know', async () => {
      await till.pass(way === 'the fake' ? 500 : 0);
      return till.printer.status().state === 'paper-out';
    });
    expect(till.scan(CARDS.anna).outcome).toBe('no-printer');
    expect(till.serialsUsed).toBe(0);
    device.set({ paperOut: false });
    await on.untilReady();
    const carl = await on.serve(CARDS.carl);
    expect(till.handedOver.map(({ serials }) => serials)).toEqual([till.serials(carl)]);
    expect(device.problems).toEqual([]);
  });
});

it('of the till’s own printer: it said that nothing came out, and the same customer’s next scan carries a strip', async () => {
  await using base = await openTill();
  using shop = openShop(base.config, { clock: base.clock, report: fail });
  const printer = new TillPrinter({ profile: shop.profile, clock: base.clock, outcomeMs: 60_000 });
  const at = makeTill({ shop, printer, isClockDoubtful: shop.isClockDoubtful, report: fail });
  const desk = makeDesk({ shop, at, status: () => fail(new Error('nobody asks')), sample: null });
  const first = await desk.scan({ card: CARDS.anna, source: 'http' });
  expect(first.strip).not.toBeNull();
  const told = await desk.closeStrip({ visit: first.visit, report: 'failed' });
  expect(told).toMatchObject({ state: 'closed', record: { end: 'failed' } });
  await base.pass(6_000);
  const again = await desk.scan({ card: CARDS.anna, source: 'http' });
  expect(again).toMatchObject({ outcome: 'printing' });
  expect(again.strip?.escpos.length).toBeGreaterThan(1_000);
  await desk.closeStrip({ visit: again.visit, report: 'printed' });
  expect(desk.visit(again.visit)?.end).toBe('printed');
  desk.close();
});

function fail(error: Error): never {
  throw error;
}
