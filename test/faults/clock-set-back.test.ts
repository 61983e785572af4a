// The clock is set back by a day: no coupon is dated by it, no serial comes again, no strip is taken for one that ended later.
import { expect, test } from 'vitest';
import { instant } from '../../src/domain/calendar.ts';
import { CARDS, NOW, timeOf } from '../visit/corner-shop.ts';
import { openTill } from '../visit/open-till.ts';
import { placeInTheFooter } from './a-broken-strip.ts';

const YESTERDAY = timeOf('2026-11-21T16:00');
const DAY_MS = 86_400_000;

test('nobody gets a coupon until the time has come again, then they do by themselves', async () => {
  await using till = await openTill();
  till.clock.setTo(YESTERDAY);
  expect(till.scan(CARDS.anna).outcome).toBe('nothing-to-offer');
  await till.pass(DAY_MS / 2);
  expect(till.scan(CARDS.anna).outcome).toBe('nothing-to-offer');
  await till.pass(DAY_MS / 2);
  expect(till.scan(CARDS.anna).outcome).toBe('printing');
});

test('set back between two runs, a till that starts does not believe it', async () => {
  const till = await openTill();
  await till.serve(CARDS.anna);
  till.shop.latestInstant.flush();
  await using after = await till.cutPower();
  after.clock.setTo(YESTERDAY);
  expect(after.shop.isClockDoubtful()).toBe(true);
  expect(after.scan(CARDS.carl).outcome).toBe('nothing-to-offer');
});

test('a coupon that was good yesterday is not called too early', async () => {
  await using till = await openTill();
  const { visit } = await till.serve(CARDS.anna);
  till.goTo('2026-11-23T10:00');
  till.clock.setTo(instant(timeOf('2026-11-23T10:00') - DAY_MS));
  expect(till.redeem(till.serials(visit)[0] ?? '').outcome).toBe('redeemed');
});

test('accepted by a person: served again, with serials nobody has had, and nobody twice in the week', async () => {
  await using till = await openTill();
  const first = await till.serve(CARDS.anna);
  till.clock.setTo(YESTERDAY);
  till.shop.latestInstant.accept(till.clock.now());
  const second = await till.serve(CARDS.carl);
  expect(second.outcome).toBe('printing');
  const serials = [...till.serials(first.visit), ...till.serials(second.visit)];
  expect(new Set(serials).size).toBe(12);
  expect(till.scan(CARDS.anna).outcome).toBe('capped');
});

test('a strip that broke off after the clock went back is the last one all the same: it does not hang on the next customer’s', async () => {
  const place = await placeInTheFooter(CARDS.carl);
  await using till = await openTill();
  await till.serve(CARDS.anna);
  till.clock.setTo(YESTERDAY);
  till.shop.latestInstant.accept(till.clock.now());
  till.device.setAfterBytes(place, { paperOut: true });
  const carl = await till.serve(CARDS.carl);
  expect(till.record(carl.visit).end).toBe('partly-printed');
  expect(till.shop.ledger.mayHang()).toBe(true);
  await using after = await till.cutPower();
  after.device.set({ paperOut: false });
  await after.pass(3_000);
  const bertta = await after.serve(CARDS.bertta);
  expect(after.handedOver.at(-1)?.serials).toEqual(after.serials(bertta.visit));
  expect(after.clock.now()).toBeLessThan(NOW);
});
