// No paper, no printer, no cable when the card is held up: the cashier hears of it, and the next scan prints at once.
import { describe, expect, test } from 'vitest';
import { CARDS } from '../visit/corner-shop.ts';
import { openTill } from '../visit/open-till.ts';

describe.each([{ paperOut: true }, { coverOpen: true }, { unplugged: true }])('%o', (fault) => {
  const mended = { paperOut: false, coverOpen: false, unplugged: false };

  test('known at the scan: no printer, no serials, and printed at the rescan as soon as it is mended', async () => {
    await using till = await openTill();
    till.device.set(fault);
    await till.pass(2_000);
    expect(till.scan(CARDS.anna).outcome).toBe('no-printer');
    expect(till.serialsUsed).toBe(0);
    till.device.set(mended);
    await till.pass(2_000);
    const again = till.scan(CARDS.anna);
    expect(again.outcome).toBe('printing');
    await till.pass(15_000);
    expect(till.handedOver.map(({ serials }) => serials)).toEqual([till.serials(again.visit)]);
  });

  test('found only when the strip was to begin: it failed, and the rescan prints at once', async () => {
    await using till = await openTill();
    till.device.set(fault);
    const first = till.scan(CARDS.anna);
    expect(first.outcome).toBe('printing');
    await till.pass(1_500);
    expect(till.states(first.visit)).toEqual(Array(6).fill('failed'));
    till.device.set(mended);
    await till.pass(2_000);
    const again = till.scan(CARDS.anna);
    expect(again.outcome).toBe('printing');
    await till.pass(15_000);
    expect(till.handedOver.map(({ serials }) => serials)).toEqual([till.serials(again.visit)]);
  });

  test('back after ten minutes the printer prints nothing old', async () => {
    await using till = await openTill();
    const printing = till.scan(CARDS.anna);
    const queued = till.scan(CARDS.carl);
    till.device.set(fault);
    await till.pass(600_000);
    expect(till.record(queued.visit).coupons.map(({ state }) => state)).not.toContain('printed');
    till.device.set(mended);
    const before = till.device.strips.length;
    await till.pass(600_000);
    expect(till.device.strips).toHaveLength(before);
    for (const serial of till.serialsOnPaper) expect(till.serials(printing.visit)).toContain(serial);
    const bertta = await till.serve(CARDS.bertta);
    expect(till.handedOver.at(-1)?.serials).toEqual(till.serials(bertta.visit));
  });
});

test('a printer that comes back within a waiting customer’s patience serves them', async () => {
  await using till = await openTill();
  till.device.setAfterBytes(480, { unplugged: true });
  till.scan(CARDS.anna);
  const carl = till.scan(CARDS.carl);
  await till.pass(30_000);
  till.device.set({ unplugged: false });
  await till.pass(14_000);
  expect(till.record(carl.visit)).toMatchObject({ outcome: 'printing', end: 'printed' });
});
