// Paper, cover or cable goes in the middle of a strip: the ledger says what came out, and nothing is printed again.
import { describe, expect, test } from 'vitest';
import { CARDS } from '../visit/corner-shop.ts';
import { openTill } from '../visit/open-till.ts';
import { expectTruth, PLACES_IN_A_STRIP } from './a-broken-strip.ts';

const faults = {
  'the paper ends': { paperOut: true },
  'the cover is opened': { coverOpen: true },
  'the cable is pulled': { unplugged: true },
  'the printer stops listening': { stalled: true },
  'the printer goes deaf': { deaf: true },
};
const mended = { paperOut: false, coverOpen: false, unplugged: false, stalled: false, deaf: false };

describe.each(Object.entries(faults))('%s', (_, fault) => {
  test.each(PLACES_IN_A_STRIP)(
    'after %i bytes: the truth is written down, nothing comes twice, the next is served',
    async (bytes) => {
      await using till = await openTill();
      till.device.setAfterBytes(bytes, fault);
      const anna = till.scan(CARDS.anna);
      await till.pass(60_000);
      expect(till.record(anna.visit).end).not.toBeNull();
      expectTruth(till, [anna.visit]);
      const told = till.states(anna.visit);

      till.device.set(mended);
      await till.pass(60_000);
      expectTruth(till, [anna.visit]);
      expect(till.states(anna.visit)).toEqual(told);

      const carl = await till.serve(CARDS.carl);
      expect(till.states(carl.visit)).toEqual(Array(6).fill('printed'));
      expect(till.handedOver.at(-1)?.serials).toEqual(till.serials(carl.visit));
      expectTruth(till, [anna.visit, carl.visit]);
    },
  );
});

test('a customer who got part of a strip has had their strip; one who got none of it has not', async () => {
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

test('mended soon, the strip goes on where it was and comes out whole', async () => {
  await using till = await openTill();
  till.device.setAfterBytes(480, { coverOpen: true });
  const { visit } = till.scan(CARDS.anna);
  await till.pass(5_000);
  expect(till.record(visit).end).toBeNull();
  till.device.set({ coverOpen: false });
  await till.pass(15_000);
  expect(till.record(visit).end).toBe('printed');
  expect(till.handedOver.map(({ serials }) => serials)).toEqual([till.serials(visit)]);
});
