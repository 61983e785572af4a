// Where the till posts the final basket: decided at the scan, printed when that customer's sale is paid, and at no other.
import { expect, test } from 'vitest';
import { basket, CARDS, codeOf, START, STOP } from './corner-shop.ts';
import { openTill, type OpenTill } from './open-till.ts';

const atPayment = { visit: { printAt: 'payment' } } as const;

async function paid(till: OpenTill, sale: Parameters<OpenTill['sell']>[0]) {
  const answer = till.sell(sale);
  await till.pass(15_000);
  return answer;
}

test('nothing is printed at the scan, everything when the sale is paid', async () => {
  await using till = await openTill(atPayment);
  const { visit, outcome } = till.scan(CARDS.anna);
  expect(outcome).toBe('queued');
  await till.pass(300_000);
  expect(till.serialsUsed).toBe(0);
  const answer = await paid(till, { number: '1', card: CARDS.anna, products: [codeOf('Maito 1 l')] });
  expect(answer).toEqual({ outcome: 'recorded', lines: 1, visit, givenBack: [] });
  expect(till.record(visit)).toMatchObject({ outcome: 'printing', end: 'printed' });
});

test('what is printed was chosen at the scan: the sale itself does not change it', async () => {
  await using till = await openTill(atPayment);
  const { visit, decision } = till.scan(CARDS.anna);
  till.shop.intake().takePurchases(basket({ customerCode: 'anna', daysAgo: 0, names: ['Hillo 400 g', 'Jogurtti'] }));
  await paid(till, { number: '1', card: CARDS.anna, products: [codeOf('Riisi 1 kg')] });
  expect(till.record(visit).coupons.map(({ productName }) => productName)).toEqual(
    decision?.choice.offers.map(({ product }) => product.name),
  );
});

test('a sale at which the till saw no card is the sale of the card held up to us', async () => {
  await using till = await openTill(atPayment);
  const { visit } = till.scan(CARDS.anna);
  expect(await paid(till, { number: '1' })).toEqual({ outcome: 'anonymous', lines: 0, visit, givenBack: [] });
  expect(till.record(visit).end).toBe('printed');
});

test('a sale without a card half an hour later is somebody else’s, and prints nothing', async () => {
  await using till = await openTill(atPayment);
  const { visit } = till.scan(CARDS.anna);
  await till.pass(31 * 60_000);
  expect(await paid(till, { number: '1' })).toEqual({ outcome: 'anonymous', lines: 0, visit: null, givenBack: [] });
  expect(till.record(visit).end).toBe('dropped');
  expect(till.serialsOnPaper).toEqual([]);
});

test('a large sale paid with their own card prints however long it took', async () => {
  await using till = await openTill(atPayment);
  const { visit } = till.scan(CARDS.anna);
  await till.pass(31 * 60_000);
  expect(await paid(till, { number: '1', card: CARDS.anna })).toMatchObject({ visit });
  expect(till.record(visit).end).toBe('printed');
});

test.each([{}, { card: CARDS.anna }, { card: CARDS.carl }, { isVoid: true }])(
  'a sale at another till neither prints nor ends anything here: %o',
  async (sale) => {
    await using till = await openTill(atPayment);
    const { visit } = till.scan(CARDS.anna);
    expect(await paid(till, { number: '1', till: '02', ...sale })).toMatchObject({ visit: null });
    expect(till.serialsOnPaper).toEqual([]);
    expect(till.record(visit).end).toBeNull();
    expect(await paid(till, { number: '1' })).toMatchObject({ visit });
    expect(till.record(visit).end).toBe('printed');
  },
);

test('a sale at another till is history all the same', async () => {
  await using till = await openTill(atPayment);
  const sale = { number: '1', till: '02', card: CARDS.anna, products: [codeOf('Maito 1 l')] };
  expect(await paid(till, sale)).toEqual({ outcome: 'recorded', lines: 1, visit: null, givenBack: [] });
});

const endings: Record<string, (till: OpenTill) => unknown> = {
  "somebody else's sale": (till) => till.sell({ number: '1', card: CARDS.carl }),
  'the sale of a card that is nobody’s': (till) => till.sell({ number: '1', card: CARDS.nobody }),
  'the sale of something that is no card': (till) => till.sell({ number: '1', card: '¿?' }),
  'a void': (till) => till.sell({ number: '1', card: CARDS.anna, isVoid: true }),
  'a void of a sale without a card': (till) => till.sell({ number: '1', isVoid: true }),
  "somebody else's card": (till) => till.scan(CARDS.carl),
  'a card that is nobody’s': (till) => till.scan(CARDS.nobody),
  'a STOP card': (till) => till.scan(STOP),
  'the shop closing': (till) => till.desk.close(),
};

test.each(Object.entries(endings))('%s ends the right to print', async (_, end) => {
  await using till = await openTill(atPayment);
  const { visit } = till.scan(CARDS.anna);
  end(till);
  await till.pass(1_000);
  expect(till.record(visit).end).toBe('dropped');
  await paid(till, { number: '2', card: CARDS.anna });
  expect(till.record(visit).coupons).toEqual([]);
  expect(till.serialsOnPaper).toEqual([]);
});

test('the sale prints for the card held up last, not for the one before it', async () => {
  await using till = await openTill(atPayment);
  const anna = till.scan(CARDS.anna);
  const carl = till.scan(CARDS.carl);
  await paid(till, { number: '1' });
  expect(till.record(anna.visit).coupons).toEqual([]);
  expect(till.handedOver.map(({ serials }) => serials)).toEqual([till.serials(carl.visit)]);
});

test('a card held up, another by mistake, and the first again within five seconds: the first one counts', async () => {
  await using till = await openTill(atPayment);
  till.scan(CARDS.anna);
  const carl = till.scan(CARDS.carl);
  const again = till.scan(CARDS.anna);
  expect(again.outcome).toBe('queued');
  await paid(till, { number: '1' });
  expect(till.record(carl.visit).end).toBe('dropped');
  expect(till.handedOver.map(({ serials }) => serials)).toEqual([till.serials(again.visit)]);
});

test('the same card read twice is one visit, and prints once', async () => {
  await using till = await openTill(atPayment);
  const { visit } = till.scan(CARDS.anna);
  expect(till.scan(CARDS.anna)).toMatchObject({ visit, outcome: 'repeat' });
  await paid(till, { number: '1' });
  await paid(till, { number: '2' });
  expect(till.device.strips).toHaveLength(1);
});

test('START begins the visit anew, and the one before it is over', async () => {
  await using till = await openTill(atPayment);
  const first = till.scan(CARDS.anna);
  const second = till.scan(START);
  await paid(till, { number: '1' });
  expect(till.record(first.visit).end).toBe('dropped');
  expect(till.record(second.visit).end).toBe('printed');
});

test('a basket sent again is answered as before and prints nothing more', async () => {
  await using till = await openTill(atPayment);
  till.scan(CARDS.anna);
  const request = { key: 'baskets|01/1/final', bodyDigest: 'a'.repeat(64) };
  const send = () => till.desk.idempotent(request, () => JSON.stringify(till.sell({ number: '1', card: CARDS.anna })));
  const first = send();
  await till.pass(2_000);
  // Somebody else's card is held up before the till tries again.
  const carl = till.scan(CARDS.carl);
  expect(send()).toEqual({ ...first, state: 'stored' });
  await till.pass(30_000);
  expect(till.device.strips).toHaveLength(1);
  expect(till.record(carl.visit).end).toBeNull();
});

test('not a byte leaves before the sale is on disk', async () => {
  await using till = await openTill(atPayment);
  till.scan(CARDS.anna);
  const before = till.device.bytesReceived;
  till.desk.idempotent({ key: 'k', bodyDigest: 'a'.repeat(64) }, () => {
    const answer = till.sell({ number: '1', card: CARDS.anna, products: [codeOf('Maito 1 l')] });
    expect(till.serialsUsed).toBe(0);
    return JSON.stringify(answer);
  });
  expect(till.device.bytesReceived).toBe(before);
  await till.pass(15_000);
  expect(till.device.strips).toHaveLength(1);
});

test('paid after midnight: chosen anew, and valid from the day after the one it was printed on', async () => {
  await using till = await openTill(atPayment);
  till.goTo('2026-11-22T23:59');
  const { visit } = till.scan(CARDS.anna);
  till.goTo('2026-11-23T00:01');
  await paid(till, { number: '1', card: CARDS.anna });
  const [coupon] = till.shop.ledger.couponsOf(visit);
  expect(coupon?.validFrom).toBe(till.shop.dayOf(till.shop.calendar.parse('2026-11-24') ?? 0));
});

test('paid while the printer is away, it is printed if it comes back within their patience, and not later', async () => {
  await using till = await openTill({ visit: { printAt: 'payment', patienceSeconds: 20 } });
  for (const { card, awayMs, end } of [
    { card: CARDS.anna, awayMs: 10_000, end: 'printed' },
    { card: CARDS.carl, awayMs: 21_000, end: 'dropped' },
  ]) {
    const { visit } = till.scan(card);
    till.device.set({ paperOut: true });
    await till.pass(2_000);
    till.sell({ number: card, card });
    await till.pass(awayMs);
    till.device.set({ paperOut: false });
    await till.pass(60_000);
    expect(till.record(visit).end).toBe(end);
  }
  expect(till.device.strips).toHaveLength(1);
});
