// Everything that can come of a scan, and which of it uses paper and serials.
import { expect, test } from 'vitest';
import { VISIT_OUTCOMES } from '../../src/domain/visit.ts';
import { CARDS, STOP } from './corner-shop.ts';
import { openTill, type OpenTill } from './open-till.ts';

type Story = (till: OpenTill) => Promise<string>;

const stories: Record<string, Story> = {
  printing: (till) => Promise.resolve(till.scan(CARDS.anna).outcome),
  queued: (till) => {
    till.scan(CARDS.anna);
    return Promise.resolve(till.scan(CARDS.carl).outcome);
  },
  repeat: (till) => {
    till.scan(CARDS.nobody);
    return Promise.resolve(till.scan(CARDS.nobody).outcome);
  },
  capped: async (till) => {
    await till.serve(CARDS.anna);
    return till.scan(CARDS.anna).outcome;
  },
  'opted-out': (till) => Promise.resolve(till.scan(CARDS.optedOut).outcome),
  'unknown-card': (till) => Promise.resolve(till.scan(CARDS.nobody).outcome),
  'blocked-card': (till) => Promise.resolve(till.scan(CARDS.blocked).outcome),
  'not-a-card': (till) => Promise.resolve(till.scan('¿?').outcome),
  'nothing-to-offer': (till) => {
    const flags = ['health'] as const;
    till.shop.intake().takeProducts(till.shop.products.all().map((product) => ({ ...product, flags })));
    return Promise.resolve(till.scan(CARDS.anna).outcome);
  },
  'no-printer': async (till) => {
    till.device.set({ unplugged: true });
    await till.pass(3_000);
    return till.scan(CARDS.anna).outcome;
  },
};

test.each(Object.entries(stories))('%s', async (outcome, story) => {
  await using till = await openTill();
  expect(await story(till)).toBe(outcome);
});

test('every outcome there is has its story', () => {
  expect([...Object.keys(stories), 'held-out'].sort()).toEqual([...VISIT_OUTCOMES].sort());
});

test.each(Object.keys(stories).filter((outcome) => outcome !== 'printing' && outcome !== 'queued'))(
  '%s uses neither paper nor serials',
  async (outcome) => {
    await using till = await openTill();
    const story = stories[outcome];
    if (outcome === 'capped') await till.serve(CARDS.anna);
    const before = [till.serialsUsed, till.device.strips.length];
    expect(await story?.(till)).toBe(outcome);
    await till.pass(60_000);
    expect([till.serialsUsed, till.device.strips.length]).toEqual(before);
  },
);

test('a customer held out is decided and logged, and gets no paper and no serial', async () => {
  await using till = await openTill({ holdout: { customersPercent: 50 } });
  const answers = [];
  for (const card of [
    CARDS.anna,
    CARDS.bertta,
    CARDS.carl,
    ...Array.from({ length: 12 }, (_, i) => `neighbour-${i}`),
  ]) {
    answers.push(await till.serve(card));
  }
  const heldOut = answers.filter(({ outcome }) => outcome === 'held-out');
  const printed = answers.filter(({ outcome }) => outcome === 'printing');
  expect(heldOut.length).toBeGreaterThan(0);
  expect(printed.length).toBeGreaterThan(0);
  expect(heldOut.length + printed.length).toBe(answers.length);
  for (const { visit, coupons } of heldOut) {
    expect(coupons).toEqual([]);
    expect(till.record(visit).coupons).toEqual([]);
    const decision = till.shop.ledger.decisionOf(visit);
    expect(decision?.isHeldOut).toBe(true);
    expect(decision?.products.some((product) => product.outcome.kind === 'chosen')).toBe(true);
  }
  expect(till.device.strips).toHaveLength(printed.length);
  expect(till.serialsUsed).toBe(printed.reduce((sum, { coupons }) => sum + coupons.length, 0));
});

test('who is held out stays held out, whichever card is held up', async () => {
  await using till = await openTill({ holdout: { customersPercent: 50 } });
  const one = await till.serve(CARDS.anna);
  const other = await till.serve(CARDS.annaToo);
  const expected = one.outcome === 'held-out' ? 'held-out' : 'capped';
  expect(other.outcome).toBe(expected);
});

test('a coupon, and a STOP card that nobody held a card up before, are not cards', async () => {
  await using till = await openTill();
  const { coupons } = await till.serve(CARDS.anna);
  await till.pass(60_000);
  const code = till.shop.ledger.codeOf(coupons[0]?.serial ?? expect.fail('no coupon'));
  expect(till.scan(code?.kind === 'gs1' ? code.elementString : '').outcome).toBe('not-a-card');
  expect(till.scan(STOP).outcome).toBe('not-a-card');
});

test('the answer says in one sentence why, and how to go on', async () => {
  await using till = await openTill();
  await till.serve(CARDS.anna);
  const capped = await till.desk.scan({ card: CARDS.anna, source: 'http' });
  expect(capped.why).toBe('Asiakas on jo saanut kuponkinsa; seuraavat aikaisintaan 29.11.2026.');
});
