// One card is held up, and six coupons come out: what they are, in which words, and when they are on disk.
import { expect, test } from 'vitest';
import { composition } from '../../src/composition.ts';
import { openDatabase } from '../../src/store/database.ts';
import { basket, CARDS } from './corner-shop.ts';
import { openTill, type OpenTill } from './open-till.ts';

const names = (till: OpenTill, card: string) =>
  till.shop.decide(till.customer(card), till.clock.now()).choice.offers.map(({ product }) => product.name);

test('a regular customer gets four coupons for habits and two for what is new, on one strip, in one go', async () => {
  await using till = await openTill();
  const answer = await till.serve(CARDS.anna);
  expect(answer.outcome).toBe('printing');
  expect(answer.coupons.map(({ slot }) => slot)).toEqual([...Array<string>(4).fill('habitual'), 'new', 'new']);
  expect(till.states(answer.visit)).toEqual(Array(6).fill('printed'));
  expect(till.record(answer.visit).end).toBe('printed');
  expect(till.handedOver.map(({ serials }) => serials)).toEqual([till.serials(answer.visit)]);
  expect(till.device.problems).toEqual([]);
  for (const { productName } of answer.coupons) expect(till.handedOver[0]?.text).toContain(productName);
});

test('decision, coupons and print job are on disk before the first byte leaves', async () => {
  await using till = await openTill();
  const { file, key } = till.shop;
  const before = till.device.bytesReceived;
  const seen: unknown[] = [];
  till.desk.onNews((news) => {
    if (news.kind !== 'answered') return;
    // Another process looking at the same files sees what is committed, and nothing else.
    const other = openDatabase({ file, readonly: true, keyFingerprint: key.fingerprint });
    const count = (sql: string) => other.prepare(sql).pluck().get();
    seen.push(
      count("select count(*) from coupon where state = 'issued'"),
      count('select count(*) from decision'),
      count('select count(*) from print_job where started_at is not null and ended_at is null'),
      till.device.bytesReceived - before,
    );
    other.close();
  });
  await till.serve(CARDS.anna);
  expect(seen).toEqual([6, 1, 1, 0]);
});

test('after few purchases there are as many coupons as can be justified', async () => {
  await using till = await openTill();
  const { coupons } = await till.serve(CARDS.few);
  expect(coupons.map(({ slot }) => slot)).toEqual(['habitual', 'habitual', 'new', 'new']);
});

test('somebody of whom nothing is known gets two of what everybody buys, and is told so', async () => {
  await using till = await openTill();
  const { coupons } = await till.serve(CARDS.newcomer);
  expect(coupons.map(({ slot }) => slot)).toEqual(['popular', 'popular']);
  expect(till.handedOver[0]?.text).toContain('Suosittu tässä kaupassa');
});

test('on the first day, before there is a model, habits are offered all the same', async () => {
  await using till = await openTill({ isUntrained: true });
  const { coupons } = await till.serve(CARDS.anna);
  expect(coupons.map(({ slot }) => slot)).toEqual(Array(4).fill('habitual'));
});

test('the strip speaks the language of the customer, the answer that of the cashier', async () => {
  await using till = await openTill();
  const answer = await till.desk.scan({ card: CARDS.bertta, source: 'http' });
  await till.pass(5_000);
  expect(answer.why).toBe('Kupongit tulostuvat.');
  expect(till.handedOver[0]?.text).toContain('Du köper ofta detta');
  expect(till.handedOver[0]?.text).not.toContain('Ostat tätä usein');
});

test('what was bought on three days is called bought often, and what was bought on one or two only bought', async () => {
  await using till = await openTill();
  const preview = await composition.previewStrip(till.shop, {
    customer: till.customer(CARDS.few),
    at: till.clock.now(),
    profileName: null,
  });
  const { visit } = await till.serve(CARDS.few);
  till.desk.reprint({ visit, reason: 'torn', source: 'till' });
  await till.pass(15_000);
  const texts = [preview?.text ?? '', ...till.handedOver.map(({ text }) => text)];
  expect(texts).toHaveLength(3);
  for (const text of texts) {
    expect(text.match(/Olet ostanut tätä/g)).toHaveLength(2);
    expect(text).not.toContain('Ostat tätä usein');
  }
  await till.serve(CARDS.anna);
  expect(till.handedOver.at(-1)?.text.match(/Ostat tätä usein/g)).toHaveLength(4);
});

test('the strip tells the whole time whose purchases it was chosen from, not the window alone', async () => {
  await using till = await openTill({ history: { windowDays: 56, memoryDays: 182 } });
  await till.serve(CARDS.anna);
  expect(till.handedOver[0]?.text.replace(/\s+/g, ' ')).toContain('tämän kortin 26 viikon ostoksista');
});

test('beer, bought every time, is never on a strip', async () => {
  await using till = await openTill();
  for (const card of [CARDS.anna, CARDS.bertta, CARDS.carl]) await till.serve(card);
  expect(till.handedOver).toHaveLength(3);
  for (const { text } of till.handedOver) expect(text).not.toContain('Olut');
});

test('a preview is what prints afterwards on the same day, and uses up nothing', async () => {
  await using till = await openTill();
  const preview = await composition.previewStrip(till.shop, {
    customer: till.customer(CARDS.anna),
    at: till.clock.now(),
    profileName: null,
  });
  expect(till.serialsUsed).toBe(0);
  const { coupons } = await till.serve(CARDS.anna);
  const previewed = coupons.map(({ productName }) => preview?.text.indexOf(productName ?? '') ?? -1);
  expect(previewed.every((place) => place >= 0)).toBe(true);
  expect(previewed).toEqual([...previewed].sort((a, b) => a - b));
  expect(preview?.coupons).toBe(6);
});

test('the same purchases, model, day and earlier strips give the same six', async () => {
  await using one = await openTill();
  await using other = await openTill();
  const first = await one.serve(CARDS.anna);
  const second = await other.serve(CARDS.anna);
  expect(second.coupons.map(({ productName }) => productName)).toEqual(
    first.coupons.map(({ productName }) => productName),
  );
});

test('purchases from now on change nothing', async () => {
  await using till = await openTill();
  const before = names(till, CARDS.anna);
  const tomorrow = basket({ customerCode: 'anna', daysAgo: -1, names: ['Suklaa 200 g', 'Jogurtti'] });
  const now = tomorrow.map((row) => ({ ...row, at: till.clock.now(), basketCode: 'now' }));
  till.shop.intake().takePurchases([...tomorrow, ...now]);
  expect(names(till, CARDS.anna)).toEqual(before);
});

test('the next strip, a week later, is not the same again', async () => {
  await using till = await openTill();
  const first = await till.serve(CARDS.anna);
  till.goTo('2026-11-29T16:00');
  const second = await till.serve(CARDS.anna);
  expect(second.outcome).toBe('printing');
  const again = second.coupons.filter((coupon) =>
    first.coupons.some(({ productCode }) => productCode === coupon.productCode),
  );
  expect(again.length).toBeLessThan(second.coupons.length);
});

test('a product whose name is not known stands on the strip by its code', async () => {
  await using till = await openTill();
  const rows = [2, 6, 9, 13].flatMap((daysAgo) => basket({ customerCode: 'few', daysAgo, names: ['Maito 1 l'] }));
  till.shop.intake().takePurchases(rows.map((row) => ({ ...row, productCode: 'X-77' })));
  till.shop
    .intake()
    .takeProducts([{ code: 'X-77', name: 'X-77', category: null, department: null, priceCents: null, flags: ['ok'] }]);
  await till.serve(CARDS.few);
  expect(till.handedOver[0]?.text).toContain('X-77');
});
