// The printer is off, or its cable is out, when the card is held up: the cashier hears of it, and nothing old comes later.
import { describe, expect, it } from 'vitest';
import { CARDS } from '../visit/corner-shop.ts';
import { openTill } from '../visit/open-till.ts';
import { tillOn } from './a-till-on-a-cable.ts';
import { WAYS } from './cables.ts';
import { holdsAtTheScan, holdsBeforeTheFirstByte } from './what-must-hold.ts';

const told = { fault: { unplugged: true }, state: 'offline' };
holdsBeforeTheFirstByte(told);
holdsAtTheScan(told);

describe.concurrent.each(WAYS)('off at the scan and back ten minutes later, over %s', (way) => {
  it('prints nothing of those who have gone, and serves the next customer', async () => {
    await using on = await tillOn(way);
    const { till } = on;
    await on.untilReady();
    await on.pullOut();
    const anna = till.scan(CARDS.anna);
    const carl = till.scan(CARDS.carl);
    expect([anna.outcome, carl.outcome]).toEqual(['printing', 'queued']);
    await on.untilEnded(anna.visit);
    await till.pass(600_000);
    expect(till.states(anna.visit)).toEqual(Array(6).fill('failed'));
    expect(till.record(carl.visit)).toMatchObject({ end: 'dropped', coupons: [] });

    await on.plugIn();
    await on.untilReady();
    await till.pass(600_000);
    expect(on.device.pieces).toEqual([]);
    const bertta = await on.serve(CARDS.bertta);
    expect(till.handedOver.map(({ serials }) => serials)).toEqual([till.serials(bertta)]);
    expect(till.states(bertta)).toEqual(Array(6).fill('printed'));
  });
});

it('back within a waiting customer’s patience, it serves them', async () => {
  await using till = await openTill();
  till.device.setAfterBytes(480, { unplugged: true });
  till.scan(CARDS.anna);
  const carl = till.scan(CARDS.carl);
  await till.pass(30_000);
  till.device.set({ unplugged: false });
  await till.pass(14_000);
  expect(till.record(carl.visit)).toMatchObject({ outcome: 'printing', end: 'printed' });
});
