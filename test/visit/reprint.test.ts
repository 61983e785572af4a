// A copy of a strip: only because somebody asked, with the serials it had, counted and audited.
import { describe, expect, test } from 'vitest';
import type { VisitId } from '../../src/domain/ids.ts';
import type { ReprintReason } from '../../src/domain/reprint.ts';
import { CARDS } from './corner-shop.ts';
import { openTill, type OpenTill } from './open-till.ts';

function ask(till: OpenTill, visit: VisitId, reason: ReprintReason = 'torn') {
  return till.desk.reprint({ visit, reason, source: 'till' });
}

function takeBack(till: OpenTill, serials: readonly string[]): void {
  for (const code of serials) till.shop.ledger.void({ code, at: till.clock.now(), source: 'test' });
}

describe('a copy', () => {
  test('has the same serials, says on every coupon that it is one, and is written down with its reason', async () => {
    await using till = await openTill();
    const { visit } = await till.serve(CARDS.anna);
    const serials = till.serials(visit);
    expect(ask(till, visit)).toEqual({ visit, outcome: 'copying', coupons: 6, copies: 1 });
    await till.pass(15_000);
    const copy = till.handedOver.at(-1);
    expect(copy?.serials).toEqual(serials);
    expect(copy?.text.match(/\*\*\* KOPIO \*\*\*/g)).toHaveLength(8);
    expect(till.shop.ledger.reprints.of(visit)).toMatchObject([{ reason: 'torn', source: 'till', end: 'printed' }]);
    expect(till.record(visit).end).toBe('printed');
    expect(till.news.filter(({ kind }) => kind === 'copied')).toHaveLength(1);
    expect(till.events).toContainEqual(
      expect.objectContaining({ kind: 'reprint', reason: 'torn', outcome: 'copying' }),
    );
  });

  test('is made at most twice, and a coupon of it still counts once', async () => {
    await using till = await openTill();
    const { visit } = await till.serve(CARDS.anna);
    for (const copies of [1, 2]) {
      expect(ask(till, visit, 'unreadable')).toMatchObject({ outcome: 'copying', copies });
      await till.pass(15_000);
    }
    expect(ask(till, visit)).toMatchObject({ outcome: 'too-many', copies: 2 });
    await till.pass(15_000);
    expect(till.handedOver).toHaveLength(3);
  });

  test('leaves out what was taken back meanwhile', async () => {
    await using till = await openTill();
    const { visit } = await till.serve(CARDS.anna);
    const [first, ...others] = till.serials(visit);
    takeBack(till, [first ?? '']);
    expect(ask(till, visit)).toMatchObject({ outcome: 'copying', coupons: 5 });
    await till.pass(15_000);
    expect(till.handedOver.at(-1)?.serials).toEqual(others);
  });

  test('settles what nobody was sure of: what is on the copy is out', async () => {
    await using till = await openTill();
    till.device.setAfterBytes(480, { unplugged: true });
    const { visit } = till.scan(CARDS.anna);
    await till.pass(60_000);
    till.device.set({ unplugged: false });
    await till.pass(3_000);
    expect(till.states(visit)).toContain('unknown');
    expect(ask(till, visit, 'incomplete')).toMatchObject({ outcome: 'copying', coupons: 6 });
    await till.pass(15_000);
    expect(till.states(visit)).not.toContain('unknown');
    expect(till.handedOver.at(-1)?.serials).toEqual(till.serials(visit));
  });

  test('brings out what had failed: then the customer has had a strip', async () => {
    await using till = await openTill();
    till.device.set({ unplugged: true });
    const { visit } = till.scan(CARDS.anna);
    await till.pass(60_000);
    till.device.set({ unplugged: false });
    await till.pass(3_000);
    expect(new Set(till.states(visit))).toEqual(new Set(['failed']));
    expect(ask(till, visit, 'not-received')).toMatchObject({ outcome: 'copying', coupons: 6 });
    await till.pass(15_000);
    expect(new Set(till.states(visit))).toEqual(new Set(['printed']));
    expect(till.scan(CARDS.anna).outcome).toBe('capped');
  });

  test('is refused where there is nothing to copy, while the strip still prints, and without a printer', async () => {
    await using till = await openTill();
    const { visit } = till.scan(CARDS.anna);
    expect(ask(till, visit)?.outcome).toBe('still-printing');
    await till.pass(15_000);
    till.device.set({ paperOut: true });
    await till.pass(3_000);
    expect(ask(till, visit)?.outcome).toBe('no-printer');
    till.device.set({ paperOut: false });
    await till.pass(3_000);
    takeBack(till, till.serials(visit));
    expect(ask(till, visit)?.outcome).toBe('nothing-left');
    expect(till.shop.ledger.reprints.of(visit)).toEqual([]);
    expect(till.handedOver).toHaveLength(1);
  });

  test('that never began in its customer’s patience never does, and does not count', async () => {
    await using till = await openTill();
    const { visit } = await till.serve(CARDS.anna);
    till.device.setAfterBytes(30, { stalled: true });
    till.scan(CARDS.carl);
    expect(ask(till, visit)?.outcome).toBe('copying');
    await till.pass(60_000);
    till.device.set({ stalled: false });
    await till.pass(60_000);
    expect(till.shop.ledger.reprints.of(visit)).toMatchObject([{ end: 'dropped' }]);
    expect(till.handedOver.filter(({ text }) => text.includes('KOPIO'))).toEqual([]);
    expect(ask(till, visit)).toMatchObject({ outcome: 'copying', copies: 1 });
  });

  test('asked for once more under the same key is the same copy, and one that did not get to disk prints nothing', async () => {
    await using till = await openTill();
    const { visit } = await till.serve(CARDS.anna);
    const wish = { key: 'reprint:key:1', bodyDigest: 'b'.repeat(64) };
    const failing = (): string => {
      ask(till, visit);
      throw new Error('the disk is full');
    };
    expect(() => till.desk.idempotent(wish, failing)).toThrow('the disk is full');
    await till.pass(60_000);
    expect(till.handedOver).toHaveLength(1);
    expect(till.shop.ledger.reprints.of(visit)).toEqual([]);

    const run = (): string => JSON.stringify(ask(till, visit));
    const first = till.desk.idempotent(wish, run);
    await till.pass(15_000);
    expect(till.desk.idempotent(wish, run)).toEqual({ ...first, state: 'stored' });
    await till.pass(15_000);
    expect(till.handedOver).toHaveLength(2);
    expect(till.shop.ledger.reprints.of(visit)).toMatchObject([{ end: 'printed' }]);
  });
});
