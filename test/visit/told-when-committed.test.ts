// Pages, metrics and printer hear of a sale or a redemption once it is on disk, and never of one that did not get there.
import { expect, test } from 'vitest';
import type { ShopEvent } from '../../src/web/desk.ts';
import { CARDS, codeOf } from './corner-shop.ts';
import { openTill, type OpenTill } from './open-till.ts';

const REQUEST = { key: 'till|1', bodyDigest: 'a'.repeat(64) };

/** What is told from now on, but for changes of the status. */
function listen(till: OpenTill): readonly ShopEvent['kind'][] {
  const told: ShopEvent['kind'][] = [];
  till.desk.subscribe(({ kind }) => {
    if (kind !== 'status') told.push(kind);
  });
  return told;
}

function diskFull(): never {
  throw new Error('the disk is full');
}

test('a redemption is told when its transaction has ended, and not before', async () => {
  await using till = await openTill();
  const { coupons } = await till.serve(CARDS.anna);
  till.goTo('2026-11-25T10:00');
  const told = listen(till);
  const redeem = (): string => {
    const { outcome } = till.redeem(coupons[0]?.serial ?? '');
    expect(told).toEqual([]);
    return outcome;
  };
  expect(till.desk.idempotent(REQUEST, redeem)).toEqual({ state: 'fresh', answer: 'redeemed' });
  expect(told).toEqual(['redemption']);
  expect(till.desk.idempotent(REQUEST, redeem)).toEqual({ state: 'stored', answer: 'redeemed' });
  expect(told).toEqual(['redemption']);
});

test('a redemption that could not be written is undone and told to nobody, and the next one is told again', async () => {
  await using till = await openTill();
  const { coupons } = await till.serve(CARDS.anna);
  till.goTo('2026-11-25T10:00');
  const told = listen(till);
  const fail = (): string => {
    till.redeem(coupons[0]?.serial ?? '');
    return diskFull();
  };
  expect(() => till.desk.idempotent(REQUEST, fail)).toThrow('the disk is full');
  expect(told).toEqual([]);
  expect(till.redeem(coupons[0]?.serial ?? '').outcome).toBe('redeemed');
  expect(told).toEqual(['redemption']);
});

test('a sale that could not be written releases no strip; sent again, it does', async () => {
  await using till = await openTill({ visit: { printAt: 'payment' } });
  const { visit } = till.scan(CARDS.anna);
  const told = listen(till);
  const sale = { number: '1', card: CARDS.anna, products: [codeOf('Maito 1 l')] };
  const fail = (): string => {
    till.sell(sale);
    return diskFull();
  };
  expect(() => till.desk.idempotent(REQUEST, fail)).toThrow('the disk is full');
  await till.pass(15_000);
  expect([told, till.serialsUsed]).toEqual([[], 0]);

  till.desk.idempotent(REQUEST, () => till.sell(sale).outcome);
  await till.pass(15_000);
  expect(till.record(visit)).toMatchObject({ end: 'printed' });
  expect(told).toContain('basket');
});
