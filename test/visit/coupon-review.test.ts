// Strips left behind and used by others: the store's management is told which sales to look into; the till takes every coupon.
import { expect, test } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { composition } from '../../src/composition.ts';
import { salesToReview } from '../../src/app-review.ts';
import { CARDS, TODAY } from './corner-shop.ts';
import { openTill, type OpenTill } from './open-till.ts';

/** Strips of three customers, printed on the 22nd and good from the 23rd. */
async function aDayOfStrips(till: OpenTill): Promise<{ anna: string[]; bertta: string[]; carl: string[] }> {
  const strips: string[][] = [];
  for (const card of [CARDS.anna, CARDS.bertta, CARDS.carl]) {
    const { visit } = await till.serve(card);
    strips.push([...till.serials(visit)]);
  }
  till.goTo('2026-11-23T10:00');
  const [anna = [], bertta = [], carl = []] = strips;
  return { anna, bertta, carl };
}

const use = (till: OpenTill, serial: string | undefined, basket: string | null) => {
  expect(till.desk.redeem({ code: serial ?? '', basket, till: null }).outcome).toBe('redeemed');
};
const review = (till: OpenTill) => composition.reviewCoupons(till.shop, { firstDay: addDays(TODAY, -27) });

test('who uses their own coupons with their own card is nobody’s business', async () => {
  await using till = await openTill();
  const { anna, bertta } = await aDayOfStrips(till);
  use(till, anna[0], '1');
  use(till, anna[1], '1');
  till.sell({ number: '1', card: CARDS.annaToo, products: ['KAHVI500G'] });
  use(till, bertta[0], '2');
  till.sell({ number: '2', card: CARDS.bertta, products: ['KAHVI500G'] });
  expect(review(till)).toEqual({
    tills: [{ till: '01', used: { own: 3, another: 0, none: 0, 'no-sale-named': 0, 'not-told': 0 } }],
    sales: [],
  });
});

test('coupons of three customers in one sale with a fourth one’s card come first, and no customer is named', async () => {
  await using till = await openTill();
  const { anna, bertta, carl } = await aDayOfStrips(till);
  use(till, anna[0], '7');
  use(till, bertta[0], '7');
  use(till, carl[0], '7');
  till.sell({ number: '7', card: CARDS.few, products: ['KAHVI500G'] });
  use(till, anna[1], '8');
  till.sell({ number: '8', card: CARDS.bertta, products: ['KAHVI500G'] });
  const { sales, tills } = review(till);
  expect(sales).toMatchObject([
    { till: '01', sale: '7', customers: 3, reasons: ['another-card', 'several-customers'] },
    { till: '01', sale: '8', customers: 1, reasons: ['another-card'] },
  ]);
  expect(sales[0]?.serials).toEqual([anna[0], bertta[0], carl[0]]);
  expect(tills[0]?.used).toMatchObject({ own: 0, another: 4 });
  expect(Object.keys(sales[0] ?? {}).sort()).toEqual(['at', 'customers', 'reasons', 'sale', 'serials', 'till']);
});

test('a sale without a card counts at its till, and is looked into only where more speaks for it', async () => {
  await using till = await openTill();
  const { anna, bertta, carl } = await aDayOfStrips(till);
  till.sell({ number: '1', card: CARDS.few, products: ['KAHVI500G'] });
  use(till, anna[0], '2');
  use(till, bertta[0], null);
  expect(review(till).sales).toEqual([]);
  use(till, carl[0], '3');
  use(till, bertta[1], '3');
  expect(review(till).sales).toMatchObject([{ sale: '3', reasons: ['several-customers'] }]);
  expect(review(till).tills[0]?.used).toMatchObject({ none: 3, 'no-sale-named': 1 });
});

test('a till that reports no sales tells nothing by it', async () => {
  await using till = await openTill();
  const { anna } = await aDayOfStrips(till);
  use(till, anna[0], '2');
  expect(review(till)).toMatchObject({ tills: [{ used: { 'not-told': 1, none: 0 } }], sales: [] });
});

test('a strip that stayed in the printer and turns up at the till is told', async () => {
  await using till = await openTill();
  till.device.setAfterBytes(480, { paperOut: true });
  const { visit } = await till.serve(CARDS.anna);
  const unsure = till.record(visit).coupons.find(({ state }) => state === 'unknown');
  till.goTo('2026-11-23T10:00');
  use(till, unsure?.serial, '9');
  expect(review(till).sales).toMatchObject([{ sale: '9', reasons: ['left-in-the-printer'] }]);
});

test('printed five minutes before midnight and used five minutes after it', async () => {
  await using till = await openTill();
  till.goTo('2026-11-22T23:55');
  const { visit } = await till.serve(CARDS.anna);
  till.goTo('2026-11-23T00:05');
  use(till, till.serials(visit)[0], '9');
  expect(review(till).sales).toMatchObject([{ reasons: ['within-minutes'] }]);
});

test('once a customer is forgotten nothing more is told of whose it was', async () => {
  await using till = await openTill();
  const { anna } = await aDayOfStrips(till);
  use(till, anna[0], '7');
  till.sell({ number: '7', card: CARDS.few, products: ['KAHVI500G'] });
  till.shop.ledger.purge({ today: addDays(TODAY, 60) });
  expect(review(till).sales).toEqual([]);
});

test('the figure for many tills is read a few times a day, and not while somebody is served', async () => {
  await using till = await openTill();
  const { anna } = await aDayOfStrips(till);
  const quiet = { is: false };
  const figure = salesToReview(till.shop, () => quiet.is);
  use(till, anna[0], '7');
  till.sell({ number: '7', card: CARDS.few, products: ['KAHVI500G'] });
  expect(figure()).toBe(0);
  quiet.is = true;
  expect(figure()).toBe(1);
  use(till, anna[1], '8');
  till.sell({ number: '8', card: CARDS.carl, products: ['KAHVI500G'] });
  expect(figure()).toBe(1);
  await till.pass(6 * 3_600_000);
  expect(figure()).toBe(2);
});
