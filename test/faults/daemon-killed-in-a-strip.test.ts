// The daemon is killed, or the power goes, in the middle of a visit: what is on disk is all that is left, and the printer keeps
// its paper and its place.
import { describe, expect, test } from 'vitest';
import type { VisitId } from '../../src/domain/ids.ts';
import { CARDS } from '../visit/corner-shop.ts';
import { until } from '../end-to-end/until.ts';
import { openTill, type OpenTill } from '../visit/open-till.ts';
import { tillOn } from './a-till-on-a-cable.ts';
import { REAL_WAYS } from './cables.ts';
import { expectTruth, PLACES_IN_A_STRIP, placeInTheFooter } from './a-broken-strip.ts';

test.each(PLACES_IN_A_STRIP)(
  '%i bytes into a strip: unknown, not printed again, and the next customer is served',
  async (bytes) => {
    await using till = await openTill();
    till.device.setAfterBytes(bytes, { stalled: true });
    const anna = till.scan(CARDS.anna);
    await till.pass(1_000);
    const again = await till.cutPower();
    await using after = again;
    after.device.set({ stalled: false });
    await after.pass(60_000);
    expect(after.states(anna.visit)).toEqual(Array(6).fill('unknown'));
    expect(after.record(anna.visit)).toMatchObject({ outcome: 'printing', end: 'unknown' });
    expect(after.scan(CARDS.anna).outcome).toBe('capped');

    const carl = await after.serve(CARDS.carl);
    expect(after.handedOver.at(-1)?.serials).toEqual(after.serials(carl.visit));
    expectTruth(after, [anna.visit, carl.visit]);
  },
);

describe.concurrent.each(REAL_WAYS)('over %s', (way) => {
  test.each([30, 600])(
    'killed %i bytes into a strip, it says unknown, and the next customer gets their own',
    async (bytes) => {
      await using on = await tillOn(way);
      const { till, device } = on;
      await on.untilReady();
      device.setAfterBytes(bytes, { stalled: true });
      const anna = till.scan(CARDS.anna);
      await until('the strip to be under way', () => device.faults.stalled);
      await using after = await till.cutPower();
      device.set({ stalled: false });
      await on.untilReady(after);
      expect(after.states(anna.visit)).toEqual(Array(6).fill('unknown'));
      expect(after.scan(CARDS.anna).outcome).toBe('capped');
      const carl = await on.serve(CARDS.carl, after);
      expect(after.handedOver.at(-1)?.serials).toEqual(after.serials(carl));
      expectTruth(after, [anna.visit, carl]);
    },
  );
});

test('between commit and first byte: unknown, because nobody can tell, and it never comes out', async () => {
  await using till = await openTill();
  const cut: Promise<OpenTill>[] = [];
  till.desk.onNews((news) => {
    if (news.kind === 'answered') cut.push(till.cutPower());
  });
  const anna = till.scan(CARDS.anna);
  await using after = (await cut[0]) ?? expect.fail('the power was not cut');
  await after.pass(60_000);
  expect(after.states(anna.visit)).toEqual(Array(6).fill('unknown'));
  expect(after.serialsOnPaper).toEqual([]);
});

test('those who waited are dropped; their cards are served anew', async () => {
  await using till = await openTill();
  till.device.setAfterBytes(330, { stalled: true });
  till.scan(CARDS.anna);
  const carl = till.scan(CARDS.carl);
  await till.pass(1_000);
  await using after = await till.cutPower();
  after.device.set({ stalled: false });
  await after.pass(3_000);
  expect(after.record(carl.visit)).toMatchObject({ end: 'dropped', coupons: [] });
  expect((await after.serve(CARDS.carl)).outcome).toBe('printing');
});

test('no serial is given twice over a restart', async () => {
  const till = await openTill();
  const before = await till.serve(CARDS.anna);
  await using after = await till.cutPower();
  const carl = await after.serve(CARDS.carl);
  const serials = [...after.serials(before.visit), ...after.serials(carl.visit)];
  expect(new Set(serials).size).toBe(12);
});

describe('a strip broken off before the restart does not hang on the next customer’s', () => {
  async function expectItIsCutOff(till: OpenTill, anna: VisitId): Promise<void> {
    await using after = await till.cutPower();
    after.device.set({ paperOut: false });
    await after.pass(3_000);
    const carl = await after.serve(CARDS.carl);
    expect(after.handedOver.at(-1)?.serials).toEqual(after.serials(carl.visit));
    expectTruth(after, [anna, carl.visit]);
  }

  test('among its coupons', async () => {
    await using till = await openTill();
    till.device.setAfterBytes(480, { paperOut: true });
    const { visit } = await till.serve(CARDS.anna);
    expect(till.states(visit)).toContain('unknown');
    expect(till.record(visit).end).toBe('partly-printed');
    await expectItIsCutOff(till, visit);
  });

  test('in its last words, when all coupons are out', async () => {
    const place = await placeInTheFooter(CARDS.anna);
    await using till = await openTill();
    till.device.setAfterBytes(place, { paperOut: true });
    const { visit } = await till.serve(CARDS.anna);
    expect(till.states(visit)).toEqual(Array(6).fill('printed'));
    expect(till.record(visit).end).toBe('partly-printed');
    await expectItIsCutOff(till, visit);
  });
});

test('a sale waiting to be paid is over after a restart: nobody is printed for whose card was not held up again', async () => {
  await using till = await openTill({ visit: { printAt: 'payment' } });
  const anna = till.scan(CARDS.anna);
  await using after = await till.cutPower();
  after.sell({ number: '1', card: CARDS.anna });
  await after.pass(15_000);
  expect(after.record(anna.visit)).toMatchObject({ end: 'dropped', coupons: [] });
  expect(after.serialsOnPaper).toEqual([]);
});
