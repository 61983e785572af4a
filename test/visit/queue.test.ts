// One strip prints at a time; the others wait in scan order, each as long as its own customer does, and never longer.
import { expect, test } from 'vitest';
import { CARDS, STOP } from './corner-shop.ts';
import { openTill, type OpenTill } from './open-till.ts';

/** Within the third part of a strip. */
const IN_THE_THIRD_PART = 330;

/** Every strip that came off carries the serials of one visit, and these are they. */
function visitsOnPaper(till: OpenTill, visits: readonly Parameters<OpenTill['serials']>[0][]) {
  return till.handedOver.map(({ serials }) =>
    visits.find((visit) => till.serials(visit).join() === serials.join() && serials.length > 0),
  );
}

test('strips come in the order of the scans, and each holds one customer only', async () => {
  await using till = await openTill();
  const answers = [CARDS.anna, CARDS.carl, CARDS.bertta, CARDS.few].map((card) => till.scan(card));
  expect(answers.map(({ outcome }) => outcome)).toEqual(['printing', 'queued', 'queued', 'queued']);
  await till.pass(30_000);
  const visits = answers.map(({ visit }) => visit);
  expect(visitsOnPaper(till, visits)).toEqual(visits);
  expect(till.handedOver[2]?.text).toContain('Du köper ofta detta');
});

test('serials and decision come only when the turn has come', async () => {
  await using till = await openTill();
  till.scan(CARDS.anna);
  const { visit, coupons, decision } = till.scan(CARDS.carl);
  expect({ coupons, decision }).toEqual({ coupons: [], decision: null });
  expect(till.serialsUsed).toBe(6);
  await till.pass(20_000);
  expect(till.states(visit)).toEqual(Array(6).fill('printed'));
  expect(till.shop.ledger.decisionOf(visit)).not.toBeNull();
});

test('each waits as long as its own patience: who came first goes, who came later is served', async () => {
  await using till = await openTill({ visit: { patienceSeconds: 10 } });
  till.device.setAfterBytes(IN_THE_THIRD_PART, { deaf: true });
  const anna = till.scan(CARDS.anna);
  const carl = till.scan(CARDS.carl);
  await till.pass(4_000);
  const bertta = till.scan(CARDS.bertta);
  expect(bertta.outcome).toBe('queued');
  await till.pass(5_900);
  expect(till.record(carl.visit).end).toBeNull();
  await till.pass(200);
  expect(till.record(carl.visit)).toMatchObject({ outcome: 'queued', end: 'dropped', coupons: [] });
  till.device.set({ deaf: false });
  await till.pass(60_000);
  expect(till.record(bertta.visit)).toMatchObject({ outcome: 'printing', end: 'printed' });
  expect(till.serialsUsed).toBe(12);
  // What came out of Anna's strip was cut off before Bertta's.
  expect(till.handedOver.at(-1)?.serials).toEqual(till.serials(bertta.visit));
  for (const { serials } of till.handedOver.slice(0, -1)) {
    expect(till.serials(anna.visit)).toEqual(expect.arrayContaining([...serials]));
  }
});

test('a strip dropped for want of patience leaves the customer free to come again', async () => {
  await using till = await openTill({ visit: { patienceSeconds: 5 } });
  till.device.setAfterBytes(IN_THE_THIRD_PART, { deaf: true });
  till.scan(CARDS.anna);
  till.scan(CARDS.carl);
  await till.pass(6_000);
  till.device.set({ deaf: false });
  await till.pass(20_000);
  const again = await till.serve(CARDS.carl);
  expect(again.outcome).toBe('printing');
  expect(till.handedOver.at(-1)?.serials).toEqual(till.serials(again.visit));
});

/** Status known, connection gone, and finding the printer again takes eight seconds. */
async function findPrinterSlowly(till: OpenTill, meanwhile: () => void): Promise<void> {
  await till.pass(4_900);
  meanwhile();
  till.device.set({ stalled: false, headHot: true });
  await till.pass(3_000);
  till.device.set({ headHot: false });
  await till.pass(60_000);
}

function loseConnectionUnnoticed(till: OpenTill): void {
  till.device.set({ unplugged: true });
  till.device.set({ unplugged: false });
  till.device.setAfterBytes(100, { stalled: true });
}

test('a strip whose printer is found only after the customer has gone is not begun', async () => {
  await using till = await openTill({ visit: { patienceSeconds: 5 } });
  loseConnectionUnnoticed(till);
  const { visit, outcome } = till.scan(CARDS.anna);
  expect(outcome).toBe('printing');
  await findPrinterSlowly(till, () => undefined);
  expect(till.states(visit)).toEqual(Array(6).fill('failed'));
  expect(till.serialsOnPaper).toEqual([]);
  expect((await till.serve(CARDS.anna)).outcome).toBe('printing');
});

test('with patience enough it is printed as soon as the printer is found', async () => {
  await using till = await openTill({ visit: { patienceSeconds: 10 } });
  loseConnectionUnnoticed(till);
  const { visit } = till.scan(CARDS.anna);
  await findPrinterSlowly(till, () => undefined);
  expect(till.states(visit)).toEqual(Array(6).fill('printed'));
});

test('a STOP card in that time keeps the strip from beginning', async () => {
  await using till = await openTill();
  loseConnectionUnnoticed(till);
  const { visit } = till.scan(CARDS.anna);
  await findPrinterSlowly(till, () => expect(till.scan(STOP).outcome).toBe('opted-out'));
  expect(till.states(visit)).toEqual(Array(6).fill('failed'));
  expect(till.serialsOnPaper).toEqual([]);
});

test('the shop closes: who waits is not served any more, what has begun comes out whole', async () => {
  await using till = await openTill();
  const anna = till.scan(CARDS.anna);
  const carl = till.scan(CARDS.carl);
  till.desk.close();
  await till.pass(60_000);
  expect(till.record(anna.visit).end).toBe('printed');
  expect(till.record(carl.visit).end).toBe('dropped');
  expect(till.handedOver.map(({ serials }) => serials)).toEqual([till.serials(anna.visit)]);
});

test('a customer who is forgotten while they wait gets no strip, and the next one does', async () => {
  await using till = await openTill();
  till.scan(CARDS.anna);
  const carl = till.scan(CARDS.carl);
  const bertta = till.scan(CARDS.bertta);
  const { id } = till.customer(CARDS.carl);
  till.shop.ledger.forgetCustomer(id);
  till.shop.customers.forget(id);
  await till.pass(30_000);
  expect(till.record(carl.visit)).toMatchObject({ outcome: 'unknown-card', coupons: [] });
  expect(till.record(bertta.visit).end).toBe('printed');
});
