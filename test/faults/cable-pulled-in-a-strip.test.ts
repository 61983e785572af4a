// The cable is pulled out in the middle of a strip, and put in again.
import { expect, it } from 'vitest';
import { CARDS } from '../visit/corner-shop.ts';
import { openTill } from '../visit/open-till.ts';
import { holdsInAStrip } from './what-must-hold.ts';

holdsInAStrip({ fault: { unplugged: true }, state: 'offline' });

it('a customer who got part of a strip has had their strip; one who got none of it has not', async () => {
  await using till = await openTill();
  till.device.setAfterBytes(480, { unplugged: true });
  const part = await till.serve(CARDS.anna);
  expect(till.record(part.visit).end).toBe('partly-printed');
  till.device.set({ unplugged: false });
  await till.pass(10_000);
  expect(till.scan(CARDS.anna).outcome).toBe('capped');

  till.device.setAfterBytes(30, { unplugged: true });
  const none = await till.serve(CARDS.carl);
  expect(till.states(none.visit)).toEqual(Array(6).fill('failed'));
  till.device.set({ unplugged: false });
  await till.pass(10_000);
  expect((await till.serve(CARDS.carl)).outcome).toBe('printing');
});
