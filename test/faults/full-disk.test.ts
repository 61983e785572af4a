// Nothing can be written: the customer gets nothing, and the till goes on as soon as there is room again.
import { expect, test } from 'vitest';
import { CARDS } from '../visit/corner-shop.ts';
import { openTill, type OpenTill } from '../visit/open-till.ts';

/** The store refuses what a full disk would. */
function fill(till: OpenTill, table: string, step: 'insert on' | 'update on'): void {
  till.shop.db.exec(
    `create temp trigger full_disk before ${step} ${table} begin select raise(abort, 'database or disk is full'); end`,
  );
}
const makeRoom = (till: OpenTill) => till.shop.db.exec('drop trigger full_disk');

test('at the issue: not a byte is printed, no serial is on disk, and the next card is served', async () => {
  await using till = await openTill();
  fill(till, 'coupon', 'insert on');
  const bytes = till.device.bytesReceived;
  expect(() => till.scan(CARDS.anna)).toThrow('disk is full');
  await till.pass(500);
  expect(till.serialsUsed).toBe(0);
  expect(till.device.bytesReceived - bytes).toBeLessThan(100);
  makeRoom(till);
  expect((await till.serve(CARDS.carl)).outcome).toBe('printing');
  expect((await till.serve(CARDS.anna)).outcome).toBe('printing');
});

test('when a waiting customer’s turn comes: they are dropped, it is told, and the one behind them is served', async () => {
  await using till = await openTill();
  const anna = till.scan(CARDS.anna);
  const carl = till.scan(CARDS.carl);
  const bertta = till.scan(CARDS.bertta);
  const stop = till.desk.onNews((news) => {
    if (news.kind === 'ended' && news.visit === anna.visit) fill(till, 'coupon', 'insert on');
    if (news.kind === 'dropped' && news.visit === carl.visit) makeRoom(till);
  });
  await till.pass(60_000);
  stop();
  expect(till.record(carl.visit)).toMatchObject({ end: 'dropped', coupons: [] });
  expect(till.record(bertta.visit).end).toBe('printed');
  expect(till.reported.map(({ message }) => message)).toEqual(['database or disk is full']);
});

test('when the printer reports: nothing is claimed, and the next start says unknown', async () => {
  await using till = await openTill();
  fill(till, 'print_job', 'update on');
  expect(() => till.scan(CARDS.anna)).toThrow('disk is full');
  makeRoom(till);
  await till.pass(6_000);
  const carl = till.scan(CARDS.carl);
  fill(till, 'print_job', 'update on');
  await till.pass(15_000);
  expect(till.states(carl.visit)).toEqual(Array(6).fill('issued'));
  expect(till.reported).toHaveLength(1);
  makeRoom(till);
  await using after = await till.cutPower();
  expect(after.states(carl.visit)).toEqual(Array(6).fill('unknown'));
});
